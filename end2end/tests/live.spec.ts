// What islands add. Everything else works without JavaScript and is tested without it.
import type { Locator } from '@playwright/test'
import { BITCOIN, EVM, EVM_LOWER_CASE, EVM_WRONG_CHECKSUM, SOLANA, SOLANA_KEY } from '../addresses.ts'
import { expect, hydrated, open, test } from '../fixtures.ts'
import { Shop } from '../shop.ts'

/** Checks that a time is in a time zone, by default that of the browser, with UTC as its title. */
async function isLocal(time: Locator, timeZone = 'Asia/Tokyo') {
  const datetime = (await time.getAttribute('datetime')) ?? ''
  await expect(time).toHaveAttribute('title', /^\d{1,2} \w{3} \d{4}, \d\d:\d\d(:\d\d)? UTC$/)
  const timeStyle = (await time.getAttribute('data-local')) === 'medium' ? 'medium' : 'short'
  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle, timeZone })
  await expect(time).toHaveText(local.format(new Date(datetime)))
}

test('an address is checked while it is typed', { tag: '@desktop' }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await expect(wizard.addressAdvice).toBeEmpty()

  await wizard.address.pressSequentially(EVM)
  await expect(wizard.addressAdvice).toHaveText('The checksum is correct.')
  await expect(wizard.error('address')).toBeEmpty()

  await wizard.address.fill(EVM_LOWER_CASE)
  await expect(wizard.addressAdvice).toContainText('Compare it with the customer')
  await wizard.address.fill(EVM_WRONG_CHECKSUM)
  await expect(wizard.error('address')).toContainText('do not match its checksum')
  await expect(wizard.address).toHaveAttribute('aria-invalid', 'true')
  await wizard.address.fill(BITCOIN)
  await expect(wizard.error('address')).toContainText('looks like a Bitcoin address')
  await wizard.address.fill(SOLANA)
  await expect(wizard.error('address')).toContainText('looks like a Solana address, but the refund is sent on Base')
  await wizard.network('Solana').check()
  await expect(wizard.error('address')).toBeEmpty()
  await expect(wizard.addressAdvice).toContainText("belongs to a program, not to a person's key")
  await wizard.address.fill(SOLANA_KEY)
  await expect(wizard.addressAdvice).toContainText('no checksum')
  await wizard.address.fill('')
  await expect(wizard.error('address')).toBeEmpty()
  await expect(wizard.addressAdvice).toBeEmpty()
})

test('buttons fill in parts of the amount', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '0.1', currency: 'ETH', settlement: 'USD', chain: 'ARB' })
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.at('amount')
  const chips = page.getByRole('group', { name: 'Share of what is left' })
  await expect(page.locator('output')).toContainText('≈ 371.10 US dollars at the current rate')
  await chips.getByRole('button', { name: '25 %' }).click()
  await expect(wizard.amount).toHaveValue('0.025')
  await expect(page.locator('output')).toContainText('≈ 92.77 US dollars')
  await chips.getByRole('button', { name: '50 %' }).click()
  await expect(wizard.amount).toHaveValue('0.05')
  await wizard.amount.fill('0.2')
  await expect(wizard.error('amount')).not.toBeEmpty()
  await expect(page.locator('output')).toBeEmpty()
  await chips.getByRole('button').last().click()
  await expect(wizard.amount).toHaveValue('0.1')
  await expect(wizard.error('amount')).toBeEmpty()
})

test('input from before hydration is kept', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.at('amount')
  const slowly = async () => {
    let wake = () => {}
    const asleep = new Promise<void>(resolve => (wake = resolve))
    await page.route('**/*.wasm', async route => {
      await asleep
      await route.continue()
    })
    return wake
  }

  let wake = await slowly()
  await page.goto(wizard.url('amount'), { waitUntil: 'commit' })
  await wizard.amount.fill('33')
  wake()
  await hydrated(page)
  await expect(wizard.amount).toHaveValue('33')
  await page.unrouteAll({ behavior: 'wait' })

  wake = await slowly()
  await page.goto(wizard.url('recipient'), { waitUntil: 'commit' })
  await wizard.address.fill(EVM_WRONG_CHECKSUM)
  wake()
  await hydrated(page)
  await expect(wizard.address).toHaveValue(EVM_WRONG_CHECKSUM)
  await expect(wizard.error('address')).toContainText('do not match its checksum')
})

test('the seconds until a rate expires are counted down', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '5', funding: 'EUR' })
  const countdown = page.getByText(/valid for \d+ more seconds/)
  const seconds = async () => Number((await countdown.textContent())?.match(/\d+/)?.[0])
  const first = await seconds()
  expect(first).toBeLessThanOrEqual(60)
  await expect.poll(seconds).toBeLessThan(first)
})

test('the refund page updates without a reload', { tag: '@desktop' }, async ({ api, page, refund }) => {
  const { id } = await api.paidIntent()
  const made = await api.refund(id, { address: EVM, amount: '5.00' })
  await refund.open(made.id)
  await expect(refund.status).toContainText(/pending|processing/)
  // What the reader has opened, and where the focus is, stay while the cards around them change.
  const first = refund.timeline.getByRole('listitem').filter({ hasText: 'Refund created' })
  await first.getByText('Details').click()
  const top = () => refund.progress.evaluate(card => (card as HTMLElement).offsetTop)
  const topBefore = await top()
  await refund.becomes('completed')
  expect(await top(), 'the first card stays where it is when the head changes').toBe(topBefore)
  await expect(refund.timeline).toContainText('Refund completed')
  await expect(first.getByRole('group')).toHaveAttribute('open')
  await expect(first.locator('summary')).toBeFocused()
  await expect(refund.status).toContainText('The customer has the money.')
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await expect(refund.transaction).toBeVisible()
  expect(asked, 'a final refund is not asked for again').toEqual([])
})

test('a whole address can be copied', { tag: '@desktop' }, async ({ api, context, page, refund }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { id } = await api.paidIntent()
  const made = await api.refund(id, { address: EVM, amount: '5.00' })
  await refund.open(made.id)
  await page.getByRole('button', { name: 'Copy address' }).click()
  await expect(page.getByRole('button', { name: 'Copy address' })).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(EVM)
})

test('times are shown in the reader’s time zone, with UTC available', { tag: '@desktop' }, async ({ api, page, intent }) => {
  const { id } = await api.paidIntent()
  await intent.open(id)
  const times = page.getByRole('main').getByRole('time')
  for (const time of await times.all()) await isLocal(time)
  expect(await times.count()).toBeGreaterThan(4)
})

test('times inside sentences are too', { tag: '@desktop' }, async ({ api, page, refund, server }) => {
  const { requite } = await api.paidIntent()
  const made = await new Shop(page, server.apiKey).refund(requite.orderNumber, '40')
  await refund.open(made.requite.id)
  await expect(refund.status).toContainText(/has until .+ to confirm the address\./)
  await expect(refund.status).not.toContainText('UTC')
  await isLocal(refund.status.getByRole('time'))

  await open(page, '/balances')
  const rate = page.getByText(/^at .+, sandbox/).first()
  await isLocal(rate.getByRole('time'))
})

test.describe(() => {
  test.use({ person: 'viewer' })

  test('times are in the time zone that the reader has chosen', { tag: '@desktop' }, async ({ api, page, intent }) => {
    const { id } = await api.paidIntent()
    const choose = async (zone: string) => {
      await open(page, '/account')
      await page.getByLabel('Time zone of times, and of days in filters').selectOption(zone)
      await page.getByRole('button', { name: 'Save time zone' }).click()
      await expect(page.getByText(`In use: `)).toContainText(zone || 'Asia/Tokyo')
    }
    await choose('Pacific/Honolulu')
    await intent.open(id)
    await isLocal(page.getByRole('main').getByRole('time').first(), 'Pacific/Honolulu')
    await choose('')
    await intent.open(id)
    await isLocal(page.getByRole('main').getByRole('time').first())
  })
})

test.describe(() => {
  test.use({ locale: 'fr-FR' })

  test('times are in the language of the page, not in that of the browser', { tag: '@desktop' }, async ({ api, page, intent }) => {
    const { id } = await api.paidIntent()
    await intent.open(id)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    for (const time of await page.getByRole('main').getByRole('time').all()) {
      await expect(time).toHaveText(/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d(:\d\d)?\s[AP]M$/)
    }
  })
})

test('the send button shows that it is sending, and submits once', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '5' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await wizard.consent()
  const submits = await page.getByRole('main').evaluateHandle(main => {
    const seen: Event[] = []
    main.addEventListener('submit', event => {
      event.preventDefault()
      seen.push(event)
    })
    return seen
  })
  await wizard.send.click()
  const sending = page.getByRole('button', { name: 'Sending…' })
  await expect(sending).toHaveAttribute('aria-disabled', 'true')
  await sending.click({ force: true })
  expect(await submits.evaluate(seen => seen.length), 'times that the form was sent').toBe(1)
})

test.describe('when the server is unreachable', () => {
  test.use({ expectedProblems: [/refunds\/progress/] })

  test('the refund page says so and continues when the server is back', { tag: '@desktop' }, async ({ api, page, refund }) => {
    const { id } = await api.paidIntent()
    const made = await api.refund(id, { address: EVM, amount: '5.00' })
    await page.route('**/do/refunds/progress?*', route => route.abort('connectionrefused'))
    await refund.open(made.id)
    await expect(page.getByText('The server cannot be reached. Trying again.')).toBeVisible()
    await page.unrouteAll()
    await refund.becomes('completed')
    await expect(page.getByText('The server cannot be reached. Trying again.')).toHaveCount(0)
  })
})


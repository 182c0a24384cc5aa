import { randomUUID } from 'node:crypto'
import { BITCOIN, EVM, EVM_WRONG_CHECKSUM, SOLANA, XRP, XRP_WITH_TAG_14, freshAddress } from '../addresses.ts'
import { expect, hasJavaScript, hydrated, open, test } from '../fixtures.ts'
import { Wizard } from '../pages/wizard.ts'

test('errors of the recipient are shown next to each field, and the input is kept', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)

  await test.step('nothing', async () => {
    await wizard.fillRecipient({ address: '' })
    await wizard.at('recipient')
    await expect(wizard.error('address')).toHaveText('This is required.')
    await expect(wizard.address).toHaveAttribute('aria-invalid', 'true')
    await expect(wizard.address).toHaveAccessibleDescription(/This is required\./)
    await expect(wizard.address).toBeFocused()
  })

  for (const [address, said] of [
    [SOLANA, /looks like a Solana address, but the refund is sent on Base/],
    [BITCOIN, /looks like a Bitcoin address, but the refund is sent on Base/],
    [EVM_WRONG_CHECKSUM, /do not match its checksum, so at least one character is wrong/],
    [EVM.slice(0, -1), /does not have the length/],
    ['customer.eth', /This is a name, not an address/],
    [`0x${'ab'.repeat(32)}`, /hash of a transaction/],
  ] as const) {
    await test.step(address, async () => {
      await wizard.fillRecipient({ network: 'Base', address })
      await wizard.at('recipient')
      await expect(wizard.error('address')).toHaveText(said)
      await expect(wizard.address).toHaveValue(address)
      await expect(wizard.address).toBeFocused()
    })
  }

  await test.step('e-mail and note', async () => {
    await wizard.fillRecipient({ address: EVM, email: 'customer', note: 'n'.repeat(501), reason: 'Paid twice' })
    await wizard.at('recipient')
    await expect(wizard.error('address')).toBeEmpty()
    await expect(wizard.error('email')).toContainText('This is not a valid e-mail address.')
    await expect(wizard.email).toHaveValue('customer')
    await expect(wizard.email, 'the first of two').toBeFocused()
    await expect(wizard.error('note')).toHaveText('This is longer than 500 characters.')
    await expect(wizard.reason).toHaveValue('duplicate')
    await expect(wizard.address).toHaveValue(EVM)
  })

  await test.step('only networks that carry the coin are offered', async () => {
    await expect(wizard.page.getByRole('radio')).toHaveCount(13)
    await expect(wizard.network('Bitcoin')).toHaveCount(0)
  })

  await wizard.fillRecipient({ email: 'customer@shop.example', note: 'short' })
  await wizard.at('amount')
})

test('a memo is required only where the network has one', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.at('recipient')
  await expect(wizard.memo).toBeHidden()
  await wizard.network('XRP Ledger').check()
  await expect(wizard.memo).toBeVisible()

  await wizard.fillRecipient({ address: XRP })
  await wizard.at('recipient')
  await expect(wizard.error('memo')).toContainText('exchanges need a destination tag')
  await expect(wizard.memo).toHaveAccessibleDescription(/exchanges need a destination tag/)
  await expect(wizard.memo).toBeFocused()

  await wizard.memo.fill('not a number')
  await wizard.toAmount.click()
  await wizard.at('recipient')
  await expect(wizard.error('memo')).toHaveText('A destination tag is a number from 0 to 4294967295.')
  await expect(wizard.memo).toHaveValue('not a number')

  // A memo that was entered stays visible on a network without memos.
  await wizard.network('Base').check()
  await expect(wizard.memo).toBeVisible()
  await wizard.network('XRP Ledger').check()

  await wizard.memo.fill('')
  await wizard.noMemo.check()
  await wizard.fillRecipient({ address: XRP })
  await wizard.fillAmount()
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  await expect(wizard.page.getByRole('main')).toContainText('Without a destination tag.')

  // An X-address contains its tag.
  await open(wizard.page, wizard.url('recipient'))
  await wizard.noMemo.uncheck()
  await wizard.address.fill(XRP_WITH_TAG_14)
  if (hasJavaScript()) await expect(wizard.memoAdvice).toContainText('contains the tag 14')
  await wizard.toAmount.click()
  await wizard.fillAmount()
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  await expect(wizard.page.getByRole('main')).toContainText('With the destination tag 14.')
  await wizard.confirm()
  await expect(wizard.page.getByRole('main')).toContainText('Memo14')
})

test('an address that looks like an earlier one needs a reason', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent()
  const ends = randomUUID().replaceAll('-', '').slice(0, 8)
  const similar = (middle: string) => `0x${ends.slice(0, 4)}${middle.repeat(32)}${ends.slice(4)}`
  await api.refund(id, { address: similar('1'), amount: '1' })

  await intent.refund(id)
  await wizard.at('recipient')
  await expect(wizard.overrideReason).toHaveCount(0)
  await wizard.fillRecipient({ network: 'Base', address: similar('2') })
  await wizard.at('recipient')
  await expect(wizard.error('override_reason')).toContainText('begins and ends like')
  await expect(wizard.overrideReason).toBeFocused()
  await wizard.overrideReason.fill('The customer confirmed it by telephone.')
  await wizard.toAmount.click()
  await wizard.fillAmount('1')
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  await wizard.confirm()
  await expect(wizard.page.getByRole('main')).toContainText('The customer confirmed it by telephone.')
})

test('errors of the amount are shown next to it, and the input is kept', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '100.00' })
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  for (const [amount, said] of [
    ['', /This is required\./],
    ['0', /must be above zero/],
    ['-5', /must be above zero|not an amount/],
    ['100.000001', /left to refund|left/],
    ['1.1234567', /at most 6 decimal places/],
    ['1,50', /not a valid amount/],
    ['1,500', /as thousands or as decimals/],
    ['ten', /not a valid amount/],
    ['1e3', /not a valid amount/],
    ['99999999999999999999', /too large/],
  ] as const) {
    await test.step(amount || 'nothing', async () => {
      await wizard.fillAmount(amount)
      await wizard.at('amount')
      await expect(wizard.error('amount')).toHaveText(said)
      await expect(wizard.amount).toHaveValue(amount)
      await expect(wizard.amount).toHaveAttribute('aria-invalid', 'true')
      await expect(wizard.amount).toBeFocused()
    })
  }
  await wizard.fillAmount('100')
  await wizard.at('funding')
})

test('an insufficient balance cannot be chosen and says why', { tag: '@desktop' }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '20000.00', settlement: 'EUR' })
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.fillAmount('19500')
  await wizard.at('funding')
  await expect(wizard.balance('USD')).toBeEnabled()
  await expect(wizard.balance('ETH')).toBeDisabled()
  await expect(wizard.balance('ETH')).toHaveAccessibleDescription(/ETH/)
})

test('reloading, going back and forward keep the input', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, email: 'kept@shop.example', note: 'kept', amount: '12.5', funding: 'EUR' })

  await page.reload()
  await wizard.at('review')
  await expect(page.getByRole('main')).toContainText('12.50 USDC')

  await page.goBack()
  await wizard.at('funding')
  await expect(wizard.balance('EUR')).toBeChecked()
  await wizard.back.click()
  await wizard.at('amount')
  await expect(wizard.amount).toHaveValue('12.5')
  await page.reload()
  await wizard.at('amount')
  await expect(wizard.amount).toHaveValue('12.5')
  await wizard.back.click()
  await wizard.at('recipient')
  await expect(wizard.address).toHaveValue(EVM)
  await expect(wizard.email).toHaveValue('kept@shop.example')
  await expect(wizard.note).toHaveValue('kept')

  await page.goBack()
  await wizard.at('amount')
  await page.goForward()
  await wizard.at('recipient')
  await expect(wizard.address).toHaveValue(EVM)

  await page.getByRole('navigation', { name: 'Refund steps' }).waitFor()
  await open(page, wizard.url('review'))
  await page.getByRole('navigation', { name: 'Refund steps' }).getByRole('link', { name: 'Amount' }).click()
  await wizard.fillAmount('13')
  await wizard.chooseFunding()
  await wizard.at('review')
  await expect(page.getByRole('main')).toContainText('13.00 USDC')
  await expect(page.getByRole('main')).not.toContainText('12.50 USD')
})

test('a refund that was begun earlier says so and can be discarded', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM, note: 'kept' })
  await wizard.at('amount')

  await intent.refund(id)
  await wizard.at('recipient')
  await expect(page.getByText('You started this refund earlier')).toBeVisible()
  await expect(wizard.address).toHaveValue(EVM)
  await expect(wizard.addressAdvice).toBeEmpty()

  await wizard.discard.click()
  await wizard.at('recipient')
  await expect(page.getByText('You started this refund earlier')).toHaveCount(0)
  await expect(wizard.address).toHaveValue('')
  await expect(wizard.note).toHaveValue('')
})

test('a second tab continues the same refund', { tag: '@desktop' }, async ({ api, context, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM, email: 'tabs@shop.example' })
  await wizard.at('amount')

  const second = await context.newPage()
  await open(second, `/payment-intents/${id}`)
  await second.getByRole('main').getByLabel('Actions').click()
  await second.getByRole('main').getByText('Crypto refund', { exact: true }).click()
  const other = new Wizard(second)
  await other.at('recipient')
  expect(other.url('amount')).toBe(page.url())
  await expect(other.email).toHaveValue('tabs@shop.example')
  await other.fill({ amount: '7' })

  await page.reload()
  await expect(wizard.amount).toHaveValue('7')
})

test('skipping a step redirects to the incomplete step', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  for (const step of ['amount', 'funding', 'review', 'confirm'] as const) {
    await page.goto(wizard.url(step))
    await wizard.at('recipient')
  }
  await wizard.fillRecipient({ address: EVM })
  await wizard.at('amount')
  for (const step of ['funding', 'review', 'confirm'] as const) {
    await page.goto(wizard.url(step))
    await wizard.at('amount')
  }
  await wizard.fillAmount('5')
  await wizard.at('funding')
  await page.goto(wizard.url('confirm'))
  await wizard.at('funding')
  await page.goto(wizard.url('confirm').replace(/confirm$/, 'nonsense'))
  await wizard.at('recipient')
})

test('after the refund every page of its wizard redirects to it', { tag: '@desktop' }, async ({ api, page, intent, wizard, refund }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '5' })
  const pages = (['recipient', 'amount', 'funding', 'review', 'confirm'] as const).map(step => wizard.url(step))
  await wizard.confirm()
  const refundId = refund.id
  for (const address of pages) {
    await page.goto(address)
    await expect(page).toHaveURL(`/refunds/${refundId}`)
  }
  await intent.refund(id)
  await expect(wizard.address, 'the next refund begins with nothing typed').toBeEmpty()
})

test.describe('repeated and concurrent input', () => {
  // The browser aborts the first of two requests, as it should.
  test.use({ expectedProblems: [/ERR_ABORTED POST .*\/do\/refund-drafts\/confirm$/] })

  test('a double click makes one refund', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, intent, wizard }) => {
    const { id } = await api.paidIntent()
    await intent.refund(id)
    await wizard.fill({ address: EVM, amount: '40' })
    await wizard.toConfirm.click()
    await wizard.at('confirm')
    await wizard.consent()
    await wizard.send.dblclick()
    await expect(page).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
    expect((await api.intent(id)).refundIds).toHaveLength(1)
  })

  test('two tabs make one refund', { tag: '@desktop' }, async ({ api, context, page, intent, wizard }) => {
    const { id } = await api.paidIntent()
    await intent.refund(id)
    await wizard.fill({ address: EVM, amount: '40' })
    await wizard.toConfirm.click()
    await wizard.at('confirm')
    await wizard.consent()
    const second = await context.newPage()
    const other = new Wizard(second)
    await open(second, page.url())
    await other.consent()

    await Promise.all([wizard.send.click(), other.send.click()])
    await expect(page).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
    await expect(second).toHaveURL(page.url())
    await hydrated(page)
    expect((await api.intent(id)).refundIds).toHaveLength(1)
  })
})

test('another refund in the meantime is detected instead of overpaying', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '60' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await wizard.consent()
  await api.refund(id, { address: EVM, amount: '10' })
  await wizard.send.click()
  await wizard.at('confirm')
  await expect(wizard.notice).toContainText('left')
  expect((await api.intent(id)).refundIds).toHaveLength(1)
  await wizard.consent()
  await wizard.send.click()
  await expect(page).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
})

test('a large refund requires the end of the address', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard, refund }) => {
  const { id } = await api.paidIntent({ amount: '1500.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress(), amount: '1000' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await wizard.typed.fill('wrong6')
  await wizard.agree.check()
  await wizard.send.click()
  await wizard.at('confirm')
  await expect(wizard.notice).toContainText('These are not the last six characters of the address.')
  await wizard.typeEndIfAsked()
  await wizard.agree.check()
  await wizard.send.click()
  await expect(refund.heading).toHaveText('Refund of 1,000.00 USDC')
})

test('a small refund does not', { tag: '@desktop' }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '1500.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress(), amount: '999.99' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await expect(wizard.typed).toHaveCount(0)
})

test('nothing is sent without the explicit agreement', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '5' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await wizard.typeEndIfAsked()
  await wizard.send.click()
  await wizard.at('confirm')
  await expect(wizard.agree).toBeFocused()
  expect((await api.intent(id)).refundIds).toHaveLength(0)
})

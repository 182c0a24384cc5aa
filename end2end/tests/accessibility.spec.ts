// Accessibility of every page in every state.
import { BITCOIN, EVM } from '../addresses.ts'
import { audit, axeOfWords, fits } from '../audit.ts'
import { expect, hydrated, open, test } from '../fixtures.ts'
import { goTo, openUserMenu } from '../pages/frame.ts'

test.describe.configure({ timeout: 90_000 })

/** A phone, the narrowest screen, and a small window that shows the navigation. */
const WIDTHS_OF_WORDS = [390, 320, 1024]

test.describe(() => {
  test.use({ person: 'anonymous', expectedProblems: [/status of 404/] })

  test('sign-in', { tag: '@phone' }, async ({ page, signIn }) => {
    await open(page, '/sign-in')
    await audit(page, 'sign-in')
    await signIn.signIn('wrong@shop.example', 'wrong')
    await expect(signIn.notice).toBeVisible()
    await audit(page, 'sign-in with a notice')
    await open(page, '/nowhere')
    await audit(page, 'no such page, signed out')
  })

  test('API reference', { tag: ['@desktop', '@phone'] }, async ({ page }) => {
    // By far the longest page, and axe checks all of it.
    test.setTimeout(300_000)
    await open(page, '/docs')
    await audit(page, 'API reference')
  })
})

test('first page, style guide, currencies, account and webhooks', { tag: ['@desktop', '@phone'] }, async ({ page }) => {
  await open(page, '/')
  await audit(page, 'first page')
  const tables = page.locator('.chart summary')
  await tables.evaluateAll(all => all.forEach(summary => (summary as HTMLElement).click()))
  await expect(page.getByRole('region', { name: 'Time from request to completion' })).toBeVisible()
  await fits(page, 'first page with the tables of its charts', [1024, 1440])
  await tables.evaluateAll(all => all.forEach(summary => (summary as HTMLElement).click()))
  const menu = await openUserMenu(page, 'Demo owner')
  await audit(page, 'first page with the menu')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  const button = page.getByRole('button', { name: 'Navigation', exact: true })
  const home = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home', exact: true })
  if (await button.isVisible()) {
    await button.click()
    await expect(home).toBeVisible()
    await audit(page, 'first page with the navigation')
    await page.keyboard.press('Escape')
  }
  await expect(home).toBeVisible({ visible: await button.isHidden() })
  await open(page, '/styleguide')
  await audit(page, 'style guide')
  const drawn = await page.locator('.specimens use').evaluateAll(all => all.map(use => (use as SVGUseElement).getBBox().width > 0))
  expect(drawn.length).toBeGreaterThan(25)
  expect(drawn, 'every icon is in the file of icons').not.toContain(false)
  await open(page, '/currencies')
  await audit(page, 'currencies')
  await open(page, '/payouts')
  await audit(page, 'payouts in the sandbox')
  await open(page, '/networks')
  await audit(page, 'networks in the sandbox')
  await open(page, '/account')
  await audit(page, 'account')
  await open(page, '/developers/webhooks')
  await audit(page, 'webhooks without an endpoint')
  await page.getByText('Choose events').click()
  await audit(page, 'webhooks with the events to choose from')
})

test.describe(() => {
  test.use({ expectedProblems: [/status of 404/] })

  test('a page that does not exist', { tag: '@phone' }, async ({ page }) => {
    for (const path of ['/nowhere', '/refunds/1', '/payment-intents/1', `/refund-drafts/${crypto.randomUUID()}/amount`]) {
      const response = await open(page, path)
      expect(response?.status(), path).toBe(404)
      await expect(page.getByRole('button', { name: 'Demo owner' }), 'the frame stays').toBeVisible()
      await audit(page, path)
    }
  })
})

test('payment intents', { tag: ['@desktop', '@phone'] }, async ({ api, page, intents, intent }) => {
  await intents.open()
  await audit(page, 'payment intents')
  await open(page, '/payment-intents?search=99999999')
  await audit(page, 'no payment intent found')
  await open(page, '/payment-intents/new')
  await audit(page, 'new payment intent')

  const unpaid = await api.createIntent()
  await intent.open(unpaid.id)
  await audit(page, 'unpaid payment intent')
  await api.pay(unpaid.id, 'pending')
  await intent.open(unpaid.id)
  await intent.menu.click()
  await audit(page, 'payment intent that cannot be refunded, with its menu')

  const paid = await api.paidIntent({ amount: '0.05', currency: 'ETH', settlement: 'USD', chain: 'ARB' })
  await intent.open(paid.id)
  await intent.menu.click()
  await page.getByText('QR code').click()
  await audit(page, 'paid payment intent with its menu and QR code')
  const { id } = await api.refund(paid.id, { address: EVM, amount: '0.01', currency: 'ETH', chain: 'ARB' })
  await api.settled(id)
  await api.pay(paid.id, 'paid', { amount: '0.01', currency: 'ETH' })
  await intent.open(paid.id)
  await audit(page, 'refunded payment intent with a payment that was not credited')
  await open(page, '/unsupported-funds')
  await audit(page, 'unsupported funds')
  await open(page, '/refund-drafts')
  await audit(page, 'refund drafts')
  await goTo(page, 'Customers')
  await expect(page).toHaveURL('/customers')
  await hydrated(page)
  await audit(page, 'customers, before one is named')
  await open(page, `/customers?of=${EVM}`)
  await expect(page.getByRole('heading', { name: 'Totals' })).toBeVisible()
  await audit(page, 'customer with refunds')
  await open(page, '/customers?of=nobody@shop.example')
  await audit(page, 'customer of whom nothing is recorded')
})

test('the wizard', { tag: ['@desktop', '@phone'] }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '12000.00' })
  await intent.refund(id)
  await audit(page, 'recipient')
  await wizard.fillRecipient({ address: BITCOIN, email: 'wrong', note: 'n'.repeat(501) })
  await expect(wizard.error('address')).not.toBeEmpty()
  await audit(page, 'recipient with errors')
  await wizard.network('XRP Ledger').check()
  await audit(page, 'recipient with a memo')
  await wizard.fillRecipient({ network: 'Base', address: EVM, email: 'customer@shop.example', note: '' })
  await wizard.at('amount')
  await audit(page, 'amount')
  await wizard.fillAmount('12000.01')
  await expect(wizard.error('amount')).not.toBeEmpty()
  await audit(page, 'amount with an error')
  await wizard.fillAmount('11000')
  await wizard.at('funding')
  await audit(page, 'funding')
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  await audit(page, 'review')
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await audit(page, 'confirm')
  await page.reload()
  await wizard.typed.fill('wrong6')
  await wizard.agree.check()
  await wizard.send.click()
  await expect(wizard.notice).toBeVisible()
  await audit(page, 'confirm with a notice')
})

test('refunds', { tag: ['@desktop', '@phone'] }, async ({ api, page, refund, refunds }) => {
  await refunds.open()
  await audit(page, 'refunds')
  await refunds.more.click()
  await audit(page, 'refunds with more filters')
  await refunds.open('?min=ten')
  await audit(page, 'refunds with a filter that is not understood')
  await refunds.open('?search=nothing')
  await audit(page, 'no refund found')

  const { id } = await api.paidIntent()
  const made = await api.refund(id, { address: EVM, amount: '5.00' })
  await refund.open(made.id)
  await refund.becomes('completed')
  await audit(page, 'completed refund')
  await page.getByRole('link', { name: 'Print or share' }).click()
  await audit(page, 'receipt')
  await page.getByRole('button', { name: 'Create link' }).click()
  const link = page.getByRole('link', { name: /\/receipts\// })
  await expect(link).toBeVisible()
  await audit(page, 'receipt with the link for the customer')
  await open(page, new URL((await link.getAttribute('href')) ?? '').pathname)
  await audit(page, 'receipt as the customer sees it')

  // The form of an operator's page; an owner sees everything and has none.
  await page.evaluate(id => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = '/customers/revealed'
    for (const [name, value] of Object.entries({ record: `refund_address.${id}`, back: `/refunds/${id}` })) {
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name, value })
      form.append(input)
    }
    document.body.append(form)
    form.submit()
  }, made.id)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("The customer's address")
  await audit(page, 'revealed address')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page).toHaveURL(new RegExp(`/refunds/${made.id}$`))

  await open(page, '/currencies')
  const addresses = await page.getByRole('main').getByLabel(/^0x/).evaluateAll(all => all.map(code => code.getAttribute('aria-label') ?? ''))
  const rejected = await api.refund(id, { address: addresses[0] ?? '', amount: '5.00' })
  const hanging = await api.refund(id, { address: addresses[1] ?? '', amount: '5.00' })
  await refund.open(hanging.id)
  await expect(refund.status).toContainText('processing')
  await audit(page, 'refund being sent')
  await api.settled(rejected.id, 'failed')
  await refund.open(rejected.id)
  await audit(page, 'rejected refund')
})

test('audit log', { tag: ['@desktop', '@phone'] }, async ({ api, page }) => {
  const { id } = await api.paidIntent()
  const refund = await api.refund(id, { address: EVM, amount: '5.00' })
  await open(page, '/audit')
  await audit(page, 'audit log')
  await open(page, `/audit?about=${refund.id}`)
  await page.getByRole('row').locator('summary').first().click()
  await expect(page.getByText('Hash', { exact: true }).first()).toBeVisible()
  await audit(page, 'audit log with the details of an entry')
  await open(page, '/audit?about=nothing')
  await audit(page, 'audit log without a match')
})

test.describe(() => {
  test.use({ person: 'viewer' })

  test('pages for a viewer', { tag: '@phone' }, async ({ api, page, intent }) => {
    const { id } = await api.paidIntent()
    await intent.open(id)
    await audit(page, 'payment intent as a viewer sees it')
    const refund = await api.refund(id, { address: EVM, amount: '5.00' })
    const pages = { refund: `/refunds/${refund.id}`, customer: `/customers?of=refund_address.${refund.id}` }
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path)
      await expect(page.getByRole('main')).toContainText(`${EVM.slice(0, 4)}…${EVM.slice(-4)}`)
      await expect(page.getByRole('main')).not.toContainText(EVM)
      await audit(page, `${name} with masked values`)
    }
  })
})

test.describe(() => {
  test.use({ locale: 'de-DE' })

  // German words are longer. What does not depend on words is checked in English above.
  test('pages in German have room for their words', { tag: '@phone' }, async ({ api, page, wizard }) => {
    const { id } = await api.paidIntent()
    const refund = await api.refund(id, { address: EVM, amount: '5.00' })
    await api.settled(refund.id)
    const month = new Date().toISOString().slice(0, 7)
    const lists = ['/payment-intents', '/unsupported-funds', '/refunds', '/refund-drafts', '/audit', '/balances', '/statements', '/team']
    const single = [`/payment-intents/${id}`, `/refunds/${refund.id}`, `/refunds/${refund.id}/receipt`, `/customers?of=${EVM}`, '/balances/ETH', `/statements/${month}`]
    const forms = ['/payment-intents/new', '/customers', '/search', '/account', '/settings', '/reconciliation']
    const others = ['/', '/currencies', '/payouts', '/networks', '/refunds?min=zehn', '/payment-intents?search=99999999']
    const developers = ['api-keys', 'api-log', 'webhooks', 'webhooks/deliveries', 'mail'].map(name => `/developers/${name}`)
    for (const path of [...others, ...lists, ...single, ...forms, ...developers]) {
      await open(page, path)
      await expect(page.locator('html'), path).toHaveAttribute('lang', 'de')
      await fits(page, `${path} in German`, WIDTHS_OF_WORDS)
      await axeOfWords(page, `${path} in German`)
    }
    await open(page, `/payment-intents/${id}`)
    await page.getByRole('button', { name: 'Aktionen', exact: true }).click()
    await page.getByRole('button', { name: 'Krypto-Erstattung' }).click()
    await wizard.at('recipient')
    await page.locator('#address').fill(BITCOIN)
    await expect(wizard.error('address')).not.toBeEmpty()
    await fits(page, 'recipient with an error in German', WIDTHS_OF_WORDS)
    await axeOfWords(page, 'recipient with an error in German')
  })
})

test('a refund is made with the keyboard alone', { tag: '@desktop' }, async ({ api, page, intents, intent, wizard, refund }) => {
  const { requite } = await api.paidIntent({ amount: '35.00' })
  const { keyboard } = page
  /** Moves the focus to an element with the Tab key. */
  const tabTo = async (target: ReturnType<typeof page.getByRole>) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if ((await target.count()) === 1 && (await target.evaluate(element => element === document.activeElement))) return
      await keyboard.press('Tab')
    }
    throw new Error(`no way to ${target} by keyboard`)
  }

  // Without the link that skips the frame, five tabs lead into the content at most.
  await intent.open((await api.createIntent()).id)
  for (let tabs = 0; tabs < 5; tabs += 1) await keyboard.press('Tab')
  expect(await page.getByRole('main').evaluate(main => main.contains(document.activeElement))).toBe(true)

  await intents.open()
  await keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await keyboard.press('Enter')
  await tabTo(intents.search)
  await keyboard.type(`#${requite.orderNumber}`)
  await keyboard.press('Enter')
  await tabTo(intents.rows.getByRole('link'))
  await keyboard.press('Enter')
  await expect(intent.heading).toContainText('35.00 USDC')
  await tabTo(intent.menu)
  await keyboard.press('Enter')
  await tabTo(page.getByRole('button', { name: 'Crypto refund' }))
  await keyboard.press('Escape')
  await expect(intent.menuList).toBeHidden()
  await expect(intent.menu, 'the focus returns').toBeFocused()
  await keyboard.press('Enter')
  await tabTo(page.getByRole('button', { name: 'Crypto refund' }))
  await keyboard.press('Enter')

  await wizard.at('recipient')
  await tabTo(wizard.network('Base'))
  await keyboard.press('ArrowRight')
  await expect(wizard.network('Arbitrum')).toBeChecked()
  await tabTo(wizard.address)
  await keyboard.type(EVM)
  await keyboard.press('Enter')
  await wizard.at('amount')
  await tabTo(wizard.amount)
  await keyboard.press('Control+A')
  await keyboard.type('3.5')
  await keyboard.press('Enter')
  await wizard.at('funding')
  await tabTo(wizard.toReview)
  await keyboard.press('Enter')
  await wizard.at('review')
  await tabTo(wizard.toConfirm)
  await keyboard.press('Enter')
  await wizard.at('confirm')
  await tabTo(wizard.agree)
  await keyboard.press('Space')
  await tabTo(wizard.send)
  await keyboard.press('Enter')
  await expect(refund.heading).toHaveText('Refund of 3.50 USDC')
  await expect(refund.fact('Recipient', 'Network')).toHaveText('Arbitrum')
  await refund.becomes('completed')
})

test('the keyboard focus is visible', { tag: '@desktop' }, async ({ page, signIn }) => {
  await page.context().clearCookies()
  await open(page, '/sign-in')
  for (const target of [signIn.email, signIn.password, signIn.submit]) {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused()
    const outline = await target.evaluate(element => getComputedStyle(element).outlineStyle)
    expect(outline).not.toBe('none')
  }
})

// Photographs every page of the console and of customers, empty, full and failing, at three widths and in both themes:
// `npm run screenshots`. With `--docs` only the pictures of the documents.
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { BITCOIN, EVM, freshAddress } from './addresses.ts'
import { isForDocuments, photograph, photographAll, scene, takeFailures } from './album.ts'
import { Authenticator } from './authenticator.ts'
import { PASSWORD, VIEWER, expect, hydrated, open, test, testOnChain, testOnEmpty } from './fixtures.ts'
import { searchFor } from './pages/palette.ts'
import { IntentPage } from './pages/intent.ts'
import { SignInPage } from './pages/sign-in.ts'
import { Wizard } from './pages/wizard.ts'
import { REGULAR, type RealData, fill } from './real-data.ts'

const SETTINGS = {
  REQUITE_API_RATE: '1000000',
  // Long enough for every picture of a step.
  REQUITE_QUOTE_LIFETIME: '30m',
  REQUITE_WEBHOOK_ALLOW_LOOPBACK: 'true',
}

// At the top, because a server's settings make another worker. A page that does not exist is a problem for the browser.
test.use({ settings: SETTINGS, expectedProblems: [/[^]/] })

/** A page in a browser of its own. */
async function browserOf(browser: Browser, options: BrowserContextOptions) {
  return (await browser.newContext(options)).newPage()
}

/** Photographs the page that the first link of a list leads to, whose path begins like this. */
async function photographFirst(page: Page, name: string, list: string, start: string) {
  await scene(name, async () => {
    await open(page, list)
    await open(page, (await page.locator(`main a[href^="${start}"]`).first().getAttribute('href')) ?? '')
    await photograph(page, name)
  })
}

testOnEmpty.describe(() => {
  testOnEmpty.skip(isForDocuments, 'no picture of the documents shows it')

  testOnEmpty('a server on which nothing was done yet', async ({ page, browser, contextOptions, server }) => {
    const lists = ['payment-intents', 'unsupported-funds', 'refunds', 'refund-drafts', 'statements', 'reconciliation', 'audit', 'customers', 'search']
    const developers = ['api-keys', 'api-log', 'webhooks', 'webhooks/deliveries', 'mail']
    const others = ['team', 'settings', 'account', 'currencies']
    await photographAll(page, { 'empty/home': '/' })
    await photographAll(page, Object.fromEntries([...lists, ...others].map(name => [`empty/${name}`, `/${name}`])))
    await photographAll(page, Object.fromEntries(developers.map(name => [`empty/${name.replace('/', '-')}`, `/developers/${name}`])))
    const anybody = await browserOf(browser, { ...contextOptions, baseURL: server.url, storageState: { cookies: [], origins: [] } })
    await photographAll(anybody, { 'empty/sign-in': '/sign-in', 'empty/forgot-password': '/forgot-password' })
    expect(takeFailures()).toEqual([])
  })
})

testOnChain.describe(() => {
  testOnChain.skip(isForDocuments, 'no picture of the documents shows it')

  testOnChain('payments and refunds on a chain, one of which is held', async ({ api, chain, page }) => {
    const { address, pay } = chain.customer
    const { id, paymentMethods } = await api.createIntent({ amount: '700.00' })
    await pay(paymentMethods[0]?.address as `0x${string}`, '700', 'USDC')
    await expect.poll(async () => (await api.intent(id)).timeline[0]?.status).toBe('complete')
    const done = await api.refund(id, { address, amount: '25.00' })
    await api.settled(done.id)
    // More than the signer signs at once.
    const held = await api.refund(id, { address: freshAddress(), amount: '600.00' })
    await expect(async () => {
      await open(page, `/refunds/${held.id}`)
      await expect(page.locator('.page-head')).toContainText(/on hold/i, { timeout: 1_000 })
    }).toPass({ timeout: 60_000 })
    await photographAll(page, {
      'chain/refund-held': `/refunds/${held.id}`,
      'chain/refund-completed': `/refunds/${done.id}`,
      'chain/payment-intent': `/payment-intents/${id}`,
      'chain/home': '/',
      'chain/refunds': '/refunds',
      'chain/networks': '/networks',
      'chain/payouts': '/payouts',
      'chain/currencies': '/currencies',
      'chain/reconciliation': '/reconciliation',
    })
    await scene('chain/payouts-paused', async () => {
      await open(page, '/payouts')
      await page.getByLabel('Reason for pausing payouts').fill('The provider of our node has announced maintenance for this night.')
      await page.getByRole('button', { name: 'Pause', exact: true }).click()
      await hydrated(page)
      await photograph(page, 'chain/payouts-paused')
      await open(page, '/')
      await photograph(page, 'chain/home-paused')
    })
    expect(takeFailures()).toEqual([])
  })
})

test('a shop with many customers', async ({ api, approver, browser, contextOptions, page, server, sessions }) => {
  const own = (storageState: BrowserContextOptions['storageState']) => browserOf(browser, { ...contextOptions, baseURL: server.url, storageState })
  const anybody = await own({ cookies: [], origins: [] })
  const viewer = await own(sessions.viewer)
  const data = await fill(api, server.apiKey, page, approver, anybody)
  await photographRecords(page, approver, data)
  await photographSteps(page, data)
  if (!isForDocuments) {
    await photographLists(page)
    await photographDevelopers(page)
    await photographCustomers(anybody, page, data)
    await photographFailures(page, viewer, anybody)
    await photographInGerman(await browserOf(browser, { ...contextOptions, baseURL: server.url, storageState: sessions.owner, locale: 'de-DE' }), data)
    // Last, since it changes who may sign in how.
    await photographSecondFactor(page, viewer, anybody)
  }
  await data.stop()
  expect(takeFailures()).toEqual([])
})

/** Single things, and the pages around them. */
async function photographRecords(page: Page, approver: Page, data: RealData) {
  await photographAll(page, { 'full/home': '/', 'full/refunds': '/refunds', 'full/payment-intents': '/payment-intents' })
  await photographAll(page, { 'full/payment-intent': `/payment-intents/${data.intents.overpaid}` })
  for (const [name, id] of Object.entries(data.intents)) await photographAll(page, { [`full/payment-intent-${name}`]: `/payment-intents/${id}` })
  for (const [name, id] of Object.entries(data.refunds)) await photographAll(page, { [`full/refund-${name}`]: `/refunds/${id}` })
  await photographAll(approver, { 'full/approval': `/refunds/${data.refunds['awaiting-approval']}/approval` })
  await scene('full/receipt', async () => {
    await open(page, `/refunds/${data.refunds.completed}/receipt`)
    await expect(page.getByRole('link', { name: /\/receipts\// })).toBeVisible()
    await photograph(page, 'full/receipt')
  })
  await scene('full/revealed', async () => {
    await open(page, `/refunds/${data.refunds.completed}`)
    await page.evaluate(record => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: '/customers/revealed' })
      for (const [name, value] of Object.entries({ record, back: '/refunds' })) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
      document.body.append(form)
      form.submit()
    }, `refund_address.${data.refunds.completed}`)
    await page.waitForURL(/\/customers\/revealed$/)
    await photograph(page, 'full/revealed')
  })
}

/** The five steps of a refund, and what is wrong in them. */
async function photographSteps(page: Page, { refundable }: RealData) {
  const [intent, wizard] = [new IntentPage(page), new Wizard(page)]
  await scene('full/wizard', async () => {
    await intent.open(refundable)
    await intent.menu.click()
    await photograph(page, 'full/payment-intent-menu')
    await intent.open(refundable)
    await intent.startRefund()
    await photograph(page, 'full/wizard-recipient')
    await wizard.fillRecipient({ address: BITCOIN, email: 'wrong', note: 'n'.repeat(501) })
    await expect(wizard.error('address')).not.toBeEmpty()
    await photograph(page, 'failing/wizard-recipient')
    await wizard.fillRecipient({ network: 'Base', address: EVM, email: 'customer@shop.example', note: 'Agreed by telephone.' })
    await wizard.at('amount')
    await photograph(page, 'full/wizard-amount')
    await wizard.fillAmount('12000.01')
    await expect(wizard.error('amount')).not.toBeEmpty()
    await photograph(page, 'failing/wizard-amount')
    await wizard.fillAmount('2500')
    await wizard.at('funding')
    await photograph(page, 'full/wizard-funding')
    await wizard.chooseFunding('USD')
    await wizard.at('review')
    await photograph(page, 'full/wizard-review')
    await wizard.toConfirm.click()
    await wizard.at('confirm')
    await photograph(page, 'full/wizard-confirm')
  })
}

/** Lists with their filters and columns, reports, and pages about everything. */
async function photographLists(page: Page) {
  const columns = (names: string) => names.split(' ').map(name => `column=${name}`).join('&')
  const month = new Date().toISOString().slice(0, 7)
  await photographAll(page, {
    'full/payment-intents-filtered': '/payment-intents?status=complete&sort=largest&period=today',
    'full/payment-intents-all-columns': `/payment-intents?${columns('order asked paid refunded left status networks settlement created expires last_paid id')}`,
    'full/payment-intents-new': '/payment-intents/new',
    'full/refunds-filtered': '/refunds?status=awaiting_approval&currency=USD&network=BASE&min=100&sort=largest',
    'full/refunds-all-columns': `/refunds?${columns('amount number status to sent total reason customer transaction rejection created changed by intent')}`,
    'full/unsupported-funds': '/unsupported-funds?column=arrived&column=amount&column=network&column=why&column=sender&column=transaction',
    'full/refund-drafts': '/refund-drafts',
    'full/customers': `/customers?of=${encodeURIComponent(REGULAR)}`,
    'full/search': '/search?q=customer1',
    'full/audit': '/audit',
    'full/balances': '/balances',
    'full/balance': '/balances/ETH',
    'full/reconciliation': '/reconciliation',
    'full/statements': '/statements',
    'full/statement': `/statements/${month}`,
    'full/currencies': '/currencies',
    'full/networks': '/networks',
    'full/payouts': '/payouts',
    'full/settings': '/settings',
    'full/team': '/team',
    'full/account': '/account',
    'full/docs': '/docs',
    styleguide: '/styleguide',
  })
  await photographFirst(page, 'full/member', '/team', '/team/')
  await scene('full/palette', async () => {
    await open(page, '/')
    await searchFor(page, REGULAR)
    await photograph(page, 'full/palette')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await photograph(page, 'full/keys')
  })
  await scene('full/navigation', async () => {
    await open(page, '/refunds')
    await page.getByRole('banner').getByRole('button', { name: 'Demo owner' }).click()
    await photograph(page, 'full/user-menu')
  })
}

/** What developers see. */
async function photographDevelopers(page: Page) {
  await photographAll(page, {
    'full/api-keys': '/developers/api-keys',
    'full/api-log': '/developers/api-log',
    'full/webhooks': '/developers/webhooks',
    'full/deliveries': '/developers/webhooks/deliveries',
    'full/deliveries-failed': '/developers/webhooks/deliveries?state=waiting',
    'full/mail': '/developers/mail',
  })
  const single = { 'api-key': 'api-keys', 'api-request': 'api-log', 'webhook-endpoint': 'webhooks', delivery: 'webhooks/deliveries', 'mail-message': 'mail' }
  // Ids begin with the time, and therefore with 0.
  for (const [name, list] of Object.entries(single)) await photographFirst(page, `full/${name}`, `/developers/${list}`, `/developers/${list}/0`)
  await scene('full/api-key-issued', async () => {
    await open(page, '/developers/api-keys')
    await page.getByLabel('Name', { exact: true }).fill('Shop')
    await page.getByRole('checkbox', { name: /^refund/ }).check()
    await page.getByRole('checkbox', { name: /^approve/ }).check()
    await page.getByRole('button', { name: 'Create key' }).click()
    await hydrated(page)
    await photograph(page, 'failing/api-keys')
    await page.getByRole('checkbox', { name: /^approve/ }).uncheck()
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your new API key')
    await photograph(page, 'full/api-key-issued')
  })
}

/** What customers see: an order to pay, the question about an address, and a receipt. */
async function photographCustomers(customer: Page, owner: Page, data: RealData) {
  await photographAll(customer, {
    'full/customer-pays': data.payPage,
    'full/customer-confirms': data.confirmation,
    'full/customer-has-answered': data.answered,
  })
  await scene('full/customer-receipt', async () => {
    await open(owner, `/refunds/${data.refunds.completed}/receipt`)
    const link = await owner.getByRole('link', { name: /\/receipts\// }).getAttribute('href')
    await open(customer, link ?? '')
    await photograph(customer, 'full/customer-receipt')
  })
  await scene('full/customer-coin', async () => {
    await open(customer, data.payPage)
    await customer.getByRole('radio').first().check()
    await customer.getByRole('button', { name: 'Continue' }).click()
    await expect(customer.getByRole('heading', { level: 2, name: 'Send exactly this' })).toBeVisible()
    await photograph(customer, 'full/customer-sends')
  })
}

/** What does not exist, what is not allowed, forms that are refused, and links that open nothing any more. */
async function photographFailures(page: Page, viewer: Page, anybody: Page) {
  await photographAll(page, {
    'failing/not-found': '/nowhere',
    'failing/no-such-refund': '/refunds/1',
    'failing/filter-not-understood': '/refunds?min=ten&from=yesterday',
    'failing/nothing-matches': '/payment-intents?search=99999999',
    'failing/nobody-found': '/customers?of=nobody@shop.example',
    'failing/search': '/search?q=nobody@',
  })
  await photographAll(viewer, { 'failing/not-allowed': '/team', 'full/refunds-masked': '/refunds?column=to&column=customer', 'full/home-viewer': '/' })
  await photographAll(anybody, {
    'failing/not-found-signed-out': '/nowhere',
    'failing/confirmation-link': `/confirm/${'A'.repeat(64)}`,
    'failing/payment-link': '/pay/01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f',
    'failing/receipt-link': `/receipts/${'A'.repeat(64)}`,
    'failing/password-link': `/new-password/${'A'.repeat(64)}`,
  })
  const refused: [name: string, page: Page, path: string, send: (page: Page) => Promise<void>][] = [
    ['sign-in', anybody, '/sign-in', async page => new SignInPage(page).signIn('wrong@shop.example', 'wrong')],
    ['settings', page, '/settings', async page => {
      await page.getByLabel('Approval by a second person from').fill('much')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    }],
    ['webhooks', page, '/developers/webhooks', async page => {
      await page.getByRole('textbox', { name: 'URL' }).fill('http://shop.example/hooks')
      await page.getByRole('button', { name: 'Add endpoint' }).click()
    }],
  ]
  for (const [name, where, path, send] of refused) {
    await scene(`failing/${name}`, async () => {
      await open(where, path)
      await send(where)
      await where.waitForLoadState('load')
      await photograph(where, `failing/${name}`)
    })
  }
}

/** The pages with the most words, which are longer in German. */
async function photographInGerman(page: Page, { intents, refunds, refundable }: RealData) {
  await photographAll(page, {
    'german/home': '/',
    'german/payment-intents': '/payment-intents',
    'german/payment-intent': `/payment-intents/${intents.overpaid}`,
    'german/refunds': '/refunds',
    'german/refund': `/refunds/${refunds.completed}`,
    'german/settings': '/settings',
    'german/team': '/team',
    'german/webhooks': '/developers/webhooks',
  })
  await scene('german/wizard', async () => {
    await open(page, `/payment-intents/${refundable}`)
    await page.getByRole('button', { name: 'Aktionen', exact: true }).click()
    await page.getByRole('button', { name: 'Krypto-Erstattung' }).click()
    await new Wizard(page).at('recipient')
    await photograph(page, 'german/wizard-recipient')
  })
}

/** A second factor is set up and asked for, and a password is forgotten. */
async function photographSecondFactor(owner: Page, viewer: Page, anybody: Page) {
  await scene('full/second-factor', async () => {
    await open(viewer, '/account')
    await viewer.getByRole('region', { name: 'Two-factor authentication' }).getByLabel('Your password').fill(PASSWORD)
    await viewer.getByRole('button', { name: 'Set up' }).click()
    await expect(viewer.getByRole('img', { name: 'QR code' })).toBeVisible()
    await viewer.getByText('Cannot scan it?').click()
    await photograph(viewer, 'full/account-second-factor')
    const secret = await viewer.locator('code[aria-label]').getAttribute('aria-label')
    await viewer.getByLabel('Two-factor code', { exact: true }).fill(new Authenticator(secret ?? '').code())
    await viewer.getByRole('button', { name: 'Turn on' }).click()
    await expect(viewer.getByRole('heading', { level: 1 })).toHaveText('Recovery codes')
    await photograph(viewer, 'full/recovery-codes')
    await open(anybody, '/sign-in')
    await new SignInPage(anybody).signIn(VIEWER)
    await anybody.waitForURL(/\/sign-in\/code/)
    await photograph(anybody, 'full/sign-in-code')
  })
  await scene('full/new-password', async () => {
    await open(anybody, '/forgot-password')
    await anybody.getByLabel('E-mail address').fill(VIEWER)
    await anybody.getByRole('button', { name: 'Send link' }).click()
    await photograph(anybody, 'full/forgot-password-sent')
    await open(owner, '/developers/mail')
    await owner.getByRole('row').nth(1).getByRole('link').first().click()
    const link = await owner.getByRole('link', { name: 'Open link' }).getAttribute('href')
    await open(anybody, link ?? '')
    await photograph(anybody, 'full/new-password')
  })
}

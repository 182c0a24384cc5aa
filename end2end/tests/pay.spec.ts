// The page on which a customer pays an order, without a session.
import { audit } from '../audit.ts'
import { expect, hasJavaScript, open, test } from '../fixtures.ts'

test.use({ person: 'anonymous' })
test.describe.configure({ timeout: 90_000 })

const ORDER = {
  price_amount: '100',
  price_currency: 'EUR',
  receive_currency: 'EUR',
  title: 'Two chairs',
  description: 'Oak, oiled',
  order_id: 'shop-7',
  success_url: 'https://shop.example/thanks',
  cancel_url: 'https://shop.example/cart',
}

test('an order is paid on its page', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, server }) => {
  const made = await api.request.post('/v2/orders', { form: ORDER, headers: { authorization: `Token ${server.apiKey}` } })
  const order = await made.json()
  expect(order.payment_url).toMatch(new RegExp(`^${server.url}/pay/[0-9a-f-]{36}$`))
  const path = new URL(order.payment_url).pathname
  const main = page.getByRole('main')

  await open(page, path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two chairs')
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await audit(page, 'an order without a coin')
  await page.getByRole('radio', { name: 'Ether on Base' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { level: 2, name: 'Send exactly this' })).toBeVisible()
  await expect(main).toContainText('do not send real money there')
  await expect(main.locator('.address code')).toHaveAttribute('aria-label', /^0x[0-9a-fA-F]{40}$/)
  await audit(page, 'an order that waits for its payment')

  const look = async (words: string) => {
    // With JavaScript the page updates without a reload.
    if (!hasJavaScript()) await page.getByRole('link', { name: 'Check again' }).click()
    await expect(main).toContainText(words, { timeout: 15_000 })
  }
  const newest = await (await api.request.get('/v1/paymentIntents?pageSize=1')).json()
  const payment = await api.pay(newest.data[0].id, 'pending')
  await look('Payment detected')
  await audit(page, 'an order whose payment is confirmed')
  const settled = await api.request.post(`/v1/mocks/payments/${payment.id}`, { data: { outcome: 'paid' } })
  expect(settled.ok(), await settled.text()).toBe(true)
  await look('Thank you. Demo merchant has been notified.')
  await expect(page.getByRole('link', { name: 'Back to Demo merchant' })).toHaveAttribute('href', ORDER.success_url)
  await audit(page, 'a paid order')
})

test('an order is canceled on its page', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, server }) => {
  const made = await api.request.post('/v2/orders', { form: ORDER, headers: { authorization: `Token ${server.apiKey}` } })
  await open(page, new URL((await made.json()).payment_url).pathname)
  await page.getByText('Cancel order').first().click()
  await audit(page, 'an order that may be canceled')
  await page.getByRole('button', { name: 'Cancel order' }).click()
  await expect(page.getByRole('main')).toContainText('You cancelled this order')
  await expect(page.getByRole('link', { name: 'Back to Demo merchant' })).toHaveAttribute('href', ORDER.cancel_url)
  await audit(page, 'a canceled order')
})

test.describe(() => {
  test.use({ expectedProblems: [/status of 404/] })

  test('a wrong link says so', { tag: '@desktop' }, async ({ page }) => {
    const answer = await open(page, '/pay/01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f')
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is not valid')
  })
})

test.describe(() => {
  test.use({ locale: 'de-DE' })

  test('a German customer cancels an order in German', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, server }) => {
    const made = await api.request.post('/v2/orders', { form: ORDER, headers: { authorization: `Token ${server.apiKey}` } })
    await open(page, new URL((await made.json()).payment_url).pathname)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.getByRole('radio', { name: 'Ether auf Base' }).check()
    await page.getByRole('button', { name: 'Weiter' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Senden Sie genau diesen Betrag' })).toBeVisible()
    if (hasJavaScript()) await expect(page.getByText('Diese Seite aktualisiert sich selbst.')).toBeVisible()
    await page.getByText('Bestellung stornieren').first().click()
    await audit(page, 'an order in German')
    await page.getByRole('button', { name: 'Bestellung stornieren' }).click()
    await expect(page.getByRole('main')).toContainText('Sie haben diese Bestellung storniert')
    await expect(page.getByRole('link', { name: 'Zurück zu Demo merchant' })).toHaveAttribute('href', ORDER.cancel_url)
  })
})

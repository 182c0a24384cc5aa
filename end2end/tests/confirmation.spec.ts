// A refund by a shop's program with the default confirmation: from CoinGate's call through the link in the mail to the payout.
import { EVM } from '../addresses.ts'
import { audit } from '../audit.ts'
import { expect, open, test } from '../fixtures.ts'
import { ConfirmationPage } from '../pages/confirmation.ts'
import { RefundPage } from '../pages/refund.ts'
import { Shop, linkOfNewestMail } from '../shop.ts'

test.describe.configure({ timeout: 120_000 })

test('a customer confirms the address, and the refund is sent', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, server, browser, contextOptions }) => {
  const intent = await api.paidIntent()
  const shop = new Shop(page, server.apiKey)
  const made = await shop.refund(intent.requite.orderNumber, '40')
  expect([made.status, made.skip_user_address_confirmation]).toEqual(['pending', false])

  const refund = new RefundPage(page)
  await refund.open(made.requite.id)
  await expect(refund.status).toContainText('awaiting confirmation')
  await expect(page.getByRole('region', { name: 'Customer confirmation' })).toContainText('customer@example.com')
  await audit(page, 'refund that waits for its customer')

  const link = await linkOfNewestMail(page)
  await audit(page, 'mail with its link')
  await open(page, '/developers/mail')
  await audit(page, 'mail outbox')

  // The customer has a separate browser without a session.
  const context = await browser.newContext({ ...contextOptions, baseURL: server.url, storageState: undefined })
  const customer = new ConfirmationPage(await context.newPage())
  await customer.open(link)
  await expect(customer.heading).toHaveText('Is this address yours?')
  await expect(customer.fact('You receive')).toHaveText('40.00 USDC')
  await expect(customer.fact('Network')).toHaveText('Base')
  await expect(customer.fact('Address')).toHaveText(EVM)
  await expect(customer.page.getByRole('navigation')).toHaveCount(0)
  await audit(customer.page, "customer's page")
  await customer.yes.click()
  await expect(customer.heading).toHaveText(/Thank you|being sent|was sent/)
  await audit(customer.page, "customer's page afterwards")

  await refund.open(made.requite.id)
  await refund.becomes('completed')
  expect((await shop.read(intent.requite.orderNumber, made.id)).status).toBe('completed')
  await customer.open(link)
  await expect(customer.heading).toHaveText('Your refund was sent')
  await context.close()
})

test('a customer rejects the address, and another refund is made at once', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, server }) => {
  const intent = await api.paidIntent()
  const shop = new Shop(page, server.apiKey)
  const made = await shop.refund(intent.requite.orderNumber, '100')
  const customer = new ConfirmationPage(page)
  await customer.open(await linkOfNewestMail(page))
  await customer.wrong.click()
  await expect(customer.no).toBeVisible()
  await audit(page, "customer's page, about to refuse")
  await customer.no.click()
  await expect(customer.heading).toHaveText('Nothing will be sent to this address')
  const ended = await shop.read(intent.requite.orderNumber, made.id)
  expect([ended.status, ended.rejection_type]).toEqual(['rejected', 'shopper'])
  expect(ended.rejection_reason).toContain('is wrong')
  expect((await shop.refund(intent.requite.orderNumber, '100')).status).toBe('pending')
})

test.describe(() => {
  test.use({ person: 'anonymous', expectedProblems: [/status of 404/] })

  test('an invalid link says so', { tag: '@phone' }, async ({ page }) => {
    const customer = new ConfirmationPage(page)
    const response = await customer.open(`/confirm/${'A'.repeat(64)}`)
    expect(response?.status()).toBe(404)
    await expect(customer.heading).toHaveText('This link is not valid')
    await audit(page, 'link that is not valid')
  })
})

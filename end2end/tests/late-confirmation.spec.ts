// A customer who opens the link after the deadline.
import { audit } from '../audit.ts'
import { expect, test } from '../fixtures.ts'
import { ConfirmationPage } from '../pages/confirmation.ts'
import { Shop, linkOfNewestMail } from '../shop.ts'

test.use({ settings: { REQUITE_CONFIRMATION_LIFETIME: '1s' } })

test('a customer who opens the link too late sees that it has expired', { tag: '@phone' }, async ({ api, page, server }) => {
  const intent = await api.paidIntent()
  const shop = new Shop(page, server.apiKey)
  const made = await shop.refund(intent.requite.orderNumber, '40')
  const customer = new ConfirmationPage(page)
  await expect.poll(async () => (await shop.read(intent.requite.orderNumber, made.id)).status).toBe('rejected')
  await customer.open(await linkOfNewestMail(page))
  await expect(customer.heading).toHaveText('The time to confirm has expired')
  await expect(customer.yes).toHaveCount(0)
  await audit(page, "customer's page, too late")
})

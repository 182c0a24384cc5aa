// An address that receives several payments, and a partial refund from it.
import { EVM } from '../addresses.ts'
import { audit } from '../audit.ts'
import { expect, open, test } from '../fixtures.ts'

test('a continuous payment intent is paid twice, partly refunded, and stays active', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, intents, intent, wizard, refund }) => {
  const { id, requite } = await api.continuousIntent()
  await intent.open(id)
  await expect(intent.heading).toContainText('Any amount of USDC')
  await expect(intent.heading).toContainText('active')
  await expect(intent.timeline).toHaveText([/paid again/i, /waiting for payment/i, /created/])
  await expect(page.getByText('No deadline')).toBeVisible()
  await audit(page, 'continuous payment intent')

  await intent.customerAmount.fill('much')
  await intent.customerPays.click()
  await expect(page.getByRole('alert')).toContainText('12.50')
  for (const amount of ['80', '20.5']) {
    await intent.customerAmount.fill(amount)
    await intent.customerPays.click()
    await expect(intent.payments).toContainText(amount)
  }
  await api.pay(id, 'pending', { amount: '5.00', currency: 'USD' })
  await intent.open(id)
  await expect(intent.amount('Paid')).toHaveText('100.50 USDC')
  await expect(intent.amounts).toContainText('Each payment restarts this period')
  await audit(page, 'continuous payment intent with payments')

  await intent.startRefund()
  await wizard.fill({ address: EVM, amount: '30', funding: 'USD' })
  await audit(page, 'review of a refund of a continuous payment intent')
  await wizard.confirm()
  await expect(refund.heading).toHaveText('Refund of 30.00 USDC')
  await refund.becomes('completed')
  await intent.open(id)
  await expect(intent.heading).toContainText('active, partially refunded')
  await expect(intent.amount('Left to refund')).toHaveText('70.50 USDC')
  await expect(intent.customerPays).toBeVisible()
  await expect(intent.timeline.filter({ hasText: 'Refund completed' })).toHaveCount(1)

  await open(page, '/payment-intents?status=active')
  await expect(intents.status).toHaveValue('active')
  const row = intents.rows.filter({ has: page.getByRole('link', { name: `#${requite.orderNumber}`, exact: true }) })
  await expect(row).toContainText('Any amount of USD')
  await expect(intents.rows.filter({ hasNotText: 'active' })).toHaveCount(0)
  await audit(page, 'continuous payment intents')
})

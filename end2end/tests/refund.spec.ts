import { EVM } from '../addresses.ts'
import { expect, test } from '../fixtures.ts'
import { IntentPage } from '../pages/intent.ts'
import { IntentsPage } from '../pages/intents.ts'
import { RefundPage } from '../pages/refund.ts'
import { Wizard } from '../pages/wizard.ts'

test('a paid payment intent is refunded', async ({ page }) => {
  const intents = new IntentsPage(page)
  const intent = new IntentPage(page)
  const wizard = new Wizard(page)
  const refund = new RefundPage(page)

  await intents.open()
  await intents.rows.filter({ hasText: '249.00' }).getByRole('link').click()
  await expect(intent.heading).toHaveText('249.00 USD paid')
  await intent.startRefund()
  await wizard.fill({ address: EVM, email: 'customer@shop.example', amount: '49', funding: 'USD' })
  await wizard.confirm()

  await expect(refund.heading).toHaveText('Refund of 49.00 USD')
  await refund.becomes('completed')
  await expect(refund.steps).toHaveCount(3)
  await expect(refund.transaction).toHaveText(/^0x[0-9a-f]{64}$/)
})

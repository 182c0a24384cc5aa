import { expect, test } from '../fixtures.ts'

// Long enough for a slow machine to reach the wizard before the window closes.
test.use({ settings: { REQUITE_REFUND_WINDOW: '10s' } })

test('no refund after the refund window', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await expect(async () => {
    await page.reload()
    await expect(wizard.notice).toContainText('The refund window of this payment intent closed on', { timeout: 100 })
  }).toPass()
  await intent.open(id)
  await expect(intent.whyNot).toContainText('The refund window of this payment intent closed on')
  await intent.isClosed(/closed on/)
})

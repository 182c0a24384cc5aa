import { EVM } from '../addresses.ts'
import { expect, hasJavaScript, test } from '../fixtures.ts'

test.use({ settings: { REQUITE_QUOTE_LIFETIME: '4s', REQUITE_TYPED_CONFIRMATION_FROM: '1' } })

/** The end of the address, which is typed. */
const END = EVM.slice(-6)

test('an expired rate is explained and can be renewed', { tag: ['@desktop', '@no-javascript'] }, async ({ api, context, page, intent, wizard, refund }) => {
  const { id } = await api.paidIntent({ amount: '0.05', currency: 'ETH', settlement: 'USD', chain: 'ARB' })
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '0.01', funding: 'USD' })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await wizard.typed.fill(END)
  await wizard.agree.check()

  await test.step('it expires while somebody hesitates', async () => {
    if (hasJavaScript()) {
      await expect(page.getByText(/The rate.*has expired/).first()).toBeVisible()
    } else {
      const watch = await context.newPage()
      await expect(async () => {
        await watch.goto(page.url())
        await expect(watch.getByText('The rate has expired.').first()).toBeVisible({ timeout: 100 })
      }).toPass()
      await watch.close()
    }
  })

  await test.step('sending is refused', async () => {
    await wizard.send.click()
    await wizard.at('confirm')
    await expect(wizard.notice).toContainText('Check the new rate and confirm again.')
    await expect(wizard.send).toHaveCount(0)
    expect((await api.intent(id)).refundIds).toHaveLength(0)
  })

  await test.step('the new rate is looked at, then sent', async () => {
    await wizard.newRate.click()
    await wizard.at('confirm')
    await expect(wizard.typed).toHaveValue(END)
    await wizard.agree.check()
    await wizard.send.click()
    await expect(refund.heading).toHaveText('Refund of 0.01 ETH')
  })
})

import { EVM } from '../addresses.ts'
import { expect, test } from '../fixtures.ts'

test('while a payment is being confirmed', { tag: '@desktop' }, async ({ api, intent }) => {
  const { id } = await api.createIntent()
  await api.pay(id, 'pending')
  await intent.open(id)
  await expect(intent.whyNot).toContainText('is still being confirmed')
  await intent.isClosed(/is still being confirmed/)
})

test('before anything is paid', { tag: '@desktop' }, async ({ api, intent }) => {
  const { id } = await api.createIntent()
  await intent.open(id)
  await expect(intent.whyNot).toHaveCount(0)
  await intent.isClosed(/nothing to refund/)
})

test('once everything is refunded', { tag: '@desktop' }, async ({ api, intent }) => {
  const { id } = await api.paidIntent({ amount: '20.00' })
  await api.refund(id, { address: EVM, amount: '20.00' })
  await intent.open(id)
  await expect(intent.whyNot).toContainText('has been refunded or is being refunded')
  await intent.isClosed(/has been refunded or is being refunded/)
})

test('a wizard whose refund became impossible says so', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '20.00' })
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '20' })
  await api.refund(id, { address: EVM, amount: '20.00' })
  await page.reload()
  await expect(wizard.notice).toContainText('Everything that was paid has been refunded')
})

test.describe('for a viewer', () => {
  test.use({ person: 'viewer', expectedProblems: [/status of 403/] })

  test('reading is allowed, refunding is not', { tag: '@desktop' }, async ({ api, page, intent }) => {
    const { id } = await api.paidIntent()
    await intent.open(id)
    await expect(intent.amount('Paid')).toHaveText('100.00 USDC')
    await intent.isClosed(/role/)
    const answer = await page.request.post('/do/refund-drafts/open', { form: { intent: id }, headers: { 'sec-fetch-site': 'same-origin' } })
    expect(answer.status()).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'forbidden' })
  })
})

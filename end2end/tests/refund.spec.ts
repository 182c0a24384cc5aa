import { BITCOIN, EVM, SOLANA } from '../addresses.ts'
import { expect, open, test } from '../fixtures.ts'

test('a paid payment intent is partly refunded, from the list to the completed payout', { tag: ['@desktop', '@phone', '@no-javascript'] }, async ({ api, intents, intent, wizard, refund, refunds }) => {
  const { id, requite } = await api.paidIntent({ amount: '249.00' })

  await intents.open()
  await intents.rows.getByRole('link', { name: `#${requite.orderNumber}`, exact: true }).click()
  await expect(intent.heading).toHaveText('249.00 USDC paid')
  await intent.startRefund()
  await wizard.fillRecipient({ address: EVM, email: 'customer@shop.example', reason: 'Not delivered', note: 'Ticket 4711' })
  await wizard.fillAmount('49.50')
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  const review = wizard.page.getByRole('main')
  await expect(review).toContainText('You are about to send 49.50 USDC on Base')
  await expect(review.getByLabel(EVM)).toHaveText(EVM)
  await expect(review).toContainText('A refund cannot be cancelled.')
  await wizard.confirm()

  await expect(refund.heading).toHaveText('Refund of 49.50 USDC')
  await expect(refund.fact('Recipient', 'Network')).toHaveText('Base')
  await expect(refund.fact('Recipient', 'E-mail')).toHaveText('customer@shop.example')
  await expect(refund.fact('Recipient', 'Reason')).toHaveText('Not delivered')
  await expect(refund.fact('Recipient', 'Note')).toHaveText('Ticket 4711')
  await expect(refund.fact('Amounts', 'Customer receives')).toHaveText('49.50 USDC')
  await expect(refund.fact('Amounts', 'Network fee')).toHaveText('0.02 USD')
  await expect(refund.fact('Amounts', 'Total')).toHaveText('49.52 USD')
  await expect(refund.fact('Details', 'Created by')).toHaveText('Demo owner')
  await refund.becomes('completed')
  await expect(refund.steps).toHaveCount(3)
  await expect(refund.transaction).toHaveText(/^0x[0-9a-f]{64}$/)

  const refundId = refund.id
  await refunds.open(`?search=${refundId}`)
  await expect(refunds.rows).toHaveCount(1)
  await expect(refunds.rows).toContainText('49.50 USDC')
  await expect(refunds.rows).toContainText('completed')

  await intent.open(id)
  await expect(intent.heading).toHaveText('249.00 USDC partially refunded')
  await expect(intent.amount('Paid')).toHaveText('249.00 USDC')
  await expect(intent.amount('Refunded')).toHaveText('49.50 USDC')
  await expect(intent.amount('Refund in progress')).toHaveText('0.00 USDC')
  await expect(intent.amount('Left to refund')).toHaveText('199.50 USDC')
  await expect(intent.timeline.filter({ hasText: 'Refund completed' })).toHaveCount(1)
  await expect(intent.timeline.filter({ hasText: 'First refund started' })).toHaveCount(1)
  await expect(intent.refunds).toHaveCount(1)
  await intent.refunds.getByRole('link').click()
  await expect(refund.page).toHaveURL(`/refunds/${refundId}`)
})

test('the full amount is refunded from a balance in another currency', { tag: '@desktop' }, async ({ api, intent, wizard, refund }) => {
  const { id } = await api.paidIntent({ amount: '0.05', currency: 'ETH', settlement: 'USD', chain: 'ARB' })

  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.at('amount')
  await expect(wizard.amount, 'everything is suggested').toHaveValue('0.05')
  await wizard.fillAmount()
  await wizard.chooseFunding('EUR')
  await wizard.at('review')
  // 0.05 × 3711 ÷ 1.08, rounded up to the sixth decimal.
  await expect(wizard.page.getByRole('main')).toContainText('171.805556 EUR')
  await wizard.confirm()

  await expect(refund.heading).toHaveText('Refund of 0.05 ETH')
  await expect(refund.fact('Amounts', 'Taken from your balance')).toHaveText('171.805556 EUR')
  await refund.becomes('completed')
  await intent.open(id)
  await expect(intent.heading).toHaveText('0.05 ETH fully refunded')
  await expect(intent.amount('Left to refund')).toHaveText('0 ETH')
})

test('a network fee paid by the customer is deducted from the payout', { tag: '@desktop' }, async ({ api, intent, wizard, refund }) => {
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.fillAmount('40')
  await wizard.at('funding')
  await wizard.feePayer('The customer').check()
  await wizard.chooseFunding('USD')
  await wizard.at('review')
  await expect(wizard.page.getByRole('main')).toContainText('You are about to send 39.98 USDC')
  await wizard.confirm()
  await expect(refund.heading).toHaveText('Refund of 40.00 USDC')
  await expect(refund.fact('Amounts', 'Customer receives')).toHaveText('39.98 USDC')
  await expect(refund.fact('Amounts', 'Total')).toHaveText('40.00 USD')
  await refund.becomes('completed')
  await intent.open(id)
  await expect(intent.amount('Left to refund')).toHaveText('60.00 USDC')
})

for (const { name, address, ...payment } of [
  { name: 'Bitcoin', address: BITCOIN, amount: '0.004', currency: 'BTC', chain: 'BTC' },
  { name: 'Solana', address: SOLANA, amount: '30.00', currency: 'EUR', chain: 'SOL' },
]) {
  test(`a payment on ${name} is refunded there`, { tag: '@desktop' }, async ({ api, intent, wizard, refund }) => {
    const { id } = await api.paidIntent(payment)
    await intent.refund(id)
    await expect(wizard.network(name)).toBeChecked()
    // Half, so that the fee is covered.
    await wizard.fill({ address, amount: payment.currency === 'BTC' ? '0.002' : '15', funding: payment.currency })
    await wizard.confirm()
    await expect(refund.fact('Recipient', 'Network')).toHaveText(name)
    await refund.becomes('completed')
  })
}

test('a refund that the network rejects is shown, and can be made again', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, intent, wizard, refund }) => {
  await open(page, '/currencies')
  const rejecting = await page.getByRole('main').getByLabel(/^0x/).first().getAttribute('aria-label')
  const { id } = await api.paidIntent()
  await intent.refund(id)
  await wizard.fill({ address: rejecting ?? '' })
  await wizard.confirm()
  await refund.becomes('rejected')
  await expect(refund.status).toContainText('You can start a new refund.')
  await expect(refund.steps.first()).toContainText('The network rejected the transfer')
  await refund.startAnother.click()
  await wizard.at('recipient')

  await intent.open(id)
  await expect(intent.amount('Left to refund')).toHaveText('100.00 USDC')
  await intent.startRefund()
  await wizard.at('recipient')
})

test('a refund made by a program is shown like one made by a person', { tag: '@desktop' }, async ({ api, intent, refund, refunds }) => {
  const { id } = await api.paidIntent({ amount: '80.00' })
  const made = await api.refund(id, { address: EVM, amount: '30.25' })
  await intent.open(id)
  await expect(intent.amount('Left to refund')).toHaveText('49.75 USDC')
  await expect(intent.refunds).toContainText('30.25 USDC')
  await api.settled(made.id)
  await refunds.open(`?search=${made.id}&column=by`)
  await expect(refunds.rows).toContainText('30.25 USDC')
  await expect(refunds.rows).toContainText('API key Demo')
  await refunds.rows.getByRole('rowheader').getByRole('link').click()
  await refund.becomes('completed')
  await expect(refund.fact('Details', 'Created by')).toHaveText('API key Demo')
})

test('a refund made by a person is available to programs', { tag: '@desktop' }, async ({ api, intent, wizard, refund }) => {
  const { id } = await api.paidIntent({ amount: '80.00' })
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '12.34' })
  await wizard.confirm()
  const { refundIds, requite } = await api.intent(id)
  expect(refundIds).toEqual([refund.id])
  expect(requite.refundable).toEqual({ amount: '67.66', currency: 'USD' })
  await api.settled(refund.id)
})

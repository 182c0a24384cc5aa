// The tour of the README on a chain: real contracts, a signer, and a server in production mode.
import { expect, testOnChain as test } from '../fixtures.ts'

test('a customer pays on a chain, is credited when the block is final, and is refunded there', { tag: '@desktop' }, async ({ api, chain, intent, wizard, refund }) => {
  const { address, reads, pay, balance } = chain.customer
  const finalBlock = async () => (await reads.getBlock({ blockTag: 'finalized' })).number
  const { id, paymentMethods } = await api.createIntent({ amount: '25.00' })
  const deposit = paymentMethods[0]?.address as `0x${string}`
  const payment = await pay(deposit, '25', 'USDC')
  await expect.poll(async () => (await api.intent(id)).timeline[0]?.status).toBe('complete')
  expect(payment.blockNumber, 'it is credited in a final block').toBeLessThanOrEqual(await finalBlock())

  await intent.open(id)
  await expect(intent.heading).toHaveText('25.00 USDC paid')
  await expect(intent.payments).toContainText('paid')
  await intent.startRefund()
  await wizard.fill({ network: 'Base', address, amount: '10', funding: 'USD' })
  await wizard.confirm()
  await expect(refund.heading).toHaveText('Refund of 10.00 USDC')
  await refund.becomes('completed')

  const hash = (await refund.transaction.innerText()).trim()
  const receipt = await reads.getTransactionReceipt({ hash: hash as `0x${string}` })
  expect(receipt.status).toBe('success')
  expect(receipt.blockNumber, 'it is completed in a final block').toBeLessThanOrEqual(await finalBlock())
  expect(await balance('USDC'), 'of 1000 after a payment of 25').toBe('985')
  expect(await balance('USDC', chain.sender), 'of 1000').toBe('990')
  expect(await balance('USDC', deposit), 'deposits stay where they are').toBe('25')
})

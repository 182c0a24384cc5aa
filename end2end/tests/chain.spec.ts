// The tour of the README on a chain: real contracts, a signer, and a server in production mode.
import { audit } from '../audit.ts'
import { expect, open, testOnChain as test } from '../fixtures.ts'

test('a customer pays on a chain, is credited when the block is final, and is refunded there', { tag: '@desktop' }, async ({ api, chain, intent, page, wizard, refund }) => {
  const { address, reads, pay, balance } = chain.customer
  const finalBlock = async () => (await reads.getBlock({ blockTag: 'finalized' })).number
  const { id, paymentMethods } = await api.createIntent({ amount: '25.00' })
  const deposit = paymentMethods[0]?.address as `0x${string}`
  await intent.open(id)
  await expect(intent.payments).toContainText('No payments have arrived yet.')
  const payment = await pay(deposit, '25', 'USDC')
  // The open page counts by itself.
  await expect(intent.payments).toContainText('25.00 USDC')
  const hashCut = `${payment.transactionHash.slice(0, 8)}…${payment.transactionHash.slice(-6)}`
  await expect(intent.payments).toContainText(hashCut)
  // The row came without a reload, and its islands work.
  await expect(intent.payments.getByRole('button', { name: 'Copy transaction' })).toBeVisible()
  await expect(intent.payments).toContainText('This is final.')
  // So does the rest of the page.
  await expect(intent.heading).toHaveText('25.00 USDC paid')
  await intent.menu.click()
  await expect(page.getByRole('button', { name: 'Crypto refund' })).toBeVisible()
  await audit(page, 'payment intent with a payment on a chain')
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
  // The card of the transfer came and changed without a reload, and its islands work.
  await expect(refund.transfer).toContainText('Network fee paid')
  await expect(refund.progress.getByRole('button', { name: 'Copy transaction' })).toBeVisible()
  const hash = (await refund.transaction.innerText()).trim()
  await expect(refund.transfer).toContainText(hash)
  await expect(refund.transfer.getByRole('button', { name: 'Copy address' })).toBeVisible()

  const receipt = await reads.getTransactionReceipt({ hash: hash as `0x${string}` })
  expect(receipt.status).toBe('success')
  expect(receipt.blockNumber, 'it is completed in a final block').toBeLessThanOrEqual(await finalBlock())
  expect(await balance('USDC'), 'of 1000 after a payment of 25').toBe('985')
  expect(await balance('USDC', chain.sender), 'of 1000').toBe('990')
  expect(await balance('USDC', deposit), 'deposits stay where they are').toBe('25')

  await open(page, '/networks')
  await expect(page.getByRole('main')).toContainText('monitored')
  await audit(page, 'networks')
  await open(page, '/payouts')
  await page.getByLabel('Reason for pausing payouts').fill('a look at the page')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('button', { name: 'Reconcile payouts on Base' }).click()
  await expect(page.getByRole('main')).toContainText('This account has no transactions left to explain.')
  await audit(page, 'payouts that were reconciled')
  await page.getByRole('button', { name: 'Resume payouts on Base' }).click()
  await expect(page.getByRole('main')).toContainText('running')
})

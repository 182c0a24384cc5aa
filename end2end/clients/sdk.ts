// The quickstart with the client that @hey-api/openapi-ts generates: a payment intent is paid and partly refunded.
import { client } from './heyapi/client.gen'
import { createPaymentIntent, createRefund, getPaymentIntent, getRefund, mockPayment } from './heyapi'

client.setConfig({ baseUrl: process.env.REQUITE_URL!, auth: process.env.REQUITE_API_KEY!, throwOnError: true })

/** Repeats a call until its response is as expected; gives up after half a minute. */
async function until(isAsExpected: () => Promise<boolean>) {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (await isAsExpected()) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('waited for half a minute')
}

async function main() {
  const created = await createPaymentIntent({
    throwOnError: true,
    body: {
      idempotencyKey: crypto.randomUUID(),
      amount: { amount: '60.00', currency: 'USD' },
      settlementCurrency: 'USD',
      paymentMethods: [{ type: 'blockchain', chain: 'BASE' }],
    },
  })
  const { id } = created.data.data
  await until(async () => {
    const intent = (await getPaymentIntent({ throwOnError: true, path: { id } })).data.data
    return intent.paymentMethods[0]?.address !== undefined
  })
  await mockPayment({ throwOnError: true, path: { id }, body: { outcome: 'paid' } })
  const refund = (await createRefund({
    throwOnError: true,
    headers: { 'Idempotency-Key': `refund of ${id}` },
    body: {
      paymentIntentId: id,
      amount: { amount: '12.50', currency: 'USD' },
      destination: { network: 'BASE', address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' },
    },
  })).data.data
  if (!('id' in refund)) throw new Error('a preview')
  await until(async () => (await getRefund({ throwOnError: true, path: { id: refund.id } })).data.data.status === 'completed')
}

void main()

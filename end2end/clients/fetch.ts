// The quickstart with the types of openapi-typescript: a payment intent is paid and partly refunded.
import createClient from 'openapi-fetch'
import type { paths } from './api'

const client = createClient<paths>({
  baseUrl: process.env.REQUITE_URL!,
  headers: { Authorization: `Bearer ${process.env.REQUITE_API_KEY}` },
})

/** Repeats a call until its response is as expected; gives up after half a minute. */
async function until<T>(wanted: (answer: T) => boolean, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = await ask()
    if (wanted(answer)) return answer
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('waited for half a minute')
}

function ok<T>({ data, error }: { data?: { data: T }, error?: unknown }): T {
  if (!data) throw new Error(JSON.stringify(error))
  return data.data
}

async function main() {
  const created = ok(await client.POST('/v1/paymentIntents', {
    body: {
      idempotencyKey: crypto.randomUUID(),
      amount: { amount: '60.00', currency: 'USD' },
      settlementCurrency: 'USD',
      paymentMethods: [{ type: 'blockchain', chain: 'BASE' }],
    },
  }))
  const path = { id: created.id }
  await until(
    intent => intent.paymentMethods[0]?.address !== undefined,
    async () => ok(await client.GET('/v1/paymentIntents/{id}', { params: { path } })),
  )
  ok(await client.POST('/v1/mocks/paymentIntents/{id}/payments', { params: { path }, body: { outcome: 'paid' } }))
  const quote = ok(await client.POST('/v1/quotes', {
    body: { paymentIntentId: created.id, destination: { network: 'BASE' }, fundingCurrency: 'USD' },
  }))
  if (quote.network !== 'BASE') throw new Error(quote.network)
  const { data: made } = await client.POST('/v1/refunds', {
    params: { header: { 'Idempotency-Key': `refund of ${created.id}` } },
    body: {
      paymentIntentId: created.id,
      amount: { amount: '12.50', currency: 'USD' },
      destination: { network: 'BASE', address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' },
    },
  })
  const refund = made?.data
  if (!refund || !('id' in refund)) throw new Error('no refund')
  await until(
    found => found.status === 'completed',
    async () => ok(await client.GET('/v1/refunds/{id}', { params: { path: { id: refund.id } } })),
  )
}

void main()

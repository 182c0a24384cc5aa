// Circle's own Node SDK runs the whole crypto payments and refunds quickstart against Requite. Only the SDK's
// base URL is changed. Prints a line for each step; the exit code is not zero when a step fails.
//
//   REQUITE_URL=http://127.0.0.1:3000 REQUITE_API_KEY=rq_sandbox_… node end2end/sdk/quickstart.mjs

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import sdk from '@circle-fin/circle-sdk'

const url = process.env.REQUITE_URL
const apiKey = process.env.REQUITE_API_KEY
assert(url, 'REQUITE_URL must name the server')
assert(apiKey, 'REQUITE_API_KEY must be a sandbox key')

const circle = new sdk.Circle(apiKey, url)
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const wallet = /^\d+$/
const recipient = '0xcd7475eaed9ee9678cf219cec748e25aba068a69'

function done(step, detail) {
  console.log(`${step}: ${detail}`)
}

/** Repeats a call until its response is as expected; gives up after half a minute. */
async function until(wanted, ask) {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = await ask()
    if (wanted(answer)) return answer
    await sleep(200)
  }
  assert.fail('waited for half a minute')
}

/** The status and body of a call that the SDK rejects. */
async function refused(call) {
  const error = await call.then(() => assert.fail('this must be refused'), (reason) => reason)
  assert(error.response, `an answer, not ${error}`)
  return { status: error.response.status, body: error.response.data }
}

const getIntent = async (id) => (await circle.cryptoPaymentIntents.getPaymentIntent(id)).data.data
const getPayment = async (id) => (await circle.payments.getPayment(id)).data.data

// The key is accepted.
assert.deepEqual((await circle.health.ping()).data, { message: 'pong' })
const configuration = (await circle.management.getAccountConfig()).data.data
assert.match(configuration.payments.masterWalletId, wallet)
done('configuration', `wallet ${configuration.payments.masterWalletId}`)

// A payment intent; its deposit address is assigned by the worker.
const request = {
  idempotencyKey: randomUUID(),
  amount: { amount: '0.1', currency: 'ETH' },
  settlementCurrency: 'USD',
  paymentMethods: [{ type: 'blockchain', chain: 'ETH' }],
}
const createdResponse = await circle.cryptoPaymentIntents.createPaymentIntent(request)
assert.equal(createdResponse.status, 201)
const created = createdResponse.data.data
assert.match(created.id, uuid)
assert.deepEqual(created.amount, { amount: '0.100000000000000000', currency: 'ETH' })
assert.deepEqual(created.amountPaid, { amount: '0.000000000000000000', currency: 'ETH' })
assert.equal(created.settlementCurrency, 'USD')
assert.deepEqual(created.paymentMethods, [{ type: 'blockchain', chain: 'ETH' }])
assert.deepEqual(created.timeline.map((entry) => entry.status), ['created'])
assert.match(created.createDate, time)
const repeated = (await circle.cryptoPaymentIntents.createPaymentIntent(request)).data.data
assert.equal(repeated.id, created.id)
done('create payment intent', created.id)

const pending = await until((intent) => intent.paymentMethods[0].address, () => getIntent(created.id))
assert.equal(pending.timeline[0].status, 'pending')
done('deposit address', pending.paymentMethods[0].address)

// The customer pays. The SDK has no call for that, because a customer is not a client.
const mock = await fetch(`${url}/v1/mocks/paymentIntents/${created.id}/payments`, {
  method: 'POST',
  headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  body: '{}',
})
assert.equal(mock.status, 201)
const paymentId = (await mock.json()).data.id
const payment = await getPayment(paymentId)
assert.equal(payment.type, 'payment')
assert.equal(payment.status, 'paid')
assert.deepEqual(payment.amount, { amount: '0.100000000000000000', currency: 'ETH' })
assert.equal(payment.settlementAmount.currency, 'USD')
assert.equal(payment.fees.currency, 'USD')
assert.equal(payment.paymentIntentId, created.id)
assert.equal(payment.merchantWalletId, configuration.payments.masterWalletId)
assert.equal(payment.depositAddress.address, pending.paymentMethods[0].address)
assert.equal(payment.transactionHash.length, 66)
const complete = await getIntent(created.id)
assert.equal(complete.timeline[0].status, 'complete')
assert.equal(complete.timeline[0].context, 'paid')
assert.deepEqual(complete.paymentIds, [paymentId])
done('payment', paymentId)

// The refund, as in the quickstart.
const refundRequest = {
  idempotencyKey: randomUUID(),
  destination: { chain: 'ETH', address: recipient },
  amount: { currency: 'USD' },
  toAmount: { amount: '0.000001', currency: 'ETH' },
}
const refundResponse = await circle.cryptoPaymentIntents.refundPaymentIntent(created.id, refundRequest)
assert.equal(refundResponse.status, 201)
const refund = refundResponse.data.data
assert.match(refund.id, uuid)
assert.equal(refund.type, 'refund')
assert.equal(refund.status, 'pending')
assert.equal(refund.amount.currency, 'USD')
assert.deepEqual(refund.settlementAmount, { amount: '0.000001000000000000', currency: 'ETH' })
assert.equal(refund.networkFees.feePayer, 'merchant')
assert.equal(refund.paymentIntentId, created.id)
assert.equal(refund.depositAddress.chain, 'ETH')
assert.equal(refund.depositAddress.address.toLowerCase(), recipient)
const refundAgain = await circle.cryptoPaymentIntents.refundPaymentIntent(created.id, refundRequest)
assert.equal(refundAgain.data.data.id, refund.id)
done('refund', refund.id)

const paid = await until((answer) => answer.status !== 'pending', () => getPayment(refund.id))
assert.equal(paid.status, 'paid')
assert.equal(paid.transactionHash.length, 66)
const refunded = await getIntent(created.id)
assert.deepEqual(refunded.timeline.map((entry) => entry.status), ['refunded', 'complete', 'pending', 'created'])
assert.deepEqual(refunded.amountRefunded, { amount: '0.000001000000000000', currency: 'ETH' })
assert.deepEqual(refunded.refundIds, [refund.id])
done('refund paid', paid.transactionHash)

// Lists and balances.
const listed = await circle.payments.listPayments(undefined, undefined, created.id)
assert.deepEqual(listed.data.data.map((item) => [item.id, item.type]), [[refund.id, 'refund'], [paymentId, 'payment']])
const intents = await circle.cryptoPaymentIntents.listPaymentIntents('complete', 'paid', undefined, undefined, undefined, undefined, 1)
assert(intents.data.data.length <= 1)
assert.match(intents.headers.link, /rel="self".*rel="first"/)
done('payments of the intent', `${listed.data.data.length}`)

const balances = (await circle.balances.listBusinessBalances()).data.data
assert(balances.available.some((balance) => balance.currency === 'USD' && Number(balance.amount) > 0))
assert(Array.isArray(balances.unsettled))
done('balances', balances.available.map((balance) => `${balance.amount} ${balance.currency}`).join(', '))

// Another intent is expired.
const other = (await circle.cryptoPaymentIntents.createPaymentIntent({ ...request, idempotencyKey: randomUUID() })).data.data
const expired = await circle.cryptoPaymentIntents.expirePaymentIntent(other.id, {})
assert.equal(expired.status, 201)
assert.deepEqual(
  { ...expired.data.data.timeline[0], time: undefined },
  { status: 'expired', reason: 'requested_by_merchant', time: undefined },
)
done('expire payment intent', other.id)

// The SDK receives errors in Circle's error body.
const unpaid = await refused(
  circle.cryptoPaymentIntents.refundPaymentIntent(other.id, { ...refundRequest, idempotencyKey: randomUUID() }),
)
assert.deepEqual([unpaid.status, unpaid.body.code, unpaid.body.requiteCode], [400, 1085, 'intent_not_paid'])
const reused = await refused(
  circle.cryptoPaymentIntents.refundPaymentIntent(created.id, {
    ...refundRequest,
    toAmount: { amount: '0.000002', currency: 'ETH' },
  }),
)
assert.deepEqual([reused.status, reused.body.code], [409, 1083])
const stranger = await refused(new sdk.Circle('nobody', url).management.getAccountConfig())
assert.deepEqual([stranger.status, stranger.body.code], [401, 401])
done('refusals', 'unpaid intent, reused key, unknown API key')

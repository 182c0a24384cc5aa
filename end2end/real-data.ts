// Real amounts of data in a sandbox: what a shop and its team do in some weeks, by the API and by their forms.
import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import type { Api, Money, Transfer } from './api.ts'
import { expect, open } from './fixtures.ts'
import { ApprovalPage } from './pages/approval.ts'
import { ConfirmationPage } from './pages/confirmation.ts'
import { WebhooksPage } from './pages/webhooks.ts'
import { Receiver } from './receiver.ts'
import { Shop, linkOfNewestMail, paidOrder } from './shop.ts'

const INTENTS = 500
const REFUNDS = 300
/** Large refunds, each of which needs an approval. */
const LARGE = 12
/** How many requests are under way at once. */
const AT_ONCE = 6

/** Coins on every network of the sandbox, with an amount that has as many decimals as the coin can have in a payment. */
const COINS: [chain: string, currency: string, amount: string][] = [
  ['ETH', 'USD', '129.00'],
  ['BASE', 'USD', '89.90'],
  ['BASE', 'EUR', '249.50'],
  ['ARB', 'ETH', '0.171805'],
  ['OP', 'USD', '1890.50'],
  ['POLY', 'POL', '420.5'],
  ['AVAX', 'AVAX', '12.75'],
  ['BTC', 'BTC', '0.01234567'],
  ['LTC', 'LTC', '3.25'],
  ['SOL', 'SOL', '1.204500001'],
  ['SOL', 'EUR', '75.00'],
  ['XRP', 'XRP', '152.5'],
  ['XLM', 'XLM', '1200.1234567'],
  ['ALGO', 'USD', '64.00'],
  ['TRX', 'USDT', '310.00'],
  ['NEAR', 'USDT', '45.00'],
  ['NOBLE', 'USD', '99.99'],
  ['HBAR', 'USD', '18.40'],
  ['ETH', 'ETH', '0.012345678901234567'],
]
/** Where the absence of a memo has to be stated. */
const WITH_MEMO = ['XRP', 'XLM', 'NOBLE', 'HBAR']
/** Where the addresses work to which the sandbox rejects a refund, or never completes it. */
const EVM = ['ETH', 'BASE', 'ARB', 'OP', 'POLY', 'AVAX']

const REASONS = ['requested_by_customer', 'duplicate', 'overpaid', 'not_delivered', 'other']
/** The one who writes often. Whoever gets much within a day needs an approval, so the others get one refund each. */
export const REGULAR = 'anna.schmidt@shop.example'
const LONG_EMAIL = 'a-customer-with-a-very-long-name-who-writes-it-out@a-department-of-a-large-company.example'
const NOTES = [
  'The customer called: the parcel has not arrived.',
  'Asked the warehouse, they will answer by Thursday. If they do not, refund the rest and tell the customer that the order is cancelled.',
]
const LONG_TITLE = 'Two oak chairs, oiled, with cushions in dark green and a set of felt pads for wooden floors, delivered to the third floor without a lift'
const LONG_ORDER = 'spring-campaign-2026-chairs-and-tables-of-the-outlet-store-number-0000000000012345'

/** What pages are about. */
export interface RealData {
  /** Payment intents by what became of them. */
  intents: Record<'unpaid' | 'pending' | 'paid' | 'underpaid' | 'overpaid' | 'large', string>
  /** A paid one that nothing was refunded of, for the steps of a refund. */
  refundable: string
  /** Refunds by status. */
  refunds: Record<'completed' | 'rejected' | 'processing' | 'awaiting-approval' | 'awaiting-confirmation', string>
  /** The page on which a customer pays. */
  payPage: string
  /** The page on which a customer confirms an address; somebody else's whose question was answered. */
  confirmation: string
  answered: string
  stop(): Promise<void>
}

interface Paid {
  id: string
  chain: string
  money: Money
}

function emailOf(index: number) {
  if (index % 20 === 0) return REGULAR
  return index % 7 === 0 ? LONG_EMAIL.replace('@', `-${index}@`) : `customer${index}@example.com`
}

/** A decimal amount times a fraction, cut to the decimals that it has. */
function times(amount: string, by: number, over = 1) {
  const [whole = '', fraction = ''] = amount.split('.')
  const units = ((BigInt(whole + fraction) * BigInt(by)) / BigInt(over)).toString()
  if (fraction === '') return units
  const digits = units.padStart(fraction.length + 1, '0')
  return `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`
}

/** Does the same for each, some at once, and goes on where it fails: a picture needs many rows, not each of them. */
async function forEach<T>(what: string, items: T[], act: (item: T, index: number) => Promise<void>) {
  const waiting = [...items.entries()]
  const errors: unknown[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await act(next[1], next[0]).catch(error => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  console.log(`${what}: ${items.length - errors.length} of ${items.length}`)
  for (const error of errors.slice(0, 3)) console.error(String(error))
}

/** Sends a form of the console as a browser does. */
async function send(page: Page, path: string, form: Record<string, string>) {
  const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }
  const answer = await page.request.post(path, { form, headers, maxRedirects: 0 })
  if (answer.status() >= 400) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`)
}

async function post<T>(api: Api, path: string, data: object): Promise<T> {
  const answer = await api.request.post(path, { data })
  if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()).data
}

/** Fills a sandbox that has its demo data. */
export async function fill(api: Api, apiKey: string, owner: Page, approver: Page, customer: Page): Promise<RealData> {
  const receivers = await addEndpoints(owner)
  const { intents, paid } = await makeIntents(api)
  await makeRefunds(api, owner, paid)
  const large = await makeLargeRefunds(api, approver)
  await payAgain(api, paid)
  const orders = await makeOrders(api, apiKey, owner, customer)
  const refundable = await api.paidIntent({ amount: '12000.00' })
  await makeRecords(owner, refundable.id, paid)
  return {
    intents: { ...intents, large },
    refundable: refundable.id,
    refunds: await refundsByStatus(api),
    payPage: orders.payPage,
    confirmation: orders.confirmation,
    answered: orders.answered,
    stop: async () => {
      for (const receiver of receivers) await receiver.stop()
    },
  }
}

/** One endpoint that works, one that answers with errors, and one that nobody is at. */
async function addEndpoints(owner: Page) {
  const receivers = [await Receiver.start(), await Receiver.start()] as const
  receivers[1].answers({ status: 500 })
  const webhooks = new WebhooksPage(owner)
  await webhooks.add(receivers[0].url, 'The warehouse', 'refund.*')
  await webhooks.add(receivers[1].url, 'The bookkeeping, whose program does not take what it gets since Monday', 'refund.*', 'payment.paid')
  await webhooks.add('http://127.0.0.1:9/a-very-long-path-of-an-endpoint/which-is-not-reached', 'The old shop', 'refund.completed')
  return receivers
}

/** Payment intents of every coin on every network: unpaid, being confirmed, failed, paid, and paid too little or too much. */
async function makeIntents(api: Api) {
  const paid: Paid[] = []
  const found: Record<string, string> = {}
  await forEach('payment intents', Array.from({ length: INTENTS }), async (_, index) => {
    const [chain, currency, base] = COINS[index % COINS.length] ?? ['BASE', 'USD', '10.00']
    const amount = times(base, 1 + (index % 9))
    const { id } = await api.createIntent({ amount, currency, chain })
    // Each coin gets each kind: 19 and 10 have no common factor.
    const kind = (['unpaid', 'pending', 'failed', 'underpaid', 'overpaid'] as const)[index % 10] ?? 'paid'
    found[kind] ??= id
    if (kind === 'unpaid') return
    if (kind === 'pending' || kind === 'failed') return void (await api.pay(id, kind))
    const part = kind === 'underpaid' ? times(amount, 1, 2) : kind === 'overpaid' ? times(amount, 2) : undefined
    await api.pay(id, 'paid', part === undefined ? undefined : { amount: part, currency })
    paid.push({ id, chain, money: { amount: part ?? amount, currency } })
  })
  const one = (kind: string) => found[kind] ?? ''
  const intents = { unpaid: one('unpaid'), pending: one('pending'), paid: one('paid'), underpaid: one('underpaid'), overpaid: one('overpaid') }
  // Nothing is refunded of this one.
  return { intents, paid: paid.filter(({ id }) => id !== intents.paid) }
}

/** Refunds of a third of what was paid, of some payment intents two. Some are rejected, and some never end. */
async function makeRefunds(api: Api, owner: Page, paid: Paid[]) {
  await open(owner, '/currencies')
  const test = await owner.getByRole('main').getByLabel(/^0x/).evaluateAll(all => all.map(code => code.getAttribute('aria-label') ?? ''))
  const [rejecting = '', hanging = ''] = test
  const twice = 50
  const wanted = [...paid.slice(0, REFUNDS - twice), ...paid.slice(0, twice)]
  await forEach('refunds', wanted, async ({ id, chain, money }, index) => {
    const turn = EVM.includes(chain) ? index % 16 : 0
    const address = turn === 3 ? rejecting : turn === 8 ? hanging : undefined
    const memo = WITH_MEMO.includes(chain) ? { memo: null } : {}
    await post<Transfer>(api, '/v1/refunds', {
      idempotencyKey: randomUUID(),
      paymentIntentId: id,
      amount: { amount: times(money.amount, 1, 3), currency: money.currency },
      destination: address ? { network: chain, address } : { useOriginalSender: true, network: chain, ...memo },
      reason: REASONS[index % REASONS.length],
      customerEmail: emailOf(index),
      ...(index % 5 === 0 ? { note: NOTES[index % NOTES.length] } : {}),
    })
  })
}

/** Refunds that a second person decides about: some are approved, some declined, and the others wait. Returns a payment intent. */
async function makeLargeRefunds(api: Api, approver: Page) {
  const made: { intent: string; refund: string }[] = []
  await forEach('large refunds', Array.from({ length: LARGE }), async (_, index) => {
    const { id } = await api.paidIntent({ amount: '6200.00' })
    const refund = await post<Transfer>(api, '/v1/refunds', {
      idempotencyKey: randomUUID(),
      paymentIntentId: id,
      amount: { amount: '6000.00', currency: 'USD' },
      destination: { useOriginalSender: true },
      reason: 'not_delivered',
      customerEmail: `large${index}@example.com`,
    })
    made.push({ intent: id, refund: refund.id })
  })
  const decision = new ApprovalPage(approver)
  for (const [index, { refund }] of made.slice(0, 5).entries()) {
    await open(approver, `/refunds/${refund}/approval`)
    if (index % 2 === 0) await decision.approve.click()
    else {
      await decision.reason.fill('The parcel has arrived in the meantime, as the customer says.')
      await decision.decline.click()
    }
    await approver.waitForURL(/\/refunds\/[0-9a-f-]+$/)
  }
  return made.at(-1)?.intent ?? ''
}

/** A refund in each status, after those that are under way have ended. */
async function refundsByStatus(api: Api) {
  const listed = async (status: string): Promise<Transfer[]> => (await (await api.request.get(`/v1/refunds?status=${status}&pageSize=1`)).json()).data
  await expect.poll(async () => (await listed('pending')).length, { timeout: 300_000 }).toBe(0)
  const one = async (status: string) => (await listed(status))[0]?.id ?? ''
  return {
    completed: await one('completed'),
    rejected: await one('rejected'),
    processing: await one('processing'),
    'awaiting-approval': await one('awaiting_approval'),
    'awaiting-confirmation': await one('awaiting_confirmation'),
  }
}

/** Customers who pay again, after their payment was refunded: it is not credited. */
async function payAgain(api: Api, paid: Paid[]) {
  await forEach('unsupported funds', paid.slice(0, 30), async ({ id, money }) => {
    await api.pay(id, 'paid', { ...money, amount: times(money.amount, 1, 4) })
  })
}

/** Orders of a shop: with long names, open ones, and refunds that customers are asked about. */
async function makeOrders(api: Api, apiKey: string, owner: Page, customer: Page) {
  const headers = { authorization: `Token ${apiKey}` }
  const price = { price_amount: '1234.50', price_currency: 'EUR', receive_currency: 'EUR' }
  const texts = { title: LONG_TITLE, order_id: LONG_ORDER, purchaser_email: LONG_EMAIL, description: NOTES[1] ?? '' }
  const shop = new Shop(owner, apiKey)
  let payPage = ''
  for (let number = 0; number < 10; number += 1) {
    const answer = await api.request.post('/v2/orders', { form: { ...price, ...texts, order_id: `${LONG_ORDER}-${number}` }, headers })
    payPage = new URL((await answer.json()).payment_url).pathname
  }
  const links: string[] = []
  for (let number = 0; number < 6; number += 1) {
    const order = await paidOrder(api, apiKey, number % 2 === 0 ? { ...texts, order_id: `${LONG_ORDER}-paid-${number}` } : {})
    await shop.refund(order.number, '30')
    links.push(await linkOfNewestMail(owner))
  }
  const [confirmed, refused, waiting] = links
  const page = new ConfirmationPage(customer)
  await page.open(confirmed ?? '')
  await page.yes.click()
  await customer.waitForLoadState('load')
  await page.open(refused ?? '')
  await page.wrong.click()
  await page.no.click()
  await customer.waitForLoadState('load')
  return { payPage, confirmation: waiting ?? '', answered: confirmed ?? '' }
}

/** What the team writes and keeps: notes, drafts, views of lists, and keys. */
async function makeRecords(owner: Page, refundable: string, paid: Paid[]) {
  for (const note of NOTES) await send(owner, '/do/payment-intents/add-note', { intent: refundable, id: randomUUID(), note })
  await forEach('drafts', paid.slice(-8), async ({ id }) => send(owner, '/do/refund-drafts/open', { intent: id }))
  const views = { 'Waits for approval': 'status=awaiting_approval', 'Large ones on Base that were completed in this month': 'status=completed&network=BASE&min=1000&period=this_month' }
  for (const [name, query] of Object.entries(views)) {
    await send(owner, '/do/views/save', { list: 'refunds', name, query, shared: 'yes' })
  }
  for (const name of ['Shop', 'Warehouse', 'Bookkeeping, which reads everything once a night and makes nothing', 'Till 1', 'Till 2']) {
    await send(owner, '/developers/api-keys/issued', { name, scopes: 'read' })
  }
}

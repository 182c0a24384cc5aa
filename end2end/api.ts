import { type APIRequestContext, expect } from '@playwright/test'
import { randomUUID } from 'node:crypto'

export interface Money {
  amount: string
  currency: string
}

export interface Intent {
  id: string
  amountPaid: Money
  amountRefunded: Money
  paymentMethods: { chain: string; address?: string }[]
  refundIds: string[]
  timeline: { status: string; context?: string }[]
  requite: { orderNumber: number; refundable: Money }
}

export interface Transfer {
  id: string
  status: 'pending' | 'confirmed' | 'paid' | 'failed'
  amount: Money
  depositAddress: { chain: string; address: string }
  transactionHash?: string
}

export interface NewIntent {
  amount?: string
  currency?: string
  /** The currency that the merchant is credited in. */
  settlement?: string
  chain?: string
}

export interface NewRefund {
  address: string
  amount: string
  currency?: string
  /** The currency of the balance that funds the refund. */
  funding?: string
  chain?: string
}

/** A shop's program, and the customer that the sandbox simulates. */
export class Api {
  constructor(readonly request: APIRequestContext) {}

  /** A payment intent that awaits payment. */
  async createIntent({ amount = '100.00', currency = 'USD', settlement = currency, chain = 'BASE' }: NewIntent = {}) {
    const intent = await this.post<Intent>('/v1/paymentIntents', {
      idempotencyKey: randomUUID(),
      amount: { amount, currency },
      settlementCurrency: settlement,
      paymentMethods: [{ type: 'blockchain', chain }],
    })
    await expect.poll(async () => (await this.intent(intent.id)).timeline[0]?.status).toBe('pending')
    return this.intent(intent.id)
  }

  /** A continuous payment intent, which can be paid any number of times. */
  async continuousIntent({ currency = 'USD', settlement = currency, chain = 'BASE' }: Omit<NewIntent, 'amount'> = {}) {
    const intent = await this.post<Intent>('/v1/paymentIntents', {
      idempotencyKey: randomUUID(),
      type: 'continuous',
      currency,
      settlementCurrency: settlement,
      paymentMethods: [{ type: 'blockchain', chain }],
    })
    await expect.poll(async () => (await this.intent(intent.id)).timeline[0]?.status).toBe('active')
    return this.intent(intent.id)
  }

  /** A payment intent that has been paid. */
  async paidIntent(options: NewIntent = {}) {
    const { id } = await this.createIntent(options)
    await this.pay(id)
    return this.intent(id)
  }

  /** The customer pays; without an amount, exactly the amount due. */
  async pay(intent: string, outcome: 'paid' | 'pending' | 'failed' = 'paid', amount?: Money) {
    return this.post<Transfer>(`/v1/mocks/paymentIntents/${intent}/payments`, { outcome, amount })
  }

  async intent(id: string): Promise<Intent> {
    return this.get(`/v1/paymentIntents/${id}`)
  }

  async refund(intent: string, { address, amount, currency = 'USD', funding = currency, chain = 'BASE' }: NewRefund) {
    return this.post<Transfer>(`/v1/paymentIntents/${intent}/refund`, {
      idempotencyKey: randomUUID(),
      destination: { address, chain },
      amount: { currency: funding },
      toAmount: { amount, currency },
    })
  }

  /** Waits until a refund has a final status. */
  async settled(refund: string, status: Transfer['status'] = 'paid') {
    await expect.poll(async () => (await this.get<Transfer>(`/v1/payments/${refund}`)).status, { timeout: 15_000 }).toBe(status)
    return this.get<Transfer>(`/v1/payments/${refund}`)
  }

  private async get<T>(path: string): Promise<T> {
    const response = await this.request.get(path)
    expect(response.ok(), `GET ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return (await response.json()).data
  }

  private async post<T>(path: string, data: object): Promise<T> {
    const response = await this.request.post(path, { data })
    expect(response.ok(), `POST ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return (await response.json()).data
  }
}

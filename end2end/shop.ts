// A shop's program for CoinGate, and the mail that its customer receives.
import { type Page, expect } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { EVM } from './addresses.ts'
import type { Api } from './api.ts'
import { open } from './fixtures.ts'

export interface OrderRefund {
  id: number
  status: string
  skip_user_address_confirmation: boolean
  rejection_type?: string
  rejection_reason?: string
  requite: { id: string }
}

/** A program with the merchant's API key. */
export class Shop {
  constructor(
    private readonly page: Page,
    private readonly apiKey: string,
  ) {}

  private async call<T>(method: string, path: string, form?: Record<string, string>): Promise<T> {
    const response = await this.page.request.fetch(path, { method, form, headers: { authorization: `Token ${this.apiKey}` } })
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return response.json()
  }

  /** Refunds a part of an order that was paid in dollars on Base. */
  async refund(order: number, amount: string) {
    const ledger = await this.call<{ accounts: { id: string; currency: { symbol: string } }[] }>('GET', '/v2/ledger/accounts')
    const balance = ledger.accounts.find(account => account.currency.symbol === 'USDC')
    return this.call<OrderRefund>('POST', `/v2/orders/${order}/refunds`, {
      amount,
      address: EVM,
      currency_id: '11',
      platform_id: '4',
      reason: 'The chairs broke',
      email: 'customer@example.com',
      ledger_account_id: balance?.id ?? '',
    })
  }

  async read(order: number, refund: number) {
    return this.call<OrderRefund>('GET', `/v2/orders/${order}/refunds/${refund}`)
  }
}

/** The newest mail in the outbox, and the link in it. */
export async function linkOfNewestMail(page: Page) {
  await open(page, '/developers/mail')
  await page.getByRole('row', { name: 'customer@example.com' }).getByRole('link', { name: 'Address confirmation' }).first().click()
  const link = page.getByRole('link', { name: 'Open link' })
  return (await link.getAttribute('href')) ?? ''
}

/** The path of the page on which the customer of a new order pays. */
export async function payPath(api: Api, apiKey: string) {
  const form = { price_amount: '80', price_currency: 'USD', receive_currency: 'USD', title: 'Two chairs' }
  const response = await api.request.post('/v2/orders', { form, headers: { authorization: `Token ${apiKey}` } })
  expect(response.ok(), `${response.status()} ${await response.text()}`).toBe(true)
  return new URL((await response.json()).payment_url).pathname
}

/** An order for 80 dollars with the shop's own id, which its customer has paid on Base. `texts` are others of the order. */
export async function paidOrder(api: Api, apiKey: string, texts: Record<string, string> = {}) {
  const name = randomBytes(4).toString('hex')
  const [orderId, email] = [texts.order_id ?? `chairs-${name}`, texts.purchaser_email ?? `mara.${name}@example.com`]
  const call = async (path: string, form: Record<string, string>) => {
    const response = await api.request.post(path, { form, headers: { authorization: `Token ${apiKey}` } })
    expect(response.ok(), `POST ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return response.json()
  }
  const price = { price_amount: '80', price_currency: 'USD', receive_currency: 'USD' }
  const order = await call('/v2/orders', { ...price, title: 'Two chairs', ...texts, order_id: orderId, purchaser_email: email })
  await call(`/v2/orders/${order.id}/checkout`, { pay_currency: 'USDC', platform_id: '4' })
  const newest = await (await api.request.get('/v1/paymentIntents?pageSize=1')).json()
  await api.pay(newest.data[0].id)
  return { orderId, email, number: order.id as number }
}

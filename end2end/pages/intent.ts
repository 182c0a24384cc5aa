import { type Page, expect } from '@playwright/test'
import { hydrated, open } from '../fixtures.ts'

/** The page of one payment intent. */
export class IntentPage {
  readonly heading
  readonly menu
  readonly menuList
  readonly refundItem
  readonly amounts
  readonly whyNot
  readonly refunds
  readonly timeline
  readonly payments
  readonly customerAmount
  readonly customerPays

  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1 })
    const main = page.getByRole('main')
    this.menu = main.getByLabel('Actions')
    this.menuList = main.getByRole('group', { name: 'Action menu' })
    this.refundItem = main.getByText('Crypto refund', { exact: true })
    this.amounts = page.getByRole('region', { name: 'Amounts' })
    this.whyNot = main.getByRole('paragraph').filter({ hasText: 'No refund is possible now.' })
    this.payments = page.getByRole('region', { name: 'Payments', exact: true }).first()
    this.refunds = page.getByRole('region', { name: 'Refunds of this payment intent' }).locator('tbody').getByRole('row')
    this.customerAmount = main.getByLabel('Amount', { exact: true })
    this.customerPays = main.getByRole('button', { name: /^Pay .*as the customer$/ })
    this.timeline = page.getByRole('list', { name: 'Timeline entries' }).getByRole('listitem')
  }

  async open(id: string) {
    await open(this.page, `/payment-intents/${id}`)
  }

  /** The value next to a label. */
  amount(name: string) {
    return this.amounts.locator(`dt:text-is("${name}") + dd`)
  }

  /** The menu has Crypto refund, disabled and with the reason. */
  async isClosed(reason: RegExp) {
    await this.menu.click()
    await expect(this.refundItem).toHaveAttribute('aria-disabled', 'true')
    await expect(this.menuList).toContainText(reason)
    await expect(this.menuList.getByRole('button')).toHaveCount(0)
  }

  /** Opens an intent and starts its refund. */
  async refund(id: string) {
    await this.open(id)
    await this.startRefund()
  }

  /** The three dots, then Crypto refund. */
  async startRefund() {
    await this.menu.click()
    await this.refundItem.click()
    await expect(this.page).toHaveURL(/\/refund-drafts\/[0-9a-f-]+\/recipient(\?resumed=1)?$/)
    await hydrated(this.page)
  }
}

import type { Page } from '@playwright/test'
import { open } from '../fixtures.ts'

/** The refund history. */
export class RefundsPage {
  readonly search
  readonly status
  readonly sort
  readonly more
  readonly currency
  readonly network
  readonly from
  readonly to
  readonly min
  readonly max
  readonly show
  readonly rows
  readonly next
  readonly previous
  readonly exportLink

  constructor(readonly page: Page) {
    const form = page.getByRole('search')
    this.search = form.getByLabel('Order, customer, address, transaction, ID or note')
    this.status = form.getByLabel('Status')
    this.sort = form.getByLabel('Sort')
    this.more = form.getByText('More filters')
    this.currency = form.getByLabel('Currency')
    this.network = form.getByLabel('Network')
    this.from = form.getByLabel(/^Start date \(/)
    this.to = form.getByLabel(/^End date \(/)
    this.min = form.getByLabel('Amount from')
    this.max = form.getByLabel('Amount to')
    this.show = form.getByRole('button', { name: 'Apply' })
    this.rows = page.getByRole('region', { name: 'Refunds' }).locator('tbody').getByRole('row')
    this.next = page.getByRole('link', { name: 'Next' })
    this.previous = page.getByRole('link', { name: 'Previous' })
    this.exportLink = page.getByRole('link', { name: 'Export all columns' })
  }

  async open(query = '') {
    await open(this.page, `/refunds${query}`)
  }
}

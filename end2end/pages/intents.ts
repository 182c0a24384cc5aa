import type { Page } from '@playwright/test'
import { open } from '../fixtures.ts'

/** The list of payment intents. */
export class IntentsPage {
  readonly search
  readonly status
  readonly sort
  readonly show
  readonly rows
  readonly next
  readonly previous

  constructor(readonly page: Page) {
    const form = page.getByRole('search')
    this.search = form.getByLabel('Order, customer, address, transaction, ID or note')
    this.status = form.getByLabel('Status')
    this.sort = form.getByLabel('Sort')
    this.show = form.getByRole('button', { name: 'Apply' })
    this.rows = page.getByRole('region', { name: 'Payment intents' }).locator('tbody').getByRole('row')
    this.next = page.getByRole('link', { name: 'Next' })
    this.previous = page.getByRole('link', { name: 'Previous' })
  }

  async open() {
    await open(this.page, '/payment-intents')
  }
}

import { type Page, expect } from '@playwright/test'
import { hasJavaScript, open } from '../fixtures.ts'

/** The page of one refund. Its head says where it stands, and its first card shows its progress. */
export class RefundPage {
  readonly heading
  readonly status
  readonly startAnother
  readonly progress
  readonly steps
  readonly transaction
  readonly transfer
  readonly timeline

  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1 })
    const head = page.locator('.page-head')
    this.status = head.getByRole('status')
    this.startAnother = head.getByRole('button', { name: 'Start another refund' })
    this.progress = page.getByRole('region', { name: 'Progress' })
    this.steps = this.progress.getByRole('listitem')
    this.transaction = this.progress.locator('dd code')
    this.transfer = page.getByRole('region', { name: 'Transfer' })
    this.timeline = page.getByRole('region', { name: 'Timeline' })
  }

  get id() {
    return new URL(this.page.url()).pathname.split('/').pop() ?? ''
  }

  async open(id: string) {
    await open(this.page, `/refunds/${id}`)
  }

  /** The value next to a label in one of the cards. */
  fact(card: string, name: string) {
    return this.page.getByRole('region', { name: card }).locator(`dt:text-is("${name}") + dd`)
  }

  /** Waits for the final status. With JavaScript the page must update without a reload, without it by reloading. */
  async becomes(status: 'completed' | 'rejected') {
    // Counts later loads, without the one that opened the page.
    await this.page.waitForLoadState('load')
    let loads = 0
    const count = () => (loads += 1)
    this.page.on('load', count)
    await expect(this.status).toContainText(status, { timeout: 15_000 })
    this.page.off('load', count)
    if (hasJavaScript()) expect(loads, 'loads of the page while it followed the refund').toBe(0)
  }
}

import { type Page, expect } from '@playwright/test'
import { hydrated } from '../fixtures.ts'

/** The page on which a second person decides. */
export class ApprovalPage {
  readonly approve
  readonly decline
  readonly reason
  readonly renew
  readonly notice

  constructor(readonly page: Page) {
    this.approve = page.getByRole('button', { name: /^Approve sending / })
    this.decline = page.getByRole('button', { name: 'Decline refund' })
    this.reason = page.getByLabel('Reason for declining')
    this.renew = page.getByRole('button', { name: /Get today's (rate|network fee)/ })
    this.notice = page.getByRole('alert')
  }

  /** Opened from the refund's page. */
  async open() {
    await this.page.getByRole('button', { name: 'Review and decide' }).click()
    await expect(this.page).toHaveURL(/\/refunds\/[0-9a-f-]+\/approval$/)
    await hydrated(this.page)
  }
}

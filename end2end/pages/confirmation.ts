import type { Page } from '@playwright/test'
import { open } from '../fixtures.ts'

/** The page on which a customer confirms or rejects an address. */
export class ConfirmationPage {
  readonly heading
  readonly status
  readonly yes
  readonly no
  readonly wrong

  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1 })
    this.status = page.getByRole('status')
    this.yes = page.getByRole('button', { name: 'Yes, this is my address' })
    this.wrong = page.getByText('The address is wrong')
    this.no = page.getByRole('button', { name: 'No, do not send to this address' })
  }

  async open(link: string) {
    return open(this.page, link)
  }

  /** The value next to a label. */
  fact(name: string) {
    return this.page.getByRole('region', { name: 'Refund details' }).locator(`dt:text-is("${name}") + dd`)
  }
}

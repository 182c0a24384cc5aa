import { type Page, expect } from '@playwright/test'
import { hydrated, open } from '../fixtures.ts'
import { goTo } from './frame.ts'

/** The list of webhook endpoints, one endpoint, and one delivery. */
export class WebhooksPage {
  readonly url
  readonly description
  readonly payload
  readonly chooseEvents
  readonly endpoints
  readonly result
  readonly secret
  readonly deliveries
  readonly attempts
  readonly notice

  constructor(readonly page: Page) {
    this.url = page.getByRole('textbox', { name: 'URL' })
    this.description = page.getByRole('textbox', { name: 'Description' })
    this.payload = page.getByLabel('Payload')
    this.chooseEvents = page.getByText('Choose events')
    this.endpoints = page.getByRole('region', { name: 'Endpoints' }).locator('tbody').getByRole('row')
    this.result = page.getByRole('status')
    this.secret = page.getByRole('region', { name: 'Signing secret' }).getByRole('code')
    this.deliveries = page.getByRole('region', { name: 'Deliveries' }).locator('tbody').getByRole('row')
    this.attempts = page.getByRole('region', { name: /^Attempt \d/ })
    this.notice = page.getByRole('alert')
  }

  /** Opened from the navigation. */
  async openFromNavigation() {
    await open(this.page, '/')
    await goTo(this.page, 'Webhooks')
    await hydrated(this.page)
  }

  /** Adds an endpoint for the ticked events; returns the URL of its page. */
  async add(url: string, description: string, ...events: string[]) {
    await open(this.page, '/developers/webhooks')
    await this.url.fill(url)
    await this.description.fill(description)
    await this.chooseEvents.click()
    for (const event of events) await this.event(event).check()
    await this.press('Add endpoint')
    await expect(this.result).toContainText('Added')
    return new URL(this.page.url()).pathname
  }

  event(name: string) {
    return this.page.getByRole('checkbox').and(this.page.locator(`[value="${name}"]`))
  }

  /** Shows the secret and reads it. */
  async readSecret() {
    await this.page.getByText('Show secret').click()
    return (await this.secret.textContent()) ?? ''
  }

  /** Submits a form and waits for the page that follows. */
  async press(name: string) {
    await this.page.getByRole('button', { name, exact: true }).click()
    await this.page.waitForLoadState('load')
    await hydrated(this.page)
  }

  /** Reloads the page until an element is visible. */
  async becomes(check: () => Promise<void>) {
    await expect(async () => {
      await this.page.reload()
      await check()
    }).toPass({ timeout: 15_000 })
    await hydrated(this.page)
  }
}

// What somebody sees who has just started a server, before anything was done.
import { audit, fits } from '../audit.ts'
import { expect, open, testOnEmpty as test } from '../fixtures.ts'

/** A phone, the narrowest screen, and a window that just shows the navigation. */
const WIDTHS = [390, 320, 1024]
const EMPTY = ['/payment-intents', '/refunds', '/unsupported-funds', '/refund-drafts', '/developers/api-keys', '/developers/webhooks']
/** Pages that say something without anything too. */
const OTHERS = ['/statements', '/reconciliation', '/developers/api-log', '/developers/webhooks/deliveries', '/developers/mail']

test('the first page of an empty server leads to a refund, and empty lists have room', { tag: '@phone' }, async ({ page }) => {
  await open(page, '/')
  const start = page.getByRole('region', { name: 'Your first refund in three steps' })
  await expect(start.getByRole('heading', { level: 3 })).toHaveText(['Create an API key', 'Request a payment', 'Refund the payment'])
  // With the address at which the server is, and not an example.
  await expect(start.getByRole('group').filter({ hasText: new URL(page.url()).origin }).first()).toBeVisible()
  await audit(page, 'quick start')
  for (const path of [...EMPTY, ...OTHERS]) {
    await open(page, path)
    if (EMPTY.includes(path)) await expect(page.getByRole('main').getByRole('row'), path).toHaveCount(0)
    await fits(page, `${path} on an empty server`, WIDTHS)
  }
})

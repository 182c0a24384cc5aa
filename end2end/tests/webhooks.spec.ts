// Webhooks: managed on their pages, received by a real server, verified with the libraries that merchants use.
import { EVM } from '../addresses.ts'
import { audit } from '../audit.ts'
import { expect, hasJavaScript, open, test as base } from '../fixtures.ts'
import { WebhooksPage } from '../pages/webhooks.ts'
import { Receiver, verify, verifyInPython } from '../receiver.ts'

const test = base.extend<{ receiver: Receiver; webhooks: WebhooksPage }>({
  receiver: async ({ page }, use) => {
    // An endpoint would receive the events of the demo's refunds too.
    for (const status of ['pending', 'processing']) {
      await expect(async () => {
        await open(page, `/refunds?status=${status}`)
        await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible({ timeout: 500 })
      }).toPass({ timeout: 30_000 })
    }
    const receiver = await Receiver.start()
    await use(receiver)
    await receiver.stop()
  },
  webhooks: ({ page }, use) => use(new WebhooksPage(page)),
})

test.describe.configure({ timeout: 120_000 })
test.use({ settings: { REQUITE_WEBHOOK_ALLOW_LOOPBACK: 'true' } })

const OF_A_REFUND = ['refund.created', 'refund.processing', 'refund.completed']
/** Deliveries are sent by a worker, so the page is reloaded until they appear. */
const SOON = { timeout: 1_000 }

test('a refund’s events are sent to an endpoint that was added on the page', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, receiver, webhooks, intent, wizard, refund }) => {
  await webhooks.openFromNavigation()
  // Errors are shown next to their fields, and the input is kept.
  await webhooks.url.fill('http://shop.example/hooks')
  await webhooks.description.fill('the "shop"')
  await webhooks.chooseEvents.click()
  await webhooks.event('payment.paid').check()
  await webhooks.press('Add endpoint')
  await expect(page.locator('#url-error')).toContainText('must begin with https://')
  await expect(webhooks.description).toHaveValue('the "shop"')
  await expect(webhooks.event('payment.paid')).toBeChecked()
  await audit(page, 'webhooks with an error')

  const endpoint = await webhooks.add(receiver.url, 'follows refunds', 'refund.*')
  await audit(page, 'new webhook endpoint')
  const secret = await webhooks.readSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  // Only once: an island that received the secret would repeat it in its own data.
  expect((await page.content()).split(secret)).toHaveLength(2)
  if (hasJavaScript()) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy secret' }).click()
    await expect(page.getByText('Copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  }

  const { id } = await api.paidIntent({ amount: '60.00' })
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '12.50' })
  await wizard.confirm()
  await refund.becomes('completed')
  await expect.poll(() => receiver.types).toEqual(OF_A_REFUND)
  for (const message of receiver.received) {
    const event = verify(message, secret)
    expect(event.data).toMatchObject({ id: refund.id, paymentIntentId: id, amount: '12.50', currency: 'USD' })
    expect(await verifyInPython(message, secret)).toBe(event.type)
    const forged = { ...message, body: message.body.replace('12.50', '99.50') }
    expect(() => verify(forged, secret)).toThrow('No matching signature')
    await expect(verifyInPython(forged, secret)).rejects.toThrow('No matching signature')
  }

  await open(page, endpoint)
  await expect(webhooks.deliveries.filter({ hasText: 'delivered' })).toHaveCount(3)
  await audit(page, 'webhook endpoint with deliveries')
  await page.getByRole('link', { name: 'All deliveries to this endpoint' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deliveries')
  await expect(webhooks.deliveries).toHaveCount(3)
  await audit(page, 'deliveries to one endpoint')
  await page.getByRole('combobox', { name: 'State' }).selectOption('waiting')
  await webhooks.press('Apply')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('combobox', { name: 'State' }).selectOption('delivered')
  await page.getByRole('combobox', { name: 'Event', exact: true }).selectOption('refund.completed')
  await webhooks.press('Apply')
  await webhooks.deliveries.getByRole('rowheader').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delivery of refund.completed')
  await expect(webhooks.attempts).toHaveCount(1)
  await webhooks.attempts.getByText('Request').click()
  await webhooks.attempts.getByText('Response').click()
  await expect(webhooks.attempts).toContainText(`POST ${receiver.url}`)
  await expect(webhooks.attempts).toContainText(`webhook-signature: ${receiver.received[2]?.headers['webhook-signature']}`)
  await expect(webhooks.attempts).toContainText('HTTP 200')
  await expect(webhooks.attempts).toContainText('as you say')
  await audit(page, 'delivery')
  await page.getByRole('link', { name: refund.id }).or(page.locator(`a[href^="/refunds/"]`)).first().click()
  await expect(refund.heading).toHaveText('Refund of 12.50 USDC')
})

test('a failed test event is listed and sent again', { tag: ['@phone', '@no-javascript'] }, async ({ page, receiver, webhooks }) => {
  const endpoint = await webhooks.add(receiver.url, 'fails at first', 'refund.*')
  const secret = await webhooks.readSecret()
  // Otherwise it would be retried after five seconds, while the page is checked.
  receiver.answers({ status: 503, headers: { 'retry-after': '600' } })
  await webhooks.press('Send a test event')
  const delivery = new URL(page.url()).pathname
  await webhooks.becomes(() => expect(webhooks.attempts).toContainText('503', SOON))
  await expect(webhooks.attempts).toContainText('Next try planned for')
  await audit(page, 'delivery that failed')
  await open(page, endpoint)
  await expect(page.getByText('Nothing has arrived since')).toBeVisible()
  await expect(webhooks.deliveries.first()).toContainText('waiting')
  await audit(page, 'webhook endpoint that fails')

  receiver.answers()
  await open(page, delivery)
  await webhooks.press('Send now')
  await webhooks.becomes(() => expect(webhooks.attempts).toHaveCount(2, SOON))
  await expect(webhooks.attempts.first()).toContainText('200')
  await webhooks.press('Send again')
  await webhooks.becomes(() => expect(webhooks.attempts).toHaveCount(3, SOON))
  expect(receiver.types).toEqual(Array(3).fill('webhook.test'))
  expect(new Set(receiver.received.map(message => message.headers['webhook-id'])).size).toBe(1)

  // After a rotation the old secret is valid for another day.
  await open(page, endpoint)
  await webhooks.press('Change secret')
  await expect(webhooks.result).toContainText('The secret was changed')
  await expect(page.getByText('The old secret is also valid until')).toBeVisible()
  const rotated = await webhooks.readSecret()
  expect(rotated).not.toBe(secret)
  await webhooks.press('Send a test event')
  await expect.poll(() => receiver.received.length).toBe(4)
  for (const message of receiver.received.slice(3)) {
    for (const valid of [secret, rotated]) {
      expect(verify(message, valid).type).toBe('webhook.test')
      expect(await verifyInPython(message, valid)).toBe('webhook.test')
    }
  }
})

test('events that a disabled endpoint missed are sent once it is enabled', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, receiver, webhooks }) => {
  const endpoint = await webhooks.add(receiver.url, 'switched off', 'refund.*')
  await webhooks.press('Disable endpoint')
  await expect(webhooks.result).toContainText('Disabled')
  await expect(page.getByRole('button', { name: 'Send a test event' })).toHaveCount(0)
  const { id } = await api.paidIntent()
  const made = await api.refund(id, { address: EVM, amount: '5.00' })
  await api.settled(made.id)
  await open(page, endpoint)
  await expect(webhooks.deliveries.filter({ hasText: 'not sent' })).toHaveCount(3)
  await audit(page, 'disabled webhook endpoint')
  await webhooks.deliveries.getByRole('link').first().click()
  await expect(page.getByText('This endpoint is disabled')).toBeVisible()
  await audit(page, 'delivery to a disabled endpoint')
  const delivery = page.url()
  expect(receiver.received).toHaveLength(0)

  await open(page, endpoint)
  await webhooks.press('Enable endpoint')
  await expect(webhooks.result).toContainText('Enabled')
  await webhooks.press('Send again')
  await expect(webhooks.result).toContainText('3 messages are being sent again')
  await expect.poll(() => receiver.types).toEqual(OF_A_REFUND)
  const secret = await webhooks.readSecret()
  for (const message of receiver.received) expect(verify(message, secret).data['id']).toBe(made.id)

  await page.getByText('Delete endpoint').click()
  await webhooks.press('Delete permanently')
  await expect(webhooks.result).toContainText('Deleted')
  await expect(webhooks.endpoints.filter({ hasText: receiver.url })).toHaveCount(0)
  await audit(page, 'webhooks after one was deleted')
  await open(page, delivery)
  await expect(page.getByText('(deleted)')).toBeVisible()
  await audit(page, 'delivery to a deleted endpoint')
})

test.describe(() => {
  test.use({ person: 'viewer', expectedProblems: [/status of 403/] })

  test('other roles cannot see webhooks', { tag: '@phone' }, async ({ page }) => {
    const response = await open(page, '/developers/webhooks')
    expect(response?.status()).toBe(403)
    await audit(page, 'webhooks as a viewer sees them')
    await open(page, '/')
    await expect(page.locator('a[href^="/developers"]')).toHaveCount(0)
  })
})

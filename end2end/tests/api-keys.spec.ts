import { audit } from '../audit.ts'
import { expect, hydrated, open, test } from '../fixtures.ts'
import { goTo } from '../pages/frame.ts'

test.describe.configure({ timeout: 180_000 })

test('a key is created, used, replaced and revoked, and the log shows its requests', { tag: ['@phone', '@no-javascript'] }, async ({ page }) => {
  const call = async (key: string, path: string) =>
    (await page.request.get(path, { headers: { authorization: `Bearer ${key}` } })).status()
  const secret = async () => (await page.locator('#secret').textContent()) ?? ''
  const name = `Shop ${crypto.randomUUID().slice(0, 8)}`

  await open(page, '/')
  await goTo(page, 'API keys')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API keys')
  await hydrated(page)
  await audit(page, 'API keys')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('checkbox', { name: /^refund/ }).check()
  await page.getByRole('checkbox', { name: /^approve/ }).check()
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByText('One key cannot both create and approve refunds. Create two keys.')).toBeVisible()
  await hydrated(page)
  await audit(page, 'API keys with a wrong form')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
  await page.getByRole('checkbox', { name: /^approve/ }).uncheck()
  await page.getByRole('checkbox', { name: /^refund/ }).uncheck()
  await page.getByRole('checkbox', { name: /^payment/ }).check()
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your new API key')
  await audit(page, 'a new API key')
  const first = await secret()
  expect(await call(first, '/v1/payments?pageSize=1')).toBe(200)

  await page.getByRole('link', { name: 'I have saved it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await hydrated(page)
  await audit(page, 'an API key')
  const here = new URL(page.url()).pathname
  await page.getByLabel('Old key').selectOption('1h')
  await page.getByRole('button', { name: 'Create new key' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your new API key')
  const second = await secret()
  expect(second).not.toBe(first)
  expect(await call(first, '/v1/payments/7')).toBe(404)

  await open(page, here)
  await audit(page, 'an API key that is being replaced')
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText('revoked', { exact: true })).toBeVisible()
  expect(await call(first, '/v1/payments')).toBe(401)
  expect(await call(second, '/v1/payments')).toBe(200)

  // The log is written after the response.
  await expect(async () => {
    await open(page, '/developers/api-log?path=payments/7')
    await expect(page.getByRole('link', { name: 'GET /v1/payments/7' }).first()).toBeVisible({ timeout: 500 })
  }).toPass()
  await audit(page, 'API log')
  await page.getByRole('link', { name: 'GET /v1/payments/7' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('GET /v1/payments/7')
  await expect(page.getByText(name)).toBeVisible()
  await hydrated(page)
  await audit(page, 'a request in the API log')
  await open(page, '/developers/api-log?path=nothing-like-this')
  await audit(page, 'API log without a match')
})

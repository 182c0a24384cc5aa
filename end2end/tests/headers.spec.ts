import { OWNER, PASSWORD, expect, test } from '../fixtures.ts'

test.describe('a page', () => {
  test('can run its own scripts only', { tag: '@desktop' }, async ({ context }) => {
    const seen = new Set<string>()
    for (const path of ['/', '/payment-intents', '/refunds', '/currencies', '/unsupported-funds', '/nowhere']) {
      const response = await context.request.get(path)
      const policy = response.headers()['content-security-policy'] ?? ''
      const nonce = policy.match(/script-src [^;]*'nonce-([^']+)'/)?.[1] ?? ''
      expect(nonce, path).not.toBe('')
      expect(seen, 'a nonce is used once').not.toContain(nonce)
      seen.add(nonce)
      expect(policy).not.toContain('unsafe-inline')
      expect(policy).not.toMatch(/'unsafe-eval'|\*|https?:/)
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
        expect(policy).toContain(part)
      }
      const inline = (await response.text()).match(/<script(?![^>]*\ssrc=)[^>]*>/g) ?? []
      for (const script of inline) expect(script).toContain(`nonce="${nonce}"`)
      expect(response.headers()).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cache-control': 'no-store',
      })
    }
  })

  test('has the status code of its content', { tag: '@desktop' }, async ({ context }) => {
    const statuses = { '/': 200, '/payment-intents': 200, '/refunds': 200, '/currencies': 200, '/nowhere': 404, '/refunds/1': 404 }
    for (const [path, status] of Object.entries(statuses)) {
      expect((await context.request.get(path)).status(), path).toBe(status)
    }
  })
})

test('cookies are not readable by scripts or sent by other sites', { tag: '@desktop' }, async ({ playwright, server }) => {
  const request = await playwright.request.newContext({ baseURL: server.url })
  const accept = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }
  await request.post('/do/sign-in', { form: { email: OWNER, password: 'wrong' }, headers: accept, maxRedirects: 0 })
  await request.post('/do/sign-in', { form: { email: OWNER, password: PASSWORD }, headers: accept, maxRedirects: 0 })
  await request.post('/do/theme', { form: { theme: 'dark' }, headers: accept, maxRedirects: 0 })
  const { cookies } = await request.storageState()
  expect(cookies.map(cookie => cookie.name).sort()).toEqual(['requite', 'requite-browser', 'requite_notice', 'requite_theme'])
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  await request.dispose()
})

test('a form from another site is refused', { tag: '@desktop' }, async ({ context }) => {
  const form = { form: { theme: 'dark' } }
  const foreign = await context.request.post('/do/theme', { ...form, headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' } })
  expect(foreign.status()).toBe(403)
  const older = await context.request.post('/do/theme', { ...form, headers: { origin: 'https://elsewhere.example' } })
  expect(older.status()).toBe(403)
  const silent = await context.request.post('/do/theme', form)
  expect(silent.status(), 'a session without a word of its origin').toBe(403)
})

// Bytes of a first visit, what is loaded in advance, and layout shifts.
import { EVM } from '../addresses.ts'
import { expect, hydrated, test } from '../fixtures.ts'
import { payPath } from '../shop.ts'

const TOTAL_MAX = 260_000
/** With every operation and schema of the API. */
const TOTAL_OF_REFERENCE_MAX = 400_000
const WASM_MAX = 180_000
const SHIFT_MAX = 0.02

// The rate must not expire while a slow machine opens many pages, since the last pages would then differ.
test.use({ settings: { REQUITE_QUOTE_LIFETIME: '10m' } })

test('every page is small and has no layout shifts', { tag: ['@desktop', '@phone'] }, async ({ api, browser, server, sessions, contextOptions, intent, wizard }) => {
  // Many pages are opened, each with an empty cache, until their layout is stable.
  test.slow()
  const { id } = await api.paidIntent()
  const refund = await api.refund(id, { address: EVM, amount: '1.00' })
  await intent.refund(id)
  await wizard.fill({ address: EVM, amount: '1' })
  const steps = (['recipient', 'amount', 'funding', 'review', 'confirm'] as const).map(step => wizard.url(step))
  const records = ['/payment-intents', `/payment-intents/${id}`, '/refunds', `/refunds/${refund.id}`, '/unsupported-funds', '/currencies']
  const money = ['/balances', '/balances/USD', '/statements', `/customers?of=${EVM}`]
  const others = ['/audit', '/reconciliation', '/settings', '/developers/webhooks', `/search?q=${EVM}`, '/styleguide']
  const forOwner = ['/', ...records, ...money, ...others, ...steps]
  const forAnybody = ['/sign-in', '/docs', await payPath(api, server.apiKey)]

  for (const path of [...forAnybody, ...forOwner]) {
    const { pathname } = new URL(path, server.url)
    const person = forAnybody.includes(path) ? 'anonymous' : 'owner'
    // A separate context has an empty cache.
    const context = await browser.newContext({ ...contextOptions, storageState: sessions[person] })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
          if (!hadRecentInput) shifts.push(value)
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const loads: Promise<{ url: string; bytes: number; encoding: string | undefined }>[] = []
    page.on('requestfinished', request => {
      const load = async () => {
        const sizes = await request.sizes()
        const response = await request.response()
        return {
          url: request.url(),
          bytes: sizes.responseBodySize + sizes.responseHeadersSize,
          encoding: response?.headers()['content-encoding'],
        }
      }
      loads.push(load())
    })
    await page.goto(new URL(path, server.url).href, { waitUntil: 'networkidle' })
    await hydrated(page)

    const files = await Promise.all(loads)
    const wasm = files.find(({ url }) => url.endsWith('.wasm'))
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    const shift = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0))
    test.info().annotations.push({ type: pathname, description: `${total} bytes in ${files.length} files, shift ${shift.toFixed(4)}` })
    // In advance, and not a second time under another name or with other credentials.
    const typeface = await page.locator('link[rel="preload"][as="font"]').evaluateAll(links => links.map(link => (link as HTMLLinkElement).href))
    expect.soft(typeface, `${pathname}: typeface`).toHaveLength(1)
    // The style guide shows letters of other languages too.
    const used = files.map(({ url }) => url).filter(url => url.endsWith('.woff2'))
    expect.soft(path === '/styleguide' ? used.slice(0, 1) : used, `${pathname}: typeface`).toEqual(typeface)
    expect.soft(wasm?.encoding, `${pathname}: wasm`).toBe('br')
    expect.soft(wasm?.bytes, `${pathname}: wasm`).toBeLessThanOrEqual(WASM_MAX)
    expect.soft(total, `${pathname}: ${JSON.stringify(files, null, 1)}`).toBeLessThanOrEqual(path === '/docs' ? TOTAL_OF_REFERENCE_MAX : TOTAL_MAX)
    expect.soft(shift, `${pathname}: layout shift`).toBeLessThan(SHIFT_MAX)
    await context.close()
  }
})

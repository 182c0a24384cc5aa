// What only a browser can see of the frame and of lists: what stays in sight, where things are, and what of that the reader
// decides.
import type { Locator } from '@playwright/test'
import { freshAddress } from '../addresses.ts'
import { expect, open, test } from '../fixtures.ts'
import { outOfOrder, stops } from '../focus.ts'

async function box(element: Locator) {
  const found = await element.boundingBox()
  if (found === null) throw new Error(`${element} has no box`)
  return found
}

test('the bar stays at the top of the window, and the head of a list below it', { tag: '@desktop' }, async ({ page, intents }) => {
  // So low that the demo's payment intents do not fit.
  await page.setViewportSize({ width: 1280, height: 500 })
  await intents.open()
  const bar = page.getByRole('banner').locator('.bar')
  const head = page.getByRole('region', { name: 'Payment intents' }).locator('thead th').first()
  const before = { bar: await box(bar), head: await box(head) }
  expect(before.head.y).toBeGreaterThan(before.bar.y + before.bar.height + 50)
  const scrolled = async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(200)
  }
  await scrolled()
  const after = { bar: await box(bar), head: await box(head) }
  expect(after.bar.y).toBe(before.bar.y)
  expect(Math.abs(after.head.y - after.bar.y - after.bar.height)).toBeLessThanOrEqual(2)
  await expect(head).toBeInViewport({ ratio: 0.9 })

  // On a phone the band above the bar goes, and the bar stays.
  await page.setViewportSize({ width: 390, height: 600 })
  await page.evaluate(() => scrollTo(0, 0))
  expect((await box(bar)).y).toBeGreaterThan(0)
  await scrolled()
  expect((await box(bar)).y).toBe(0)
})

test('a row is one link, amounts are aligned at the point, and a cut address is copied whole', { tag: '@desktop' }, async ({ api, page, refunds }) => {
  const address = freshAddress()
  const dollars = await api.paidIntent({ amount: '2000.00' })
  const ether = await api.paidIntent({ amount: '0.05', currency: 'ETH', chain: 'ARB' })
  await api.refund(dollars.id, { address, amount: '1100.00' })
  const small = await api.refund(dollars.id, { address, amount: '7.50' })
  await api.refund(ether.id, { address, amount: '0.012345', currency: 'ETH', chain: 'ARB' })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await refunds.open(`?search=${address}`)
  await expect(refunds.rows).toHaveCount(3)

  const points = await refunds.rows.getByRole('rowheader').evaluateAll(cells =>
    cells.map(cell => {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const at = texts.currentNode.textContent?.indexOf('.') ?? -1
        if (at < 0) continue
        const point = document.createRange()
        point.setStart(texts.currentNode, at)
        point.setEnd(texts.currentNode, at + 1)
        return point.getBoundingClientRect().left
      }
      return Number.NaN
    }),
  )
  expect(points).toHaveLength(3)
  expect(Math.max(...points) - Math.min(...points), `the points are at ${points.join(', ')}`).toBeLessThan(1)

  const row = refunds.rows.filter({ hasText: '7.50 USDC' })
  const copy = row.getByRole('button', { name: 'Copy address' })
  await expect(row).toContainText(/0x\w+…\w+/)
  await copy.click()
  await expect(copy).toHaveText('Copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.toLowerCase()).toBe(address)
  await expect(page, 'a button in a row is not the link of the row').toHaveURL(/\/refunds\?search=/)

  // Beside all text.
  const cell = await box(row.getByRole('cell').last())
  await page.mouse.click(cell.x + cell.width - 3, cell.y + cell.height - 3)
  await expect(page).toHaveURL(`/refunds/${small.id}`)
})

test('motion, forced colours and paper are as the reader has them', { tag: '@desktop' }, async ({ page, refunds }) => {
  await refunds.open()
  const moving = () =>
    page.evaluate(() => {
      const styles = [...document.querySelectorAll('body *')].map(element => getComputedStyle(element))
      const lasts = (durations: string) => durations.split(',').some(duration => Number.parseFloat(duration) > 0)
      return styles.filter(style => lasts(style.transitionDuration) || style.animationName !== 'none').length
    })
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await moving(), 'colours change slowly').toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(), 'with reduced motion nothing does').toBe(0)

  const badge = page.getByRole('main').locator('.badge').first()
  const here = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Refunds', exact: true })
  await expect(badge).toHaveCSS('border-top-width', '0px')
  await expect(here).toHaveCSS('outline-style', 'none')
  await page.emulateMedia({ forcedColors: 'active' })
  // Without backgrounds, borders say what belongs together, and an outline where one is.
  await expect(badge).toHaveCSS('border-top-width', '1px')
  await expect(here).toHaveCSS('outline-style', 'solid')

  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark', media: 'print' })
  const paper = page.locator('html')
  await expect(paper).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(paper).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(page.getByRole('region', { name: 'Refunds', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const clicked of [page.getByRole('navigation', { name: 'Main' }), page.locator('.bar'), page.getByRole('button'), page.getByRole('search')]) {
    await expect(clicked.filter({ visible: true })).toHaveCount(0)
  }
})

test('Tab goes through a page as it is read: bar, content, navigation', { tag: '@desktop' }, async ({ api, page }) => {
  const { id } = await api.paidIntent()
  const refund = await api.refund(id, { address: freshAddress(), amount: '5.00' })
  // A page that changes would move what is below.
  await api.settled(refund.id)
  for (const path of ['/refunds', `/payment-intents/${id}`, '/settings']) {
    await open(page, path)
    const found = await stops(page)
    const regions = found.map(({ region }) => region).filter((region, index, all) => region !== all[index - 1])
    expect.soft(regions, path).toEqual(['bar', 'content', 'navigation'])
    expect.soft(outOfOrder(found), path).toEqual([])
  }
})

// What only a browser can see of the frame and of lists: what stays in sight, where things are, and what of that the reader
// decides.
import type { Locator, Page } from '@playwright/test'
import { freshAddress } from '../addresses.ts'
import { expect, open, test } from '../fixtures.ts'
import { outOfOrder, stops } from '../focus.ts'
import { openUserMenu } from '../pages/frame.ts'
import { payPath } from '../shop.ts'

async function box(element: Locator) {
  const found = await element.boundingBox()
  if (found === null) throw new Error(`${element} has no box`)
  return found
}

/** How many elements of a page change slowly, or move. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')]
    const styles = all.flatMap(element => [undefined, '::before', '::after'].map(part => getComputedStyle(element, part)))
    const lasts = (durations: string) => durations.split(',').some(duration => Number.parseFloat(duration) > 0)
    return styles.filter(style => lasts(style.transitionDuration) || style.animationName !== 'none').length
  })

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
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await moving(page), 'colours change slowly').toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(page), 'with reduced motion nothing does').toBe(0)

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

test('motion and forced colours are as the reader has them on home, in a refund and in what opens', { tag: '@desktop' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, '/')
  await expect(page.locator('.chart').first()).toBeVisible()
  await openUserMenu(page, 'Demo owner')
  expect(await moving(page), 'home, with the menu of the person').toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search for' })).toBeFocused()
  expect(await moving(page), 'palette').toBe(0)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  // Without backgrounds, an outline says which option Enter opens.
  await expect(page.getByRole('option', { selected: true })).toHaveCSS('outline-style', 'solid')
  await page.keyboard.press('Escape')
  const drawing = page.locator('.chart-drawing').first()
  const ink = await page.locator('body').evaluate(body => getComputedStyle(body).color)
  await expect(drawing, 'bars have the colour of the text').toHaveCSS('fill', ink)

  await intent.open(id)
  await intent.menu.click()
  await expect(intent.menuList).toBeVisible()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(page), 'intent, with its menu').toBe(0)
  await intent.refundItem.click()
  await wizard.at('recipient')
  expect(await moving(page), 'first step of a refund').toBe(0)
})

test('Tab goes through a page as it is read: bar, content, navigation', { tag: '@desktop' }, async ({ api, server, page, approver, intent, wizard }) => {
  // More than a hundred keys on each page.
  test.slow()
  const { id } = await api.paidIntent()
  const refund = await api.refund(id, { address: freshAddress(), amount: '5.00' })
  // A page that changes would move what is below.
  await api.settled(refund.id)
  const address = freshAddress()
  const large = await api.paidIntent({ amount: '7000.00' })
  const waiting = await api.refund(large.id, { address, amount: '6000.00' })
  await intent.refund(id)
  const inOrder = async (shown: Page, path: string) => {
    await open(shown, path)
    const found = await stops(shown)
    expect.soft(outOfOrder(found), path).toEqual([])
    return found.map(({ region }) => region).filter((region, index, all) => region !== all[index - 1])
  }
  const pages = ['/', '/refunds', `/payment-intents/${id}`, `/customers?of=${address}`, '/settings', wizard.url('recipient')]
  for (const path of pages) expect.soft(await inOrder(page, path), path).toEqual(['bar', 'content', 'navigation'])
  expect.soft(await inOrder(approver, `/refunds/${waiting.id}/approval`)).toEqual(['bar', 'content', 'navigation'])
  // The customer's page has no navigation.
  expect.soft(await inOrder(page, await payPath(api, server.apiKey)), 'payment page').toContain('content')
})

// What docs/design-language.md says of lists, amounts and paper, as the browser shows it.
import type { Locator } from '@playwright/test'
import { EVM } from '../addresses.ts'
import { fits } from '../audit.ts'
import { expect, open, test } from '../fixtures.ts'

const top = async (locator: Locator) => (await locator.boundingBox())?.y ?? Number.NaN
const bottom = async (locator: Locator) => {
  const box = await locator.boundingBox()
  return box ? box.y + box.height : Number.NaN
}

test('the head of a list stays in sight while its rows scroll', { tag: '@desktop' }, async ({ api, intents, page }) => {
  for (let number = 0; number < 14; number += 1) await api.createIntent()
  const list = page.getByRole('region', { name: 'Payment intents' })
  const head = list.getByRole('columnheader').first()
  const every = ['order', 'asked', 'paid', 'refunded', 'left', 'status', 'networks', 'settlement', 'created', 'expires', 'last_paid', 'id']
  const columns = every.map(column => `column=${column}`).join('&')

  await test.step('at the top of the window, where the list has room', async () => {
    await page.setViewportSize({ width: 1280, height: 520 })
    await intents.open()
    await intents.rows.last().scrollIntoViewIfNeeded()
    await expect(head).toBeInViewport()
    expect(Math.abs((await top(head)) - (await bottom(page.locator('.bar'))))).toBeLessThan(2)
  })

  for (const [width, path] of [[1024, '/payment-intents'], [1280, `/payment-intents?${columns}`]] as const) {
    await test.step(`at the top of the list, ${width} pixels wide: ${path}`, async () => {
      await page.setViewportSize({ width, height: 520 })
      await open(page, path)
      await intents.rows.last().scrollIntoViewIfNeeded()
      await expect(intents.rows.last()).toBeInViewport()
      await expect(head).toBeInViewport()
      expect(Math.abs((await top(head)) - (await top(list)))).toBeLessThan(3)
      await fits(page, path, [1024, 1280, 1440])
    })
  }
})

test('amounts are aligned at the point, and hovered and copied with every digit', { tag: '@desktop' }, async ({ api, context, intents, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const exact = '0.123456789012345678'
  await api.createIntent({ amount: exact, currency: 'ETH' })
  await api.createIntent({ amount: '12000.50' })
  await api.createIntent({ amount: '3', currency: 'ETH' })
  await intents.open()
  // The newest is first.
  const [whole, dollars, cutOff] = [0, 1, 2].map(place => intents.rows.nth(place).getByRole('cell').first().locator('.amount')) as [Locator, Locator, Locator]
  await expect(dollars).toHaveText('12,000.50 USDC')
  await expect(cutOff).toHaveAttribute('title', `${exact} ETH`)
  await cutOff.hover()
  const points = await Promise.all([whole, dollars, cutOff].map(amount => amount.locator('.fraction').evaluate(part => part.getBoundingClientRect().left)))
  expect(Math.max(...points) - Math.min(...points), `points at ${points.join(', ')}`).toBeLessThan(2)

  await intents.rows.nth(2).evaluate(row => getSelection()?.selectAllChildren(row))
  await page.keyboard.press('Control+C')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain(exact)
  expect(copied).not.toContain('…')
})

test('paper has the content only, dark on white in both themes', { tag: '@desktop' }, async ({ api, page, refund }) => {
  const { id } = await api.paidIntent()
  const made = await api.refund(id, { address: EVM, amount: '5.00' })
  await refund.open(made.id)
  await refund.becomes('completed')
  const parts = ['bar', 'side', 'filters', 'chips', 'saved-views', 'columns-choice', 'files', 'copy', 'note-form', 'button']
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ media: 'print', colorScheme })
    for (const path of ['/refunds?status=completed', `/refunds/${made.id}`]) {
      await open(page, path)
      for (const part of parts) await expect(page.locator(`.${part}:visible`), `${part} of ${path}`).toHaveCount(0)
      await expect(page.locator('h1')).toBeVisible()
      await expect(page.locator('.test-mode'), 'a test is told from what is real').toBeVisible()
      const pale = await page.locator('.badge:visible, .hint:visible, main a:visible').evaluateAll(all => {
        const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
        /** How bright a colour is, as WCAG defines it. */
        const brightness = (colour: string) => {
          if (!pixel) return 1
          pixel.fillStyle = colour
          pixel.fillRect(0, 0, 1, 1)
          const [red = 0, green = 0, blue = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map(value => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        return all.filter(element => 1.05 / (brightness(getComputedStyle(element).color) + 0.05) < 4.5).map(element => element.outerHTML.slice(0, 80))
      })
      expect(pale, `too pale for white paper: ${path}, ${colorScheme}`).toEqual([])
    }
  }
})

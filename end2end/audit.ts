import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, hasJavaScript, test } from './fixtures.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** A common phone, and the narrowest screen that WCAG 1.4.10 asks for. */
const PHONE_WIDTHS = [390, 320]

/** What every page has to fulfil, in whatever state it is. Goes on after a failure, so that one run tells all. */
export async function audit(page: Page, name: string) {
  await test.step(`audit: ${name}`, async () => {
    await expect.soft(page.getByRole('heading', { level: 1 }), `${name}: one main heading`).toHaveCount(1)
    await expect.soft(page, `${name}: title`).toHaveTitle(/^\S.* · Requite$/)
    await expect.soft(page.getByRole('main'), `${name}: main region`).toHaveCount(1)
    await fits(page, name)
    if (hasJavaScript()) await axe(page, name)
  })
}

/** Nothing is wider than the screen; what must be, scrolls inside itself. */
async function fits(page: Page, name: string) {
  const size = page.viewportSize()
  if (!size) return
  const widths = test.info().project.use.isMobile ? PHONE_WIDTHS : [size.width]
  for (const width of widths) {
    await page.setViewportSize({ width, height: size.height })
    const wide = await page.evaluate(width => {
      if (document.documentElement.scrollWidth <= width) return []
      return [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > width && !element.closest('.table-scroll'))
        .map(element => `${element.tagName.toLowerCase()}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`)
    }, width)
    expect.soft(wide, `${name}: wider than ${width} pixels`).toEqual([])
  }
  await page.setViewportSize(size)
}

async function axe(page: Page, name: string) {
  const check = async (colorScheme: 'light' | 'dark', axe: AxeBuilder) => {
    // A colour on its way from light to dark is neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await axe.analyze()
    const told = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`))
    expect.soft(told, `${name}, ${colorScheme}`).toEqual([])
  }
  // There are no frames, for which the other mode would open a window each time.
  await check('light', new AxeBuilder({ page }).setLegacyMode().withTags(RULES))
  // The themes differ in nothing but colours.
  await check('dark', new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast']))
}

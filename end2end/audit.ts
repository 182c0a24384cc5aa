import type { Page } from '@playwright/test'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import { expect, hasJavaScript, test } from './fixtures.ts'
import { misfits } from './layout.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What depends on sizes, places and colours. All else is in the document, which is the same on every screen. */
const RULES_OF_LAYOUT = ['color-contrast', 'target-size', 'scrollable-region-focusable']
/** A common phone, the narrowest screen that WCAG 1.4.10 asks for, and a desktop's. */
const WIDTHS = [390, 320, 1280]

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

const isPhone = () => test.info().project.use.isMobile === true

/** Nothing is wider than the screen; what must be, scrolls inside itself, with a keyboard too. */
async function fits(page: Page, name: string) {
  const size = page.viewportSize()
  if (!size) return
  for (const width of isPhone() ? WIDTHS : [size.width]) {
    await page.setViewportSize({ width, height: size.height })
    expect.soft(await page.evaluate(misfits, width), `${name}, ${width} pixels wide`).toEqual([])
  }
  await page.setViewportSize(size)
}

async function axe(page: Page, name: string) {
  // By the debugger, so that the page's own policy for scripts stays as it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  const check = async (colorScheme: 'light' | 'dark', runOnly: RunOptions['runOnly']) => {
    // A colour on its way from light to dark is neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Only what is wrong is described, which is most of the time on a long page.
    const options: RunOptions = { runOnly, resultTypes: ['violations'] }
    const { violations } = await page.evaluate<AxeResults, RunOptions>(options => window.axe.run(document, options), options)
    const found = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`))
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([])
  }
  await check('light', isPhone() ? { type: 'tag', values: RULES } : { type: 'rule', values: RULES_OF_LAYOUT })
  // The themes differ in nothing but colours.
  await check('dark', { type: 'rule', values: ['color-contrast'] })
}

declare global {
  interface Window {
    axe: typeof axeCore
  }
}

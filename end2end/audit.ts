import type { Page } from '@playwright/test'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import { AUDITED } from './audited-pages.ts'
import { expect, hasJavaScript, test } from './fixtures.ts'
import { keyboardFaults } from './keyboard.ts'
import { misfits } from './layout.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Rules that depend on sizes, positions and colours. All others depend on the document, which is the same on every screen. */
const RULES_OF_LAYOUT = ['color-contrast', 'target-size', 'scrollable-region-focusable']
/** Rules that depend on the words of a page. */
const RULES_OF_WORDS = ['cat.forms', 'cat.language', 'cat.name-role-value', 'cat.text-alternatives']
/**
 * A common phone, the narrowest screen of WCAG 1.4.10, a window that just shows the navigation, and two desktops. The page that
 * is open gets each width in turn: loading it again would take most of the time.
 */
const WIDTHS = [390, 320, 1024, 1280, 1440]

/** From the start of a page to its first control. */
const TABS_MAX = 5
/** A window of 1280 × 1024 pixels, enlarged to 400 %. */
const ENLARGED = { width: 320, height: 256 }

/** Checks that apply to every page in every state. Continues after a failure, so that one run reports all. */
export async function audit(page: Page, name: string) {
  await test.step(`audit: ${name}`, async () => {
    await expect.soft(page.getByRole('heading', { level: 1 }), `${name}: one main heading`).toHaveCount(1)
    await expect.soft(page, `${name}: title`).toHaveTitle(/^\S.* · Requite$/)
    await expect.soft(page.getByRole('main'), `${name}: main region`).toHaveCount(1)
    await fits(page, name)
    if (hasJavaScript()) {
      await serves(page, name)
      await axe(page, name)
    }
    // An error page has the URL of the page that it replaces.
    const isError = /^(Not found|This did not work) ·/.test(await page.title())
    if (!isError) test.info().annotations.push({ type: AUDITED, description: new URL(page.url()).pathname })
  })
}

const isPhone = () => test.info().project.use.isMobile === true

/**
 * Nothing is wider than the screen; wide content scrolls inside its own container, also with the keyboard. Without widths, it is
 * measured at those of the project.
 */
export async function fits(page: Page, name: string, widths?: readonly number[]) {
  const size = page.viewportSize()
  if (!size) return
  for (const width of widths ?? (isPhone() ? WIDTHS : [size.width])) {
    await page.setViewportSize({ width, height: size.height })
    expect.soft(await page.evaluate(misfits, width), `${name}, ${width} pixels wide`).toEqual([])
  }
  await page.setViewportSize(size)
}

/** The keyboard reaches the content soon, and the focus is seen; on a phone's project also where a page is enlarged to 400 %. */
async function serves(page: Page, name: string) {
  const size = page.viewportSize()
  if (!size) return
  // A key, so that the browser shows the focus. It means nothing to any page.
  await page.keyboard.press('F8')
  for (const window of isPhone() ? [size, ENLARGED] : [size]) {
    await page.setViewportSize(window)
    const faults = await page.evaluate(keyboardFaults, TABS_MAX)
    expect.soft(faults, `${name}, by keyboard at ${window.width} × ${window.height}`).toEqual([])
  }
  await page.setViewportSize(size)
}

/** What axe finds by these rules on whatever the page shows at the moment, one sentence each. */
async function violations(page: Page, runOnly: RunOptions['runOnly']) {
  // Injected through the debugger, so that the page's content security policy need not allow it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  // Only violations are reported, since describing every check takes most of the time on a long page.
  const options: RunOptions = { runOnly, resultTypes: ['violations'] }
  const { violations } = await page.evaluate<AxeResults, RunOptions>(async options => {
    // Behind a gradient, axe measures no contrast. The shadows of regions that scroll are beside the text.
    const regions = [...document.querySelectorAll<HTMLElement>('.table-scroll')]
    for (const region of regions) region.style.backgroundImage = 'none'
    const results = await window.axe.run(document, options)
    for (const region of regions) region.style.backgroundImage = ''
    return results
  }, options)
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`))
}

/** The rules of axe about names, labels and languages, for a page that was checked in another language. */
export async function axeOfWords(page: Page, name: string) {
  expect.soft(await violations(page, { type: 'tag', values: RULES_OF_WORDS }), name).toEqual([])
}

/** The rules of axe, in both themes. */
export async function axe(page: Page, name: string) {
  const check = async (colorScheme: 'light' | 'dark', runOnly: RunOptions['runOnly']) => {
    // Without transitions, since the contrast would otherwise be measured while colours change.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect.soft(await violations(page, runOnly), `${name}, ${colorScheme}`).toEqual([])
  }
  await check('light', isPhone() ? { type: 'tag', values: RULES } : { type: 'rule', values: RULES_OF_LAYOUT })
  // The themes differ in colours only.
  await check('dark', { type: 'rule', values: ['color-contrast'] })
}

declare global {
  interface Window {
    axe: typeof axeCore
  }
}

// Pictures of pages, at three widths and in both themes.
import { type Page, test } from '@playwright/test'
import { join, resolve } from 'node:path'
import { hydrated, open } from './fixtures.ts'
import { misfits } from './layout.ts'

/** The types of annotations: the path of a page that was photographed, and what of a page is wider than its window. */
export const PHOTOGRAPHED = 'photographed'
export const TOO_WIDE = 'too wide'

/** Whether only the pictures of the documents are made. */
export const isForDocuments = process.env.SCREENSHOTS_OF_DOCUMENTS === 'yes'
const folder = resolve(process.env.SCREENSHOTS ?? join(import.meta.dirname, 'screenshots'))

/** The pictures of the documents, by their files. */
const OF_DOCUMENTS: Record<string, string> = {
  'full/home': 'home',
  'full/payment-intent': 'payment-intent',
  'full/refunds': 'refunds',
  'full/wizard-review': 'review',
  'full/refund-completed': 'refund',
}
const DOCUMENT_SIZE = { width: 1280, height: 800 }

const PHONE = 390
/** A phone, a window that just shows the navigation, and a desktop. */
const WIDTHS = [PHONE, 1024, 1440]
const HEIGHT = 900
/** Of a longer page the beginning: a list repeats itself, and Chromium draws at most 16,384 pixels. */
const HEIGHT_MAX = 6_000

/** What could not be photographed. */
const failures: string[] = []

/** Photographs what a page shows, under a name such as `full/refunds`, and says whether anything is wider than the window. */
export async function photograph(page: Page, name: string) {
  await hydrated(page)
  // An error page has the URL of the page that it replaces.
  const isError = /^(Not found|This did not work) ·/.test(await page.title())
  if (!isError) test.info().annotations.push({ type: PHOTOGRAPHED, description: new URL(page.url()).pathname })
  if (isForDocuments) return photographForDocuments(page, name)
  const size = page.viewportSize()
  const session = await page.context().newCDPSession(page)
  for (const width of WIDTHS) {
    // With a finger, what can be pressed is larger.
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: width === PHONE, maxTouchPoints: 1 })
    await page.setViewportSize({ width, height: HEIGHT })
    const faults = await page.evaluate(misfits, width)
    console.log(`${name}, ${width} pixels: ${faults.length === 0 ? 'fits' : faults.join('; ')}`)
    for (const fault of faults) test.info().annotations.push({ type: TOO_WIDE, description: `${name}, ${width} pixels: ${fault}` })
    const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), HEIGHT_MAX)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const path = join(folder, `${name}-${width}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height }, animations: 'disabled' })
    }
  }
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: false })
  await session.detach()
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (size) await page.setViewportSize(size)
}

async function photographForDocuments(page: Page, name: string) {
  const file = OF_DOCUMENTS[name]
  if (file === undefined) return
  const size = page.viewportSize()
  await page.setViewportSize(DOCUMENT_SIZE)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: join(folder, `${file}.png`), animations: 'disabled' })
  if (size) await page.setViewportSize(size)
}

/** Makes one picture or several. If that fails, the others are made all the same. */
export async function scene(name: string, show: () => Promise<void>) {
  try {
    await test.step(name, show)
  } catch (error) {
    const what = `${name}: ${error instanceof Error ? error.message : error}`
    console.error(what)
    failures.push(what)
  }
}

/** Opens pages and photographs each: a name for each path. */
export async function photographAll(page: Page, paths: Record<string, string>) {
  for (const [name, path] of Object.entries(paths)) {
    await scene(name, async () => {
      await open(page, path)
      await photograph(page, name)
    })
  }
}

/** Names what could not be photographed, and forgets it. */
export const takeFailures = () => failures.splice(0)

// Tests of the audit: it finds the faults and nothing else.
import { expect, test } from '@playwright/test'
import { misfits } from '../layout.ts'

const WIDE = '<div style="width: 900px">wide</div>'
/** For screen readers only, at the end of a line that is too long. */
const HIDDEN = '<div style="width: 900px; text-align: end"><span style="position: absolute; width: 1px; height: 1px; overflow: hidden">hidden</span></div>'
const region = (content: string, style = '', attributes = 'tabindex="0" role="region" aria-label="Table"') =>
  `<div class="region" style="overflow-x: auto; background-attachment: local; ${style}" ${attributes}>${content}</div>`

const CASES = [
  ['a page as wide as its window', '<p>narrow</p>', []],
  ['a region that scrolls inside itself', region(WIDE), []],
  ['one with hidden text that it contains', region(HIDDEN, 'position: relative'), []],
  ['hidden text that leaves the region around it', region(HIDDEN), [/^the page is \d+ pixels wide$/, /^span reaches to 9\d\d$/]],
  ['something wider than the window', WIDE, [/^the page is 9\d\d pixels wide$/, /^div reaches to 9\d\d$/]],
  ['something that begins before it', '<p style="margin-left: -50px">hidden</p>', [/^p begins at -/]],
  ['something that is cut off', `<section style="overflow: hidden">${WIDE}</section>`, [/^section cuts off/]],
  ['a region that no keyboard reaches', region(WIDE, '', 'aria-label="Table"'), [/^div\.region scrolls, but not by keyboard$/]],
  ['a region that looks as if it ended there', region(WIDE, 'background-attachment: scroll'), [/^div\.region scrolls sideways, and nothing shows it$/]],
  ['a region with a link in it', region(`<a href="/">${WIDE}</a>`, '', 'aria-label="Menu"'), []],
  ['a region without a name', region(WIDE, '', 'tabindex="0" role="region"'), [/^div\.region scrolls and has no role or name$/]],
  ['a region without a role', region(WIDE, '', 'tabindex="0" aria-label="Table"'), [/^div\.region scrolls and has no role or name$/]],
] as const

test('the audit finds layout faults and nothing else', { tag: '@phone' }, async ({ page }) => {
  for (const [what, html, expected] of CASES) {
    await page.setContent(`<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><body>${html}`)
    const found = await page.evaluate(misfits, 390)
    expect.soft(found, what).toEqual(expected.map(pattern => expect.stringMatching(pattern)))
  }
})

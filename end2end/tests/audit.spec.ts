// Tests of the audit: it finds the faults and nothing else.
import { expect, test } from '@playwright/test'
import { outOfOrder, stops } from '../focus.ts'
import { keyboardFaults } from '../keyboard.ts'
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

const table = (kind: string, content = 'wide') =>
  region(`<div style="width: 1500px">${content}</div>`, '', `data-kind="${kind}" tabindex="0" role="region" aria-label="Table"`)

const TABLES = [
  ['a list that scrolls', table('list'), 1024, [/^div\.region "Table" has no room for its usual columns: \d+ pixels are missing$/]],
  ['a table that scrolls', table('table'), 1440, [/^div\.region "Table" has no room for its usual columns: \d+ pixels are missing$/]],
  ['one in a small window', table('list'), 390, []],
  ['one with columns that were chosen', table('wide-list'), 1024, []],
  ['one with every digit of an amount', table('table', '<span data-room="18">.123456789012345678</span>'), 1024, []],
  ['one with a column for each coin', `<div class="chart" data-kind="multiples">${table('table')}</div>`, 1440, []],
] as const

test('the audit finds tables without room for their usual columns', { tag: '@phone' }, async ({ page }) => {
  for (const [what, html, width, expected] of TABLES) {
    await page.setViewportSize({ width, height: 844 })
    await page.setContent(`<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><body>${html}`)
    const found = await page.evaluate(misfits, width)
    expect.soft(found, what).toEqual(expected.map(pattern => expect.stringMatching(pattern)))
  }
})

const LONG = '<p><a href="/">link</a></p>'.repeat(120)
const BAR = '<header style="position: sticky; top: 0; block-size: 90px; background: white">bar</header>'
const LINK = '<a href="/">link</a>'
const CHOICE = '<input type="radio" name="choice" aria-label="choice">'

const KEYBOARD_CASES = [
  ['controls that are reached and seen', `${LINK.repeat(4)}<main>${LINK}</main>`, []],
  ['too many controls before the content', `${LINK.repeat(5)}<main>${LINK}</main>`, [/first control of the page, is 6 tabs away$/]],
  ['radio buttons, of which Tab reaches one', `${CHOICE.repeat(6)}<main>${LINK}</main>`, []],
  ['a control out of order', `<main>${LINK}<button tabindex="3">late</button></main>`, [/^button "late" has an order of its own$/]],
  ['a focus that is not shown', `<style>button:focus { outline: none }</style><main><button>hidden</button></main>`, [/^button "hidden" does not show its focus$/]],
  ['a focus that is shown around the row', `<style>a:focus { outline: none } li:has(a:focus) { outline: 2px solid }</style><main><li>${LINK}</li></main>`, []],
  ['controls that the bar covers', `${BAR}<main>${LONG}</main>`, [/^a "link" has the focus, but something covers it$/]],
  ['a control out of sight', '<main><button style="position: fixed; top: -90px">hidden</button></main>', [/^button "hidden" has the focus, but is out of sight$/]],
  ['controls that the bar leaves room for', `<style>html { scroll-padding-top: 100px }</style>${BAR}<main>${LONG}</main>`, []],
] as const

test('the audit finds what is wrong by keyboard and nothing else', { tag: '@phone' }, async ({ page }) => {
  for (const [what, html, expected] of KEYBOARD_CASES) {
    await page.setContent(`<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><body>${html}`)
    await page.keyboard.press('F8')
    const found = await page.evaluate(keyboardFaults, 5)
    expect.soft(found, what).toEqual(expected.map(pattern => expect.stringMatching(pattern)))
  }
})

const TWO = '<button>one</button><button>two</button>'
const COLUMN = `<div style="display: grid">${TWO}</div>`

const ORDERS = [
  ['a line, and what is below it', `<p>${TWO}</p><p>${TWO}</p>`, []],
  ['a column beside another one', `<div style="display: flex">${COLUMN}${COLUMN}</div>`, []],
  ['a column from the end', `<div style="display: flex; flex-direction: column-reverse">${TWO}</div>`, ['button "two" comes after button "one"']],
  ['a line from the end', `<div style="display: flex; flex-direction: row-reverse">${TWO}</div>`, ['button "two" comes after button "one"']],
] as const

test('a focus that jumps back is found, and nothing else', { tag: '@phone' }, async ({ page }) => {
  for (const [what, html, expected] of ORDERS) {
    await page.setContent(`<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><main>${html}</main>`)
    expect.soft(outOfOrder(await stops(page)), what).toEqual(expected)
  }
})

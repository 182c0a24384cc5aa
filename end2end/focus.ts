// The order in which the Tab key goes through a page.
import type { Page } from '@playwright/test'

/** More than any page of the tests has. */
const STOPS_MAX = 250
/** Pixels by which boxes of one line differ: text, inputs and buttons are of different height. */
const TOLERANCE = 4

export interface Stop {
  /** Of the page: its bar, its content, or the navigation. */
  region: string
  name: string
  left: number
  right: number
  /** From the top of the page. */
  top: number
  bottom: number
}

/** Presses Tab from the beginning of a page to its end, and returns where the focus was. */
export async function stops(page: Page): Promise<Stop[]> {
  const found: Stop[] = []
  while (found.length < STOPS_MAX) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(isBeginning => {
      const element = document.activeElement
      if (element === null || element === document.body) return undefined
      const memory = window as Window & { firstStop?: Element }
      if (isBeginning) memory.firstStop = element
      else if (memory.firstStop === element) return undefined
      const region = element.closest('main') ? 'content' : element.closest('nav[popover]') ? 'navigation' : 'bar'
      const name = element.getAttribute('aria-label') || element.textContent || element.getAttribute('name') || ''
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return { region, name: `${element.localName} "${name.trim().slice(0, 40)}"`, left, right, top: top + scrollY, bottom: bottom + scrollY }
    }, found.length === 0)
    // After the last one the browser has the focus, or begins anew.
    if (stop === undefined) return found
    found.push(stop)
  }
  throw new Error(`more than ${STOPS_MAX} stops`)
}

/** Whether somebody who reads comes to the next one after this one: it is further on in the line, below, or in a column beside. */
function follows(last: Stop, next: Stop) {
  const isBelow = next.top >= last.bottom - TOLERANCE
  const isInLine = next.bottom > last.top + TOLERANCE && next.left >= last.left - TOLERANCE
  const isBeside = next.left >= last.right - TOLERANCE
  return isBelow || isInLine || isBeside
}

/** Stops of the content that come at another place than their position says, one sentence each. */
export function outOfOrder(all: Stop[]): string[] {
  const content = all.filter(({ region }) => region === 'content')
  return content.flatMap((next, index) => {
    const last = content[index - 1]
    return last === undefined || follows(last, next) ? [] : [`${next.name} comes after ${last.name}`]
  })
}

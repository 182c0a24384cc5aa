// Runs in the browser, which receives only the source text of the function. Therefore everything is inside one function.

/**
 * What is wrong for somebody who uses the page with the keyboard, one sentence each. The browser shows the focus to who has
 * pressed a key last.
 */
export function keyboardFaults(tabsMax: number): string[] {
  const found = new Set<string>()
  const CHECKED_MAX = 150
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]'
  const named = (element: Element) =>
    `${element.localName} "${(element.getAttribute('aria-label') || element.textContent || element.getAttribute('name') || '').trim().slice(0, 40)}"`
  const isReached = (element: HTMLElement) =>
    element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [inert] *')

  const controls = [...document.querySelectorAll<HTMLElement>(CONTROLS)].filter(isReached)
  for (const control of controls) if (control.tabIndex > 0) found.add(`${named(control)} has an order of its own`)

  // Tab reaches one radio button of a group: the chosen one, or the first.
  const groups = new Set<string>()
  const stops = controls.filter(control => {
    if (!(control instanceof HTMLInputElement) || control.type !== 'radio' || control.checked) return true
    const others = [...document.getElementsByName(control.name)] as HTMLInputElement[]
    const group = `${control.form?.id} ${control.name}`
    const isFirst = !groups.has(group) && !others.some(other => other.form === control.form && other.checked)
    groups.add(group)
    return isFirst
  })
  // What is open covers the page on purpose, and its controls come first.
  const isOpen = document.querySelector(':popover-open, dialog[open]') !== null
  const main = document.querySelector('main')
  const first = stops.findIndex(control => main?.contains(control))
  if (first >= tabsMax && !isOpen) found.add(`${named(stops[first] as Element)}, the first control of the page, is ${first + 1} tabs away`)

  const before = document.activeElement
  const hasRing = (element: Element | null): boolean =>
    element !== null && (getComputedStyle(element).outlineStyle !== 'none' || hasRing(element.parentElement))
  const isCovered = (element: Element) => {
    const box = element.getBoundingClientRect()
    const [x, y] = [(Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2]
    const top = document.elementFromPoint(x, y)
    // A label covers the box that it is for, and the row of a table its link.
    const holder = element.closest('label, tr, li, .field') ?? element
    return top !== null && !holder.contains(top) && !top.contains(element)
  }
  // Of a very long page a part, since the browser lays the page out anew for each.
  const step = Math.ceil(controls.length / CHECKED_MAX)
  // Backwards: who goes up the page meets what stays at the top of the window.
  for (const control of controls.filter((_, index) => index % step === 0).toReversed()) {
    control.focus()
    if (document.activeElement !== control) continue
    if (!hasRing(control)) found.add(`${named(control)} does not show its focus`)
    const { top, right, bottom, left } = control.getBoundingClientRect()
    if (!isOpen && (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth)) found.add(`${named(control)} has the focus, but is out of sight`)
    if (!isOpen && isCovered(control)) found.add(`${named(control)} has the focus, but something covers it`)
  }
  if (before instanceof HTMLElement && before !== document.body) before.focus()
  else (document.activeElement as HTMLElement | null)?.blur()
  scrollTo(0, 0)
  return [...found]
}

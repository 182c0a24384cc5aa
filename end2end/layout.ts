// Runs in the browser, which receives only the source text of the function. Therefore everything is inside one
// function.

/** Layout faults of the page in its window, one sentence each. */
export function misfits(width: number): string[] {
  const found = new Set<string>()
  const root = document.documentElement
  const named = (element: Element) =>
    [element.localName, ...[...element.classList].map(name => `.${name}`), element.id && `#${element.id}`].join('')
  /** Where the navigation is beside the content, and a desktop. Tables have room for their usual columns there. */
  const ROOMY = [1024, 1440]
  /** Tables that do not: with columns that the reader has chosen, a column for each coin, or every digit of many amounts. */
  const MAY_SCROLL = '[data-kind="wide-list"], .chart[data-kind="multiples"] *, :has([data-room="18"])'
  const mayScroll = (element: Element) =>
    !ROOMY.includes(width) || !element.matches('[data-kind="list"], [data-kind="table"]') || element.matches(MAY_SCROLL)
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
  /** Whether this ancestor positions, and clips, absolutely positioned elements. */
  const holds = (style: CSSStyleDeclaration) =>
    style.position !== 'static' || style.transform !== 'none' || style.filter !== 'none' || /paint|layout|strict|content/.test(style.contain)

  /** The visible range of an element. An ancestor that is not its containing block does not clip it. */
  const extent = (element: Element) => {
    let { left, right } = element.getBoundingClientRect()
    let { position } = getComputedStyle(element)
    for (let parent = element.parentElement; parent && parent !== document.body && position !== 'fixed'; parent = parent.parentElement) {
      const style = getComputedStyle(parent)
      if (position === 'absolute' && !holds(style)) continue
      if (style.overflowX !== 'visible') {
        const box = parent.getBoundingClientRect()
        left = Math.max(left, box.left)
        right = Math.min(right, box.right)
      }
      position = style.position
    }
    return { left, right }
  }

  if (root.scrollWidth > width) found.add(`the page is ${root.scrollWidth} pixels wide`)

  for (const element of document.querySelectorAll('body *')) {
    const { width: ownWidth, height: ownHeight } = element.getBoundingClientRect()
    if (!(ownWidth || ownHeight) || !element.checkVisibility() || element.parentElement?.closest('svg')) continue
    const { left, right } = extent(element)
    if (right > width + 0.5 && right > left) found.add(`${named(element)} reaches to ${Math.round(right)}`)
    if (left < -0.5 && right > left) found.add(`${named(element)} begins at ${Math.round(left)}`)

    const style = getComputedStyle(element)
    const wider = element.scrollWidth > element.clientWidth + 1
    const higher = element.scrollHeight > element.clientHeight + 1
    // Elements that only screen readers read are one pixel in size.
    if (style.overflowX === 'hidden' && wider && element.clientWidth > 1 && style.textOverflow !== 'ellipsis') {
      found.add(`${named(element)} cuts off what it contains`)
    }
    if (!(scrolls(style.overflowX) && wider) && !(scrolls(style.overflowY) && higher)) continue
    if (element.matches('input, textarea, select')) continue
    // Shadows that scroll along are the sign that something is out of sight.
    if (scrolls(style.overflowX) && wider && !style.backgroundAttachment.includes('local')) {
      found.add(`${named(element)} scrolls sideways, and nothing shows it`)
    }
    if (scrolls(style.overflowX) && wider && !mayScroll(element)) {
      found.add(`${named(element)} "${element.getAttribute('aria-label')}" has no room for its usual columns: ${element.scrollWidth - element.clientWidth} pixels are missing`)
    }
    // A focused element can be scrolled with the keyboard.
    const itself = (element as HTMLElement).tabIndex >= 0
    if (!itself && !element.querySelector('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
      found.add(`${named(element)} scrolls, but not by keyboard`)
    }
    const holder = itself ? element : element.closest('[aria-label], [aria-labelledby]')
    const labels = (holder?.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '')
    const name = holder?.getAttribute('aria-label') ?? labels.join(' ')
    if (!name.trim() || (itself && !element.getAttribute('role'))) found.add(`${named(element)} scrolls and has no role or name`)
  }
  // On a phone, each cell has the name of its column.
  for (const cell of document.querySelectorAll<HTMLTableCellElement>('td[data-label]')) {
    const head = cell.closest('table')?.tHead?.rows[0]?.cells[cell.cellIndex]?.textContent ?? ''
    if (cell.dataset.label !== head) found.add(`a cell of the column ${head} is named ${cell.dataset.label}`)
  }
  return [...found]
}

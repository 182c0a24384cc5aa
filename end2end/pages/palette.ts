import { type Page, expect } from '@playwright/test'

/** Opens the search from the keyboard, types a text, and waits for its options: Enter before that searches on a page of its own. */
export async function searchFor(page: Page, text: string) {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search for' })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await expect(page.getByRole('listbox')).toHaveAttribute('data-for', text)
}

/** Chooses the option of a refund and opens it. Returns how many keys that took. */
export async function openRefundFound(page: Page, amount: string) {
  const options = await page.getByRole('option').allInnerTexts()
  const position = options.findIndex(text => text.startsWith('Refund ') && text.includes(amount))
  expect(position, `a refund of ${amount} among ${options.join(' | ')}`).toBeGreaterThanOrEqual(0)
  // The last option is one key above the first.
  const [key, count] = position <= options.length / 2 ? ['ArrowDown', position] : ['ArrowUp', options.length - position]
  for (let pressed = 0; pressed < count; pressed += 1) await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  return count + 1
}

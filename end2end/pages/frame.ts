import { type Page, expect } from '@playwright/test'

/** The menu of a signed-in person, opened. */
export async function openUserMenu(page: Page, name: string) {
  await page.getByRole('banner').getByRole('button', { name }).click()
  const menu = page.getByRole('group', { name: 'Your menu' })
  await expect(menu).toBeVisible()
  return menu
}

/** Follows a link of the navigation, which a button opens on narrow screens. */
export async function goTo(page: Page, title: string) {
  const button = page.getByRole('button', { name: 'Navigation', exact: true })
  if (await button.isVisible()) await button.click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: title, exact: true }).click()
}

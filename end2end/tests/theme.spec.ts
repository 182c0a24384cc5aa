import { expect, open, test } from '../fixtures.ts'
import { openUserMenu } from '../pages/frame.ts'

test('the theme is chosen once and kept', { tag: ['@desktop', '@no-javascript'] }, async ({ context, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(page, '/refunds')
  const root = page.locator('html')
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const dark = await background()
  await expect(root).not.toHaveAttribute('data-theme')

  const choose = async (name: string) => {
    const menu = await openUserMenu(page, 'Demo owner')
    await menu.getByRole('button', { name }).click()
  }
  await choose('Light')
  await expect(root).toHaveAttribute('data-theme', 'light')
  await expect(page).toHaveURL('/refunds')
  expect(await background()).not.toBe(dark)

  // The theme is in the HTML, so that the other one does not flash before a script runs.
  const html = await (await context.request.get('/currencies')).text()
  expect(html).toMatch(/<html[^>]* data-theme="light"/)

  await choose('Dark')
  await expect(root).toHaveAttribute('data-theme', 'dark')
  expect(await background()).toBe(dark)
  await choose('System')
  await expect(root).not.toHaveAttribute('data-theme')
})

test('the theme’s button returns to the same page', { tag: '@desktop' }, async ({ page }) => {
  await open(page, '/refunds?status=completed&sort=oldest')
  const menu = await openUserMenu(page, 'Demo owner')
  await menu.getByRole('button', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page).toHaveURL('/refunds?status=completed&sort=oldest')
})

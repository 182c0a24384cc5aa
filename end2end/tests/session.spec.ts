import { OWNER, expect, hydrated, open, test } from '../fixtures.ts'
import { openUserMenu } from '../pages/frame.ts'

test.use({ person: 'anonymous' })

test('the right password leads to the first page', { tag: ['@desktop', '@no-javascript'] }, async ({ page, signIn }) => {
  await open(page, '/')
  await expect(page).toHaveURL('/sign-in')
  await signIn.signIn(OWNER)
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home')
})

test('a failed sign-in does not say whether the address or the password is wrong', { tag: '@desktop' }, async ({ page, signIn }) => {
  await open(page, '/sign-in')
  for (const email of ['stranger@shop.example', 'nobody@shop.example']) {
    await signIn.signIn(email, 'not the password')
    await expect(signIn.notice).toContainText('The e-mail address or the password is wrong.')
    // The notice is read first, and only the password is typed again.
    await expect(page.locator('.refused')).toBeFocused()
    await expect(signIn.email).toHaveValue(email)
    await expect(signIn.password).toHaveValue('')
  }
  await page.reload()
  await expect(signIn.notice).toHaveCount(0)
})

test('every page asks to sign in first and is shown afterwards', { tag: '@desktop' }, async ({ page, signIn }) => {
  const somewhere = '/payment-intents/0198a1b2-0000-7000-8000-000000000000'
  for (const path of ['/payment-intents', '/refunds', '/unsupported-funds', '/currencies', '/refunds.csv', somewhere]) {
    await open(page, path)
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`)
  }
  await open(page, '/refunds?status=completed&sort=oldest')
  await signIn.signIn(OWNER)
  await expect(page).toHaveURL('/refunds?status=completed&sort=oldest')
})

test('the requested page is remembered after a wrong password', { tag: '@desktop' }, async ({ page, signIn }) => {
  await open(page, '/sign-in?next=/currencies')
  await signIn.signIn('typo@shop.example', 'not the password')
  await expect(signIn.notice).toBeVisible()
  await signIn.signIn(OWNER)
  await expect(page).toHaveURL('/currencies')
})

test('signing in never redirects to another site', { tag: '@desktop' }, async ({ page, signIn }) => {
  for (const next of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)']) {
    await open(page, `/sign-in?next=${encodeURIComponent(next)}`)
    await expect(page.locator('input[name=next]')).toHaveValue('/')
  }
  await signIn.signIn(OWNER)
  await expect(page).toHaveURL('/')
})

test('after signing out no page is visible, not even by going back', { tag: ['@desktop', '@no-javascript'] }, async ({ page, signIn }) => {
  await open(page, '/sign-in?next=/payment-intents')
  await signIn.signIn(OWNER)
  await expect(page).toHaveURL('/payment-intents')
  await hydrated(page)
  await openUserMenu(page, 'Demo owner')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')
  await page.goBack()
  await expect(signIn.email).toBeVisible()
  await open(page, '/refunds')
  await expect(page).toHaveURL('/sign-in?next=%2Frefunds')
})

test.describe('for a signed-in person', () => {
  test.use({ person: 'owner' })

  test('the sign-in page redirects', { tag: '@desktop' }, async ({ page }) => {
    await page.goto('/sign-in?next=/refunds')
    await expect(page).toHaveURL('/refunds')
  })
})

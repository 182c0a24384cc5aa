import type { Page } from '@playwright/test'
import { audit } from '../audit.ts'
import { PASSWORD, VIEWER, expect, hydrated, open, test } from '../fixtures.ts'
import { goTo } from '../pages/frame.ts'
import { SignInPage } from '../pages/sign-in.ts'

test.describe.configure({ timeout: 120_000 })
// Uses its own server, since its people would be missing in other tests.
test.use({ settings: { REQUITE_REFUND_WINDOW: '33d' } })

const NEW_PASSWORD = 'refund with even more care'

/** Opens the page of the link in the newest mail. */
async function openMailedLink(owner: Page, page: Page) {
  await open(owner, '/developers/mail')
  await owner.getByRole('row').nth(1).getByRole('link').first().click()
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('Choose a new password')
  await audit(owner, 'mail with a link to a new password')
  const link = await owner.getByRole('link', { name: 'Open link' }).getAttribute('href')
  await open(page, link ?? '')
}

test('somebody gets another role and a new password, and leaves', { tag: ['@phone', '@no-javascript'] }, async ({ page, browser, server, contextOptions }) => {
  await open(page, '/')
  await goTo(page, 'Team')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Team')
  await hydrated(page)
  await audit(page, 'team')
  await page.getByRole('link', { name: 'Demo owner' }).click()
  await expect(page.getByText('You cannot change this person')).toBeVisible()
  await page.goBack()
  await page.getByRole('link', { name: 'Demo viewer' }).click()
  await hydrated(page)
  await audit(page, 'member of the team')
  await page.getByLabel('Permissions').selectOption('operator')
  await page.getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByRole('status')).toContainText('The role was changed')
  await expect(page.locator('dl').first()).toContainText('operator')
  await hydrated(page)

  // A forgotten password.
  const context = await browser.newContext({ ...contextOptions, baseURL: server.url, storageState: { cookies: [], origins: [] } })
  const viewer = await context.newPage()
  const signIn = new SignInPage(viewer)
  await open(viewer, '/sign-in')
  await viewer.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(viewer.getByRole('heading', { level: 1 })).toHaveText('Forgot your password?')
  await hydrated(viewer)
  await audit(viewer, 'forgotten password')
  await viewer.getByLabel('E-mail address').fill(VIEWER)
  await viewer.getByRole('button', { name: 'Send link' }).click()
  await expect(viewer.getByRole('status')).toContainText('an e-mail with a link is being sent')
  await openMailedLink(page, viewer)
  await audit(viewer, 'new password')
  await viewer.getByLabel('New password').fill('too short')
  await viewer.getByRole('button', { name: 'Set password' }).click()
  await expect(viewer.getByRole('alert')).toContainText('15 to 200 characters')
  await viewer.getByLabel('New password').fill(NEW_PASSWORD)
  await viewer.getByRole('button', { name: 'Set password' }).click()
  await expect(viewer.getByRole('status')).toContainText('Your new password is set')
  await signIn.signIn(VIEWER, PASSWORD)
  await expect(signIn.notice).toContainText('The e-mail address or the password is wrong.')
  await signIn.signIn(VIEWER, NEW_PASSWORD)
  await expect(viewer).toHaveURL('/')

  // Their own account.
  await open(viewer, '/account')
  await expect(viewer.getByRole('region', { name: 'Active sessions' })).toContainText('This browser')
  await viewer.getByRole('region', { name: 'Password' }).getByLabel('Your password').fill(NEW_PASSWORD)
  await viewer.getByLabel('New password').fill(PASSWORD)
  await viewer.getByRole('button', { name: 'Change password' }).click()
  await expect(viewer.getByRole('status')).toContainText('Your password was changed')
  await audit(viewer, 'account after a new password')

  // They leave.
  await open(page, '/team')
  await page.getByRole('link', { name: 'Demo viewer' }).click()
  await expect(page.getByRole('region', { name: 'Active sessions' })).toContainText('Signed in')
  await page.getByRole('button', { name: 'Disable account' }).click()
  await expect(page.getByRole('status')).toContainText('Disabled')
  await audit(page, 'member who has left')
  await open(viewer, '/refunds')
  await expect(viewer).toHaveURL('/sign-in?next=%2Frefunds')
  await signIn.signIn(VIEWER, PASSWORD)
  await expect(signIn.notice).toContainText('The e-mail address or the password is wrong.')
  await context.close()
})

test('a change that loosens the policy waits and can be withdrawn', { tag: '@phone' }, async ({ page }) => {
  await open(page, '/settings')
  const limit = page.getByLabel('Limit per refund, in US dollars')
  await limit.fill('400')
  await page.getByLabel('Waiting period before a change that loosens the policy').fill('24h')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('It applies to every refund from now on')
  await hydrated(page)
  await limit.fill('500')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('not in effect yet')
  await expect(limit).toHaveValue('400.00')
  await expect(page.getByText('wants to loosen the policy')).toBeVisible()
  await audit(page, 'settings with a change that waits')
  await page.getByRole('button', { name: 'Withdraw change' }).click()
  await expect(page.getByText('wants to loosen the policy')).toHaveCount(0)
})

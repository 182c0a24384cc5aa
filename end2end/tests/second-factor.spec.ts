import { type Page } from '@playwright/test'
import { freshAddress } from '../addresses.ts'
import { audit } from '../audit.ts'
import { Authenticator } from '../authenticator.ts'
import { APPROVER, OWNER, PASSWORD, expect, hydrated, open, test } from '../fixtures.ts'
import { openUserMenu } from '../pages/frame.ts'
import { ApprovalPage } from '../pages/approval.ts'
import { RefundPage } from '../pages/refund.ts'
import { SignInPage } from '../pages/sign-in.ts'

test.describe.configure({ timeout: 180_000 })
// Uses its own server, since its settings would affect other tests.
test.use({ settings: { REQUITE_REFUND_WINDOW: '32d' } })

/** Sets up a second factor up to the page with its recovery codes. */
async function enrol(page: Page, name: string) {
  await open(page, '/')
  await openUserMenu(page, name)
  await page.getByRole('link', { name: 'Your account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account')
  await hydrated(page)
  await audit(page, `account of ${name} without a second factor`)
  await page.getByRole('region', { name: 'Two-factor authentication' }).getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible()
  await page.getByText('Cannot scan it?').click()
  await audit(page, `account of ${name} with a QR code`)
  const app = new Authenticator((await page.locator('code[aria-label]').getAttribute('aria-label')) ?? '')
  await page.getByLabel('Two-factor code', { exact: true }).fill('00000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('alert')).toContainText('six digits')
  await page.getByLabel('Two-factor code', { exact: true }).fill(app.code())
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recovery codes')
  const codes = await page.locator('.recovery-codes li').allTextContents()
  expect(codes).toHaveLength(10)
  await audit(page, `recovery codes of ${name}`)
  await page.getByRole('link', { name: 'I have saved them' }).click()
  await expect(page.getByText('Recovery codes left')).toBeVisible()
  await hydrated(page)
  return { app, codes }
}

/** Signs in, with a recovery code if one is asked for. Says what was asked for. */
async function enrolledSignIn(page: Page, email: string, codes: string[]) {
  await open(page, '/sign-in')
  await new SignInPage(page).signIn(email)
  if (!page.url().includes('/sign-in/code')) return 'nothing to ask'
  await hydrated(page)
  await audit(page, 'code at sign-in')
  await page.getByLabel('Two-factor code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('wrong or too old')
  await hydrated(page)
  await page.getByText('Use a recovery code instead').click()
  await page.getByLabel('Recovery code', { exact: true }).fill(codes[5] ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  return 'a code'
}

test('a refund is confirmed and approved with codes', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, intent, wizard, refund, approver }) => {
  const mine = await enrol(page, 'Demo owner')
  await open(page, '/settings')
  await page.getByLabel('Require a two-factor code').check()
  await page.getByLabel('Approval by a second person from').fill('400')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('Saved')
  await expect(page.getByLabel('Require a two-factor code')).toBeChecked()
  await audit(page, 'settings with a second factor')

  const { id } = await api.paidIntent({ amount: '500.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress() })
  await wizard.toConfirm.click()
  await wizard.at('confirm')
  await audit(page, 'confirm with a code')
  await wizard.consent()
  await page.getByLabel('Two-factor code', { exact: true }).fill('12 34')
  await wizard.send.click()
  await expect(wizard.notice).toContainText('six digits')
  await hydrated(page)
  await wizard.consent()
  await page.getByLabel('Two-factor code', { exact: true }).fill(mine.app.code(1))
  await wizard.send.click()
  await expect(refund.status).toContainText('awaiting approval')

  // The policy asks for codes, so everything else waits until there is a second factor.
  await open(approver, '/refunds')
  await expect(approver).toHaveURL('/account')
  await expect(approver.getByText('Your policy requires a two-factor code from everyone')).toBeVisible()
  const theirs = await enrol(approver, 'Demo approver')
  await open(approver, new URL(page.url()).pathname)
  const decision = new ApprovalPage(approver)
  await decision.open()
  await audit(approver, 'approval with a code')
  await decision.approve.click()
  await expect(decision.notice).toContainText('A two-factor code is required')
  await hydrated(approver)
  await approver.getByText('Use a recovery code instead').click()
  await approver.getByLabel('Recovery code', { exact: true }).fill(theirs.codes[0]?.toLowerCase() ?? '')
  await decision.approve.click()
  await expect(approver).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
  await new RefundPage(approver).becomes('completed')

  // The code is used up, and the page says so.
  await open(approver, '/account')
  await expect(approver.locator('dl').filter({ hasText: 'Recovery codes left' }).first()).toContainText('9')
  const off = approver.locator('main details').filter({ hasText: 'Turn off' })
  const turnOff = async (code: string) => {
    await off.getByText('Turn off').first().click()
    await off.getByText('Use a recovery code instead').click()
    await off.getByLabel('Recovery code', { exact: true }).fill(code)
    // Enter submits this form and not another one of the page.
    await off.getByLabel('Recovery code', { exact: true }).press('Enter')
  }
  await turnOff(theirs.codes[0] ?? '')
  await expect(approver.getByRole('alert')).toContainText('wrong or too old')
  await audit(approver, 'account with a notice')
  await hydrated(approver)
  await turnOff(theirs.codes[1] ?? '')
  await expect(approver.getByRole('button', { name: 'Set up' })).toBeVisible()

  // Signing in asks for a code too.
  await openUserMenu(approver, 'Demo approver')
  await approver.getByRole('button', { name: 'Sign out' }).click()
  await expect(approver).toHaveURL('/sign-in')
  const again = await enrolledSignIn(approver, APPROVER, theirs.codes)
  expect(again).toBe('nothing to ask')
  await open(page, '/account')
  await openUserMenu(page, 'Demo owner')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')
  expect(await enrolledSignIn(page, OWNER, mine.codes)).toBe('a code')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home')
})

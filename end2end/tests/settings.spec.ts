import { EVM } from '../addresses.ts'
import { audit } from '../audit.ts'
import { expect, open, test } from '../fixtures.ts'
import { goTo } from '../pages/frame.ts'

test.describe.configure({ timeout: 90_000 })
// Uses its own server, since its settings would affect other tests.
test.use({ settings: { REQUITE_REFUND_WINDOW: '31d' } })

test('an owner changes the policy, and it applies at once', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, intent, wizard, refund }) => {
  await open(page, '/')
  await goTo(page, 'Settings')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await audit(page, 'settings')

  // Errors are shown next to their fields, and the input is kept.
  await page.getByLabel('Limit per refund, in US dollars').fill('forty')
  await page.getByLabel('Limits per refund by currency').fill('0.5 BTC\n1 DOGE')
  await page.getByLabel('Waiting period for new addresses').fill('24h')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Use digits').or(page.getByText('not a number'))).toBeVisible()
  await expect(page.getByLabel('Limit per refund, in US dollars')).toHaveValue('forty')
  await expect(page.getByLabel('Limits per refund by currency')).toHaveValue('0.5 BTC\n1 DOGE')
  await audit(page, 'settings with errors')

  await page.getByLabel('Limit per refund, in US dollars').fill('400')
  await page.getByLabel('Limits per refund by currency').fill('0.5 BTC')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('Saved')
  await expect(page.getByRole('region', { name: 'History' })).toContainText('by Demo owner')

  const { id } = await api.paidIntent({ amount: '500.00' })
  await intent.refund(id)
  await wizard.fillRecipient({ address: EVM })
  await wizard.fillAmount('400.01')
  await expect(wizard.error('amount')).toContainText('limits one refund to 400.00 USD')
  await wizard.fillAmount('400')
  await wizard.chooseFunding()
  await wizard.at('review')
  await expect(page.getByText('The address is new')).toBeVisible()
  await wizard.confirm()
  await expect(refund.status).toContainText('Until then, the refund can be stopped')
  await audit(page, 'refund that is held back')
  await page.getByLabel('Reason for stopping').fill('a thief wrote the mail')
  await page.getByRole('button', { name: 'Stop refund' }).click()
  await expect(refund.status).toContainText('rejected')
  await expect(refund.steps.first()).toContainText('Stopped by Demo owner: a thief wrote the mail')
})

test.describe(() => {
  test.use({ person: 'viewer' })

  test('other roles can read it', { tag: '@phone' }, async ({ page }) => {
    await open(page, '/settings')
    await expect(page.getByText('Only an owner can change it')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)
    await audit(page, 'settings as a viewer sees them')
  })
})

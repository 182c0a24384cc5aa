import { freshAddress } from '../addresses.ts'
import { audit } from '../audit.ts'
import { expect, open, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/approval.ts'
import { RefundPage } from '../pages/refund.ts'

test.describe.configure({ timeout: 90_000 })

test('a large refund is sent after a colleague has approved it', { tag: ['@phone', '@no-javascript'] }, async ({ api, page, intent, wizard, refund, approver }) => {
  const { id } = await api.paidIntent({ amount: '7000.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress(), amount: '6000', note: 'agreed by telephone' })
  await expect(page.getByText('Its amount requires an approval')).toBeVisible()
  await wizard.confirm()
  await expect(refund.status).toContainText('awaiting approval')
  await expect(page.getByText('You created this refund yourself')).toBeVisible()
  await audit(page, 'refund that waits for an approval')

  // The approver finds it on the overview.
  await open(approver, '/')
  await approver.getByRole('link', { name: 'Refunds awaiting approval' }).click()
  await approver.getByRole('link', { name: '6,000.00 USDC' }).first().click()
  const decision = new ApprovalPage(approver)
  await decision.open()
  await expect(approver.getByText('agreed by telephone')).toBeVisible()
  await expect(approver.getByText('Demo owner')).toBeVisible()
  await audit(approver, 'approval')
  await decision.approve.click()
  await expect(approver).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
  await new RefundPage(approver).becomes('completed')
  await expect(new RefundPage(approver).fact('Details', 'Approved by')).toContainText('Demo approver')
})

test('a declined refund shows the reason and the person', { tag: ['@desktop', '@no-javascript'] }, async ({ api, intent, wizard, refund, approver }) => {
  const { id } = await api.paidIntent({ amount: '5000.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress() })
  await wizard.confirm()
  await open(approver, `/refunds/${refund.id}`)
  const decision = new ApprovalPage(approver)
  await decision.open()
  await decision.reason.fill('the customer has another account')
  await decision.decline.click()
  await expect(approver).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
  await refund.open(refund.id)
  await expect(refund.status).toContainText('rejected')
  await expect(refund.steps.first()).toContainText('Declined by Demo approver: the customer has another account')
  // The full amount can be refunded again.
  await intent.open(id)
  await expect(intent.amount('Left to refund')).toHaveText('5,000.00 USDC')
})

test('a person cannot approve their own refund', { tag: '@phone' }, async ({ api, page, intent, wizard }) => {
  const { id } = await api.paidIntent({ amount: '5000.00' })
  await intent.refund(id)
  await wizard.fill({ address: freshAddress() })
  await wizard.confirm()
  const decision = new ApprovalPage(page)
  await decision.open()
  await expect(decision.notice).toContainText('someone else must approve it')
  await expect(decision.approve).toHaveCount(0)
  await audit(page, 'approval of a person\'s own refund')
})

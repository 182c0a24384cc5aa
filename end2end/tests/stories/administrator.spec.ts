// An administrator, away from the desk, looks at how a large refund was decided: who did what and when, with the details,
// and the same in the log that nobody can change.
import { freshAddress } from '../../addresses.ts'
import { expect, open, test } from '../../fixtures.ts'
import { ApprovalPage } from '../../pages/approval.ts'
import { goTo } from '../../pages/frame.ts'

test('an administrator reviews a refund that a colleague approved', { tag: '@phone' }, async ({ api, approver, page, refund, refunds }) => {
  const { id } = await api.paidIntent({ amount: '7000.00' })
  const made = await api.refund(id, { address: freshAddress(), amount: '6000.00' })
  await open(approver, `/refunds/${made.id}`)
  const decision = new ApprovalPage(approver)
  await decision.open()
  await decision.approve.click()
  await api.settled(made.id)

  await test.step('finds the refund in the history', async () => {
    await open(page, '/')
    await goTo(page, 'Refunds')
    await refunds.search.fill(made.id)
    await refunds.show.click()
    await expect(refunds.rows).toHaveCount(1)
    await refunds.rows.getByRole('link').first().click()
    await expect(refund.heading).toHaveText('Refund of 6,000.00 USDC')
    await expect(refund.fact('Details', 'Approved by')).toContainText('Demo approver')
  })

  const entries = refund.timeline.getByRole('list', { name: 'Timeline entries' }).getByRole('listitem')
  const approved = entries.filter({ hasText: 'Demo approver' })

  await test.step('reads the timeline: who, when to the second, and from where', async () => {
    await expect(approved).toHaveCount(1)
    await expect(approved).toContainText(/approved/i)
    await expect(approved.getByRole('time')).toHaveText(/\d:\d\d:\d\d/)
    await expect(approved).toContainText('127.0.0.1')
  })

  await test.step('leaves only the changes, and sees that no mail was sent', async () => {
    const parts = refund.timeline.getByRole('navigation', { name: 'Timeline filters' })
    await parts.getByRole('link', { name: 'E-mails' }).click()
    await expect(refund.timeline).toContainText('No entries of this kind')
    await parts.getByRole('link', { name: 'Changes' }).click()
    await expect(parts.getByRole('link', { name: 'Changes' })).toHaveAttribute('aria-current', 'true')
    await expect(approved).toHaveCount(1)
    // The newest is first.
    const told = await entries.allInnerTexts()
    const order = ['Refund completed', 'Refund approved', 'Awaiting approval', 'Refund created'].map(what => told.findIndex(text => text.startsWith(what)))
    expect(order, told.join(' | ')).toEqual(order.toSorted((one, other) => one - other))
    expect(order, told.join(' | ')).not.toContain(-1)
  })

  await test.step('opens what was recorded with the approval', async () => {
    await approved.locator('summary').click()
    await expect(approved.getByRole('term').first()).toBeVisible()
  })

  await test.step('finds the same in the audit log', async () => {
    await goTo(page, 'Audit log')
    await page.getByLabel('ID of an object, person or key').fill(made.id)
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    const rows = page.getByRole('region', { name: 'Audit log' }).locator('tbody').getByRole('row')
    const row = rows.filter({ hasText: 'Demo approver' })
    await expect(row).toHaveCount(1)
    await row.locator('summary').click()
    await expect(row.getByText('Hash', { exact: true })).toBeVisible()
    await expect(row).toContainText(made.id)
  })
})

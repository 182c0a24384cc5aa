// A support agent has a customer on the telephone: finds the order by what the customer can say, refunds a part of it,
// follows the refund, and tells the customer where to see it. An operator sees the customer masked all the time.
import { freshAddress } from '../../addresses.ts'
import { expect, hydrated, open, test } from '../../fixtures.ts'
import { goTo } from '../../pages/frame.ts'
import { openRefundFound, searchFor } from '../../pages/palette.ts'
import { paidOrder } from '../../shop.ts'

/** The customer's e-mail address, as an operator sees it. */
const MASKED = 'm…@example.com'

test.use({ person: 'operator' })

test('a support agent refunds a part of an order while the customer is on the telephone', { tag: '@desktop' }, async ({ api, browser, contextOptions, page, intent, wizard, refund, refunds, server }) => {
  const order = await paidOrder(api, server.apiKey)
  const address = freshAddress()

  await test.step('"My order is chairs-…": the order opens', async () => {
    await open(page, '/')
    await searchFor(page, order.orderId)
    await page.keyboard.press('Enter')
    await expect(intent.heading).toContainText('80.00 USDC')
    await hydrated(page)
    await expect(page.getByRole('main')).toContainText(order.orderId)
    await expect(page.getByRole('main')).toContainText(MASKED)
    await expect(page.getByRole('main')).not.toContainText(order.email)
    await expect(intent.amount('Left to refund')).toHaveText('80.00 USDC')
  })

  await test.step('"One chair came broken, please send 30 back": the five steps', async () => {
    await intent.startRefund()
    await wizard.fill({ network: 'Base', address, email: order.email, note: 'one chair came broken', amount: '30', funding: 'USD' })
    await expect(page.getByRole('main')).toContainText('You are about to send 30.00 USDC on Base')
    await wizard.confirm()
    await expect(refund.heading).toHaveText('Refund of 30.00 USDC')
    await refund.becomes('completed')
    await expect(page.getByRole('main')).toContainText(MASKED)
    await expect(page.getByRole('main')).not.toContainText(order.email)
    await expect(page.getByRole('main')).toContainText('one chair came broken')
  })
  const { id } = refund

  await test.step('"Did it leave?": it is in the history', async () => {
    await goTo(page, 'Refunds')
    const row = refunds.rows.filter({ has: page.locator(`a[href="/refunds/${id}"]`) })
    await expect(row).toContainText('30.00 USDC')
    await expect(row).toContainText(/completed/i)
  })

  await test.step('the customer calls again: the refund is found by e-mail address, by hash, and by the words of the note', async () => {
    const { transactionHash = '' } = await api.settled(id)
    for (const said of [order.email, transactionHash, 'chair came broken']) {
      await open(page, '/')
      await searchFor(page, said)
      const options = page.getByRole('listbox')
      await expect(options).toContainText(MASKED)
      await expect(options).not.toContainText(order.email)
      await expect(options).toContainText(/Refund \d+ of order #\d+/)
      const keys = await openRefundFound(page, '30.00 USDC')
      expect(keys, `keystrokes after ${said}`).toBeLessThanOrEqual(3)
      await expect(page).toHaveURL(`/refunds/${id}`)
    }
  })

  await test.step('"Where can I see it?": the link for the customer', async () => {
    await page.getByRole('link', { name: 'Print or share' }).click()
    // The e-mail about the completed refund has it too. What it opens has the whole address, so it is revealed like one.
    await page.getByRole('button', { name: 'Reveal link' }).click()
    const link = await page.getByRole('link', { name: /\/receipts\// }).getAttribute('href')
    // The customer's own browser, without a session.
    const customer = await browser.newContext({ ...contextOptions, storageState: { cookies: [], origins: [] } })
    const receipt = await customer.newPage()
    await open(receipt, link ?? '')
    await expect(receipt.getByRole('main')).toContainText('30.00 USDC on Base')
    await expect(receipt.getByRole('main')).not.toContainText(order.email)
    await expect(receipt.getByRole('main')).not.toContainText('one chair came broken')
    await customer.close()
  })
})

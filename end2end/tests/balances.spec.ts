// Balances: what is available and reserved, what was posted, which refunds reserve some of it, and test money.
import { readFile } from 'node:fs/promises'
import { audit } from '../audit.ts'
import { parseCsv } from '../csv.ts'
import { expect, open, test } from '../fixtures.ts'
import { goTo } from '../pages/frame.ts'

test('test money is added to a balance, and its postings and holds are read', { tag: ['@phone', '@desktop', '@no-javascript'] }, async ({ api, page }) => {
  const main = page.getByRole('main')
  const postings = page.getByRole('region', { name: 'Postings of the available balance' }).locator('tbody').getByRole('row')

  await test.step('money is added, after an amount that is none', async () => {
    await open(page, '/')
    await goTo(page, 'Balances')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Balances')
    await audit(page, 'balances')
    await page.getByLabel('Currency', { exact: true }).selectOption('EUR')
    await page.getByLabel('Amount', { exact: true }).fill('1e3')
    await page.getByRole('button', { name: 'Add test money' }).click()
    await expect(page).toHaveURL('/balances/EUR?amount=1e3')
    await expect(page.getByRole('alert')).toBeVisible()
    const amount = page.getByLabel('Amount in EUR', { exact: true })
    await expect(amount, 'what was typed is kept').toHaveValue('1e3')
    await audit(page, 'balance with a refused form')
    await amount.fill('1234.56')
    await page.getByRole('button', { name: 'Add test money' }).click()
    await expect(page).toHaveURL('/balances/EUR?done=balance-topped-up')
    await expect(main.getByRole('status')).toContainText('The test money was added.')
    await expect(postings.filter({ hasText: 'Sandbox money' }).filter({ hasText: '1,234.56' })).toHaveCount(1)
  })

  const { id } = await api.paidIntent({ amount: '100.00' })
  await open(page, '/currencies')
  const addresses = await main.getByLabel(/^0x/).evaluateAll(all => all.map(code => code.getAttribute('aria-label') ?? ''))
  const hanging = await api.refund(id, { address: addresses[1] ?? '', amount: '5.00' })

  await test.step('a refund on its way reserves some of it', async () => {
    await open(page, '/balances')
    await main.getByRole('row').filter({ hasText: 'USDC' }).getByRole('link').click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Balance in USD')
    const holds = page.getByRole('region', { name: 'Refunds with reserved money' })
    await expect(holds.getByRole('link').last()).toHaveAttribute('href', `/refunds/${hanging.id}`)
    await audit(page, 'balance with a refund that reserves some of it')
  })

  await test.step('postings are filtered, and the file has them', async () => {
    await page.getByLabel('Type', { exact: true }).selectOption('Refund reserved')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await expect(page).toHaveURL(/[?&]kind=refund_reserved(&|$)/)
    await expect(postings.filter({ hasNotText: 'Refund reserved' })).toHaveCount(0)
    const shown = await postings.count()
    expect(shown).toBeGreaterThan(0)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as CSV' }).click()])
    expect(file.suggestedFilename()).toBe('balance-USD.csv')
    const rows = parseCsv(await readFile(await file.path(), 'utf8'))
    expect(rows.slice(0, shown).map(row => row.kind)).toEqual(Array(shown).fill('refund_reserved'))
    const ours = rows.filter(row => row.refund_id === hanging.id)
    expect(ours.map(row => [row.part, row.in]).sort()).toEqual([['amount', ''], ['fee', '']])
    await postings.first().getByRole('link').click()
    await expect(page).toHaveURL(/\/refunds\/[0-9a-f-]{36}$/)
  })
})

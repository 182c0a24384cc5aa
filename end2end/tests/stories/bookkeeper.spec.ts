// A bookkeeper states a month: reads the totals, adds up the file, looks at the rates, and learns when the month can be
// closed.
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { parseCsv } from '../../csv.ts'
import { expect, open, test } from '../../fixtures.ts'
import { goTo } from '../../pages/frame.ts'

const DECIMALS = 18
const UNIT = 10n ** BigInt(DECIMALS)

/** An amount as a whole number of its smallest part, since sums of floating-point numbers are not exact. */
function exact(text: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = text.replaceAll(/[\s,]/g, '').match(/^([-−]?)(\d+)(?:\.(\d+))?$/) ?? []
  expect(whole, `${text} is an amount`).not.toBe('')
  const value = BigInt(whole + fraction.padEnd(DECIMALS, '0'))
  return sign ? -value : value
}

/** A number as the page shows it. */
const grouped = (number: string) => number.replace(/^\d+/, whole => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','))

const sum = (amounts: string[]) => amounts.map(exact).reduce((total, amount) => total + amount, 0n)

/** The file behind the link of the page. */
async function download(page: Page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as CSV' }).click()])
  return parseCsv(await readFile(await file.path(), 'utf8'))
}

const fact = async (section: Locator, name: string) => (await section.locator(`dt:text-is("${name}") + dd`).innerText()).trim()

test('a bookkeeper states a month, and the file has the totals of the page', { tag: '@desktop' }, async ({ page }) => {
  const main = page.getByRole('main')
  const CURRENCIES = ['USD', 'EUR', 'ETH', 'BTC']

  // The demo data may be older than midnight, and the newest month without a payment.
  const month = await test.step('opens the newest month with a payment in bitcoin', async () => {
    await open(page, '/')
    await goTo(page, 'Statements')
    const months = await download(page)
    const { month } = months.find(({ currency, received = '' }) => currency === 'BTC' && exact(received) > 0n) ?? {}
    await main.locator(`a[href="/statements/${month}"]`).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Statement of \w+ \d{4}/)
    return month
  })

  await test.step('adds up the file: opening, received, paid, fees and closing are those of the page', async () => {
    // The refunds of the demo data are on their way at first, and change the totals between the page and the file.
    await expect(async () => {
      await page.reload()
      const movements = await download(page)
      for (const currency of CURRENCIES) {
        const section = main.getByRole('region', { name: currency, exact: true })
        const rows = movements.filter(row => row.currency === currency)
        const all = (column: string) => sum(rows.map(row => row[column] ?? ''))
        const shown = { received: await fact(section, 'Received'), paid: await fact(section, 'Paid'), fees: await fact(section, 'Fees') }
        const [opening, closing] = [await fact(section, 'Opening balance'), await fact(section, 'Closing balance')]
        expect({ currency, received: exact(shown.received), paid: exact(shown.paid), fees: exact(shown.fees) }).toEqual({
          currency,
          received: all('received'),
          paid: all('paid'),
          fees: all('fee'),
        })
        expect(exact(closing), `${currency}: closing balance`).toBe(exact(opening) + all('change'))
      }
      expect(sum(movements.map(row => row.paid ?? '')), 'refunds were paid').toBeGreaterThan(0n)
    }).toPass({ timeout: 15_000 })
  })

  await test.step('looks at what bitcoin was worth when it came, and by which rate', async () => {
    await page.getByLabel('Currency', { exact: true }).selectOption('BTC')
    await page.getByLabel('Type', { exact: true }).selectOption('Payment credited')
    await page.getByLabel('Sort', { exact: true }).selectOption('Oldest first')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await expect(page).toHaveURL(/[?&]kind=\w/)
    const [movement] = await download(page)
    const { change = '', rate = '', worth = '', rate_source: source = '' } = movement ?? {}
    // What came is rounded down to the cent.
    const lost = (exact(change) * exact(rate)) / UNIT - exact(worth)
    expect(lost >= 0n && lost < UNIT / 100n, `${change} BTC at ${rate} are ${worth}`).toBe(true)
    const row = page.getByRole('region', { name: 'Movements of the month', exact: true }).locator('tbody').getByRole('row').first()
    await expect(row).toContainText(source)
    await expect(row).toContainText(`at ${grouped(rate)}`)
    await row.getByRole('link', { name: `Order ${movement?.order_number}` }).click()
    await expect(page).toHaveURL(`/payment-intents/${movement?.payment_intent_id}`)
    await page.goBack()
  })

  await test.step('learns that a running month cannot be closed yet', async () => {
    await expect(main).toContainText(/It can be closed from 1 \w+ \d{4}, 01:00 UTC/)
    await expect(page.getByRole('button', { name: /^Close \w+ \d{4}$/ })).toHaveCount(0)
  })

  await test.step('takes the totals of all months, which agree', async () => {
    const closing = await fact(main.getByRole('region', { name: 'ETH', exact: true }), 'Closing balance')
    await goTo(page, 'Statements')
    const months = await download(page)
    expect(exact(months.find(row => row.month === month && row.currency === 'ETH')?.closing ?? '')).toBe(exact(closing))
  })
})

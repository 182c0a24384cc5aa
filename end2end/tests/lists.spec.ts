import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { freshAddress } from '../addresses.ts'
import { parseCsv } from '../csv.ts'
import { expect, hasJavaScript, open, test } from '../fixtures.ts'

/** Follows the download link and reads the file. */
async function download(page: Page, click: () => Promise<void>) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()])
  expect(file.suggestedFilename()).toBe('refunds.csv')
  return parseCsv(await readFile(await file.path(), 'utf8'))
}

test.describe('payment intents', () => {
  test('are found by id, order number and deposit address', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, intents }) => {
    const { id, requite, paymentMethods } = await api.createIntent({ amount: '77.70' })
    for (const wanted of [id, String(requite.orderNumber), `#${requite.orderNumber}`, paymentMethods[0]?.address ?? '']) {
      await intents.open()
      await intents.search.fill(wanted)
      await intents.show.click()
      await expect(intents.rows).toHaveCount(1)
      await expect(intents.rows).toContainText('77.70 USDC')
      await expect(intents.search).toHaveValue(wanted)
      expect(new URL(page.url()).searchParams.get('search')).toBe(wanted)
    }
  })

  test('are filtered by status, and the URL has the filter', { tag: '@desktop' }, async ({ api, page, intents }) => {
    const underpaid = await api.createIntent({ amount: '50.00' })
    await api.pay(underpaid.id, 'paid', { amount: '40.00', currency: 'USD' })
    await intents.open()
    await intents.status.selectOption('Complete: underpaid')
    await intents.show.click()
    await expect(intents.rows.getByRole('link', { name: `#${underpaid.requite.orderNumber}`, exact: true })).toBeVisible()
    await expect(intents.rows.filter({ hasNotText: 'underpaid' })).toHaveCount(0)
    await expect(page).toHaveURL(/[?&]status=underpaid(&|$)/)

    await open(page, '/payment-intents?status=pending')
    await expect(intents.status).toHaveValue('pending')
    await expect(intents.rows).not.toHaveCount(0)
    await expect(intents.rows.filter({ hasNotText: 'pending' })).toHaveCount(0)
  })

  test('are sorted and paged', { tag: '@desktop' }, async ({ api, page, intents }) => {
    const total = 30
    const amounts = Array.from({ length: total }, (_, index) => `${(900_000 + index).toLocaleString('en')}.00 USDC`)
    await Promise.all(amounts.map(amount => api.createIntent({ amount: amount.split(' ')[0]?.replaceAll(',', '') })))
    const asked = () => intents.rows.evaluateAll(rows => rows.map(row => row.querySelectorAll('td')[0]?.textContent))

    await intents.open()
    await intents.sort.selectOption('Largest first')
    await intents.show.click()
    const descending = [...amounts].reverse()
    await expect.poll(asked).toEqual(descending.slice(0, 25))
    await expect(intents.previous).toHaveCount(0)
    await intents.next.click()
    await expect.poll(async () => (await asked()).slice(0, 5)).toEqual(descending.slice(25))
    await expect(intents.sort, 'the next page is sorted alike').toHaveValue('largest')
    await intents.previous.click()
    await expect.poll(asked).toEqual(descending.slice(0, 25))

    await intents.sort.selectOption('Smallest first')
    await intents.show.click()
    // An intent for any amount is sorted as zero.
    const numbers = (await asked()).map(text => (text?.startsWith('Any amount') ? 0 : Number.parseFloat((text ?? '').replaceAll(',', ''))))
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))

    // The head of the column leads to the opposite order.
    const head = page.getByRole('columnheader', { name: 'Requested' })
    await expect(head).toHaveAttribute('aria-sort', 'ascending')
    await head.getByRole('link').click()
    await expect.poll(asked).toEqual(descending.slice(0, 25))
    await expect(head).toHaveAttribute('aria-sort', 'descending')
    await expect(intents.sort, 'the form says the same').toHaveValue('largest')
  })

  test('an empty result says so, with a link back', { tag: '@desktop' }, async ({ page, intents }) => {
    await open(page, '/payment-intents?search=99999999')
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
    await page.getByRole('link', { name: 'show all payment intents' }).click()
    await expect(intents.rows).not.toHaveCount(0)
  })
})

test.describe('where it is another day than in UTC', () => {
  const timezoneId = new Date().getUTCHours() < 10 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati'
  test.use({ timezoneId })

  test('a row is found by the day that it shows', { tag: '@desktop' }, async ({ api, page, intents }) => {
    const { requite } = await api.createIntent({ amount: '66.60' })
    await intents.open()
    const row = intents.rows.filter({ has: page.getByRole('link', { name: `#${requite.orderNumber}`, exact: true }) })
    const shown = (await row.getByRole('time').first().textContent()) ?? ''
    const day = (from: number) => new Date(Date.parse(`${shown} UTC`) + from * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)

    const found = async (first: string, last: string) => {
      await open(page, `/payment-intents?search=${requite.orderNumber}&from=${first}&to=${last}`)
      await expect(page.getByLabel(`Start date (${timezoneId})`)).toHaveValue(first)
      return row.count()
    }
    expect(await found(day(0), day(0)), `the row shows ${shown}`).toBe(1)
    await expect(page.getByRole('link', { name: 'Time zone of your browser' })).toBeVisible()
    expect(await found(day(-1), day(-1))).toBe(0)
    expect(await found(day(1), day(1))).toBe(0)
  })
})

test.describe('refund history', () => {
  test('filters narrow it, stay in the URL, and the file has the same rows', { tag: ['@desktop', '@no-javascript'] }, async ({ api, page, refunds }) => {
    // The test may run over midnight. Days are those of the browser, which tells its time zone with a script.
    const timeZone = hasJavaScript() ? 'Asia/Tokyo' : 'UTC'
    const day = () => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date())
    const firstDay = day()
    const address = freshAddress()
    const dollars = await api.paidIntent({ amount: '100.00' })
    const ether = await api.paidIntent({ amount: '0.05', currency: 'ETH', chain: 'ARB' })
    const one = await api.refund(dollars.id, { address, amount: '11.00' })
    const two = await api.refund(dollars.id, { address, amount: '22.00' })
    const three = await api.refund(ether.id, { address, amount: '0.01', currency: 'ETH', chain: 'ARB' })
    for (const refund of [one, two, three]) await api.settled(refund.id)
    const recipient = one.depositAddress.address
    const shown = async (...wanted: { id: string }[]) => {
      await expect(refunds.rows).toHaveCount(wanted.length)
      const links = await refunds.rows.getByRole('rowheader').getByRole('link').evaluateAll(all => all.map(link => link.getAttribute('href')))
      expect(links.sort()).toEqual(wanted.map(({ id }) => `/refunds/${id}`).sort())
      const rows = await download(page, () => refunds.exportLink.click())
      expect(rows.map(row => row.id).sort()).toEqual(wanted.map(({ id }) => id).sort())
      return rows
    }

    await refunds.open()
    await refunds.search.fill(recipient)
    await refunds.show.click()
    const rows = await shown(one, two, three)
    expect(rows.find(row => row.id === two.id)).toMatchObject({
      payment_intent_id: dollars.id,
      status: 'completed',
      amount: '22.00',
      currency: 'USD',
      network: 'BASE',
      // As sent in the refund, with its checksum in the file.
      address: expect.stringMatching(new RegExp(`^${recipient}$`, 'i')),
      funding_currency: 'USD',
      network_fee: '0.02',
      total: '22.02',
      transaction_hash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    })

    await refunds.more.click()
    await refunds.currency.selectOption('USD')
    await refunds.show.click()
    await expect(page).toHaveURL(/[?&]currency=USD(&|$)/)
    await expect(refunds.currency, 'what is filtered by is not hidden').toBeVisible()
    await shown(one, two)

    await refunds.min.fill('20')
    await refunds.show.click()
    await shown(two)
    await refunds.max.fill('21')
    await refunds.show.click()
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
    await expect(refunds.exportLink).toHaveCount(0)

    const search = `search=${recipient}`
    await refunds.open(`?${search}&network=ARB`)
    await shown(three)
    await refunds.open(`?${search}&status=completed&sort=smallest`)
    await shown(one, two, three)
    await expect(refunds.rows.first()).toContainText('0.01 ETH')
    await refunds.open(`?${search}&from=${firstDay}&to=${day()}`)
    await shown(one, two, three)
    await refunds.open(`?${search}&to=2020-01-01`)
    await expect(refunds.rows).toHaveCount(0)
    await refunds.open(`?search=${three.id}`)
    await shown(three)
  })

  test('is paged, and the file has all rows', { tag: '@desktop' }, async ({ api, page, refunds }) => {
    const address = freshAddress()
    const { id } = await api.paidIntent({ amount: '100.00' })
    const made = []
    for (let cents = 1; cents <= 27; cents += 1) {
      made.push(await api.refund(id, { address, amount: `0.${String(cents).padStart(2, '0')}` }))
    }
    const recipient = made[0]?.depositAddress.address
    const amounts = () => refunds.rows.getByRole('rowheader').allTextContents()
    const newestFirst = made.map(({ amount }) => `${amount.amount} USDC`).reverse()

    await refunds.open(`?search=${recipient}`)
    expect(await amounts()).toEqual(newestFirst.slice(0, 25))
    await refunds.next.click()
    await expect(refunds.rows).toHaveCount(2)
    expect(await amounts()).toEqual(newestFirst.slice(25))
    await expect(refunds.next).toHaveCount(0)
    const rows = await download(page, () => refunds.exportLink.click())
    expect(rows.map(row => `${row.amount} USDC`)).toEqual(newestFirst)
    await refunds.previous.click()
    await expect(refunds.rows).toHaveCount(25)

    await refunds.sort.selectOption('Oldest first')
    await refunds.show.click()
    await expect(refunds.rows.first()).toContainText('0.01 USDC')
  })

  test('names a filter that it does not understand', { tag: '@desktop' }, async ({ page, refunds }) => {
    await refunds.open('?min=ten&max=1e3')
    await expect(page.getByText('These filters are not valid and were not applied: minimum amount, maximum amount.')).toBeVisible()
    await expect(refunds.rows).not.toHaveCount(0)
  })
})

test('payments that were not credited are listed', { tag: '@desktop' }, async ({ api, page }) => {
  const { id } = await api.paidIntent()
  await api.refund(id, { address: freshAddress(), amount: '1.00' })
  await api.pay(id, 'paid', { amount: '55.55', currency: 'USD' })
  await open(page, '/')
  await page.getByRole('link', { name: 'Review unsupported funds' }).click()
  const row = page.getByRole('row').filter({ has: page.locator(`a[href="/payment-intents/${id}"]`) })
  await expect(row).toContainText('55.55 USDC')
  // The whole row is the link of its first cell.
  await row.click()
  await expect(page).toHaveURL(`/payment-intents/${id}`)
  await expect(page.getByRole('main')).toContainText('not credited')
})

test('a view is saved with its filters and columns, and deleted', { tag: '@no-javascript' }, async ({ page, refunds }) => {
  const name = `Waiting ${Date.now()}`
  await refunds.open('?status=awaiting_approval&sort=oldest')
  await page.getByText('Columns', { exact: true }).click()
  await page.getByLabel('Reason', { exact: true }).check()
  await page.getByRole('button', { name: 'Show these columns' }).click()
  await expect(page).toHaveURL(/[?&]column=reason(&|$)/)
  await expect(refunds.status, 'the filters stay').toHaveValue('awaiting_approval')
  await page.getByText('Save or edit views').click()
  await page.getByLabel('View name').fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('Saved. The view is shown above the list.')

  await refunds.open()
  await page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name }).click()
  await expect(page).toHaveURL(/[?&]column=reason(&|$)/)
  await expect(refunds.status).toHaveValue('awaiting_approval')
  await page.getByRole('link', { name: 'Status: awaiting approval' }).click()
  await expect(refunds.status).toHaveValue('')
  await expect(refunds.sort, 'the order stays').toHaveValue('oldest')

  await page.getByText('Save or edit views').click()
  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(page.getByRole('link', { name })).toHaveCount(0)
})

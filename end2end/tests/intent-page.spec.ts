import { expect, test } from '../fixtures.ts'

test('the JSON of a payment intent is copied as the API returns it', { tag: '@desktop' }, async ({ api, page, intent }) => {
  const { id } = await api.paidIntent({ amount: '12.50' })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await intent.open(id)
  const section = page.getByRole('region', { name: 'API', exact: true })
  await section.getByText('JSON of this payment intent').click()
  await section.getByRole('button', { name: 'Copy JSON' }).click()
  await expect(section.getByText('Copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(JSON.parse(copied)).toEqual({ data: await api.intent(id) })
})

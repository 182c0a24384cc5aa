// The search for everything: the palette, its keys, and the page without JavaScript.
import { freshAddress } from '../addresses.ts'
import { audit, axe } from '../audit.ts'
import { expect, hasJavaScript, open, test } from '../fixtures.ts'
import { openUserMenu } from '../pages/frame.ts'

test('a refund is found from any page with a few keys', { tag: ['@desktop', '@phone'] }, async ({ api, page }) => {
  const address = freshAddress()
  const { id, requite } = await api.paidIntent()
  const refund = await api.refund(id, { address, amount: '1.00' })
  const { transactionHash = '' } = await api.settled(refund.id)
  const field = page.getByRole('combobox', { name: 'Search for' })
  const options = page.getByRole('option')
  const chosen = page.getByRole('option', { selected: true })
  /** Types a text, and waits until its options are there: Enter before that searches on the page. */
  const type = async (text: string) => {
    await page.keyboard.type(text)
    await expect(page.getByRole('listbox')).toHaveAttribute('data-for', text)
  }

  await open(page, '/currencies')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await skip.focus()
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  // Pages before anything is typed.
  await expect(chosen).toContainText('Home')
  await axe(page, 'palette with pages')
  await page.keyboard.press('Escape')
  await expect(skip, 'the focus returns').toBeFocused()

  // One key after the text.
  await page.keyboard.press('Control+k')
  await type(transactionHash.slice(0, 30))
  await expect(page.getByRole('group', { name: 'Refunds' }).getByRole('option')).toContainText('1.00 USDC')
  await axe(page, 'palette with results')
  await page.keyboard.press('Control+a')
  await type(address.toUpperCase().replace('0X', '0x').slice(0, 20))
  await expect(options).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/refunds/${refund.id}`)

  // From the number of the order: an option further, and Enter.
  await open(page, '/')
  await page.keyboard.press('Control+k')
  await type(`#${requite.orderNumber}`)
  await expect(options).toHaveCount(2)
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toContainText('1.00 USDC')
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/refunds/${refund.id}`)

  // An action is a form that begins the refund.
  await open(page, '/')
  await page.keyboard.press('Control+k')
  await type(`refund order ${requite.orderNumber}`)
  await expect(chosen).toContainText(`Refund order #${requite.orderNumber}`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/refund-drafts\/.+\/recipient/)
  // Not while typing in a field.
  await page.getByLabel('address', { exact: false }).first().focus()
  await page.keyboard.type('/?gr')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await open(page, '/')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Refunds')
  await axe(page, 'keys')
  await page.keyboard.press('Escape')
  // The same from the menu, whose button has the focus afterwards.
  const menu = await openUserMenu(page, 'Demo owner')
  await menu.getByRole('link', { name: 'Keyboard shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expect(menu).toBeHidden()
  await expect(page).toHaveURL('/')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('banner').getByRole('button', { name: 'Demo owner' })).toBeFocused()
  const hint = page.getByRole('banner').locator('kbd').first()
  await expect(hint, 'only where there is a keyboard').toBeVisible({ visible: test.info().project.name === 'desktop' })
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page).toHaveURL('/refunds')
})

test('the page finds the same', { tag: ['@phone', '@no-javascript'] }, async ({ api, page }) => {
  const address = freshAddress()
  const { id } = await api.paidIntent()
  const refund = await api.refund(id, { address, amount: '1.00' })
  const { transactionHash = '' } = await api.settled(refund.id)
  const field = page.getByLabel('Order, customer, address, transaction, ID or note')
  await open(page, '/search')
  await audit(page, 'search')
  await field.fill(address.slice(0, 20))
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  const found = page.getByRole('main').getByRole('link', { name: 'Refund' })
  await expect(found).toContainText('1.00 USDC')
  await expect(field).toHaveValue(address.slice(0, 20))
  await audit(page, 'search with results')
  await found.click()
  await expect(page).toHaveURL(`/refunds/${refund.id}`)
  // From the field of the bar: two keys after the text.
  await open(page, '/')
  await page.getByRole('banner').getByRole('searchbox', { name: 'Search' }).fill(address.slice(0, 20))
  await page.keyboard.press('Enter')
  await expect(found, 'the first result has the focus').toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/refunds/${refund.id}`)
  // Exactly one thing has the hash.
  await open(page, '/search')
  await field.fill(transactionHash)
  await field.press('Enter')
  await expect(page).toHaveURL(`/refunds/${refund.id}`)
  await open(page, '/search?q=nobody@')
  await expect(page.getByRole('heading', { name: 'No results' })).toBeVisible()
  if (hasJavaScript()) {
    await audit(page, 'search without results')
    return
  }
  const menu = await openUserMenu(page, 'Demo owner')
  await menu.getByRole('link', { name: 'Keyboard shortcuts' }).click()
  await expect(page).toHaveURL('/docs#keyboard-shortcuts')
  await expect(page.getByRole('region', { name: 'Keyboard shortcuts' }).getByRole('link', { name: 'Refunds', exact: true })).toBeInViewport()
})

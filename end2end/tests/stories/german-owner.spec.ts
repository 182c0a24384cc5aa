// The owner of a German shop works in German all the way: nobody has chosen a language, the browser asks for it. The names of
// what is looked for are those of locales/de.
import type { Page } from '@playwright/test'
import { BITCOIN, EVM } from '../../addresses.ts'
import { fits } from '../../audit.ts'
import { OWNER, PASSWORD, expect, hydrated, open, test } from '../../fixtures.ts'

test.describe.configure({ timeout: 120_000 })
// Uses its own server, since its policy and its language would be wrong in other tests.
test.use({ settings: { REQUITE_REFUND_WINDOW: '34d' }, person: 'anonymous', locale: 'de-DE' })

const PHONE = 390

/** The page says that it is German, and has room for it on a phone. */
async function isGerman(page: Page, name: string) {
  await hydrated(page)
  await expect(page.locator('html'), name).toHaveAttribute('lang', 'de')
  await fits(page, name, [PHONE])
}

/** Follows a link of the navigation. */
async function goTo(page: Page, title: string) {
  await page.getByRole('navigation', { name: 'Hauptnavigation' }).getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
}

test('a German owner makes a refund, changes the policy and reads a statement', { tag: '@desktop' }, async ({ api, page, intent, wizard, refund }) => {
  const paid = await api.paidIntent({ amount: '80.00' })
  const main = page.getByRole('main')
  const heading = page.getByRole('heading', { level: 1 })
  const button = (name: string) => main.getByRole('button', { name, exact: true })
  const field = (name: string) => main.getByRole('textbox', { name, exact: true })

  await test.step('meldet sich an', async () => {
    await open(page, '/')
    await expect(heading).toHaveText('Anmelden')
    await isGerman(page, 'Anmelden')
    await field('E-Mail-Adresse').fill(OWNER)
    await page.getByLabel('Passwort').fill(PASSWORD)
    await button('Anmelden').click()
    await expect(heading).toHaveText('Startseite')
    await expect(page.getByText('Es wird kein echtes Geld bewegt.')).toBeVisible()
    await isGerman(page, 'Startseite')
  })

  await test.step('sucht die Bestellung', async () => {
    const wanted = `Bestellung ${paid.requite.orderNumber}`
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: /^Suche nach Bestellungen/ })).toBeFocused()
    await page.keyboard.type(wanted)
    await expect(page.getByRole('listbox', { name: 'Ergebnisse' })).toHaveAttribute('data-for', wanted)
    await expect(page.getByRole('option', { selected: true })).toContainText(`Bestellung #${paid.requite.orderNumber}`)
    await page.keyboard.press('Enter')
    await expect(heading).toHaveText('80.00 USDC bezahlt')
    await expect(main.getByRole('region', { name: 'Beträge' }).locator('dt:text-is("Noch erstattbar") + dd')).toHaveText('80.00 USDC')
    await isGerman(page, 'Zahlungsanforderung')
  })

  await test.step('gibt den Empfänger ein; eine falsche Adresse fällt beim Tippen auf', async () => {
    await button('Aktionen').click()
    await button('Krypto-Erstattung').click()
    await wizard.at('recipient')
    await expect(page.getByRole('heading', { level: 2, name: 'Empfänger' })).toBeVisible()
    await expect(main.getByRole('group', { name: 'Netzwerk', exact: true }).getByRole('radio', { name: 'Base' })).toBeChecked()
    await field('Adresse des Kunden').fill(BITCOIN)
    await expect(wizard.error('address')).toContainText('Bitcoin, aber die Erstattung wird auf Base gesendet.')
    await isGerman(page, 'Empfänger mit einem Fehler')
    await field('Adresse des Kunden').fill(EVM)
    await expect(wizard.error('address')).toBeEmpty()
    await expect(wizard.addressAdvice).toHaveText('Die Prüfsumme stimmt.')
    await main.getByLabel('Grund', { exact: true }).selectOption('Nicht geliefert')
    await button('Weiter zum Betrag').click()
  })

  await test.step('gibt den Betrag ein; ein Komma fällt beim Tippen auf', async () => {
    await wizard.at('amount')
    await expect(page.locator('#amount-hint')).toContainText('Noch erstattbar: 80.00 USDC.')
    await field('Betrag in USDC').fill('12,50')
    await expect(wizard.error('amount')).toHaveText('Das ist kein gültiger Betrag. Geben Sie Ziffern mit höchstens einem Punkt ein, zum Beispiel 12.50.')
    await isGerman(page, 'Betrag mit einem Fehler')
    await field('Betrag in USDC').fill('12.50')
    await expect(wizard.error('amount')).toBeEmpty()
    await button('Weiter zum Guthaben').click()
  })

  await test.step('wählt das Guthaben, prüft und bestätigt', async () => {
    await wizard.at('funding')
    await main.getByRole('group', { name: 'Guthaben, das belastet wird' }).getByRole('radio', { name: 'USD' }).check()
    await isGerman(page, 'Guthaben')
    await button('Weiter zur Prüfung').click()
    await wizard.at('review')
    await expect(main).toContainText('12.50 USDC auf Base')
    await expect(main).toContainText('Eine Erstattung kann nicht rückgängig gemacht werden.')
    await isGerman(page, 'Prüfung')
    await main.getByRole('link', { name: 'Weiter zur Bestätigung' }).click()
    await wizard.at('confirm')
    await isGerman(page, 'Bestätigung')
    await main.getByRole('checkbox', { name: /^Die Adresse auf Base gehört dem Kunden\./ }).check()
    await button('12.50 USDC senden').click()
    await expect(heading).toHaveText('Erstattung über 12.50 USDC')
    await expect(refund.status).toContainText('abgeschlossen')
    await expect(refund.fact('Empfänger', 'Grund')).toHaveText('Nicht geliefert')
    await expect(refund.fact('Beträge', 'Der Kunde erhält')).toHaveText('12.50 USDC')
    await isGerman(page, 'Erstattung')
  })
  const { id } = refund

  await test.step('sieht sie unter den Erstattungen, mit deutschem Datum', async () => {
    await goTo(page, 'Erstattungen')
    const rows = main.getByRole('region', { name: 'Erstattungen', exact: true }).locator('tbody').getByRole('row')
    const row = rows.filter({ has: page.locator(`a[href="/refunds/${id}"]`) })
    await expect(row).toContainText('12.50 USDC')
    await expect(row).toContainText('abgeschlossen')
    // The script shows the time as German readers write it, and keeps the server's UTC as the title.
    await expect(row.getByRole('time')).toHaveText(/^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/)
    await expect(row.getByRole('time')).toHaveAttribute('title', /^\d{1,2}\. \p{L}+\.? \d{4}, \d\d:\d\d UTC$/u)
    await isGerman(page, 'Erstattungen')
  })

  await test.step('ändert die Richtlinie', async () => {
    await goTo(page, 'Einstellungen')
    await main.getByLabel('Höchstbetrag einer Erstattung in US-Dollar').fill('900')
    await button('Speichern').click()
    await expect(main.getByRole('status')).toHaveText('Gespeichert. Die Richtlinie gilt ab jetzt für jede Erstattung.')
    await expect(main.getByRole('region', { name: 'Verlauf' })).toContainText('von Demo owner')
    await isGerman(page, 'Einstellungen')
  })

  await test.step('liest den Kontoauszug des Monats', async () => {
    await goTo(page, 'Kontoauszüge')
    await isGerman(page, 'Kontoauszüge')
    await main.getByRole('region', { name: 'Kontoauszüge' }).getByRole('row', { name: 'USD' }).first().getByRole('link').click()
    await expect(heading).toHaveText(/^Kontoauszug für \p{L}+ \d{4}/u)
    await expect(main.getByRole('region', { name: 'USD', exact: true })).toContainText('Anfangssaldo')
    await expect(main).toContainText(/Der Monat kann ab 1\. \p{L}+\.? \d{4}, 01:00 UTC abgeschlossen werden\./u)
    await isGerman(page, 'Kontoauszug')
  })

  await test.step('wählt Englisch, und wieder die Sprache des Browsers', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Demo owner' }).click()
    await page.getByRole('group', { name: 'Ihr Menü' }).getByRole('link', { name: 'Ihr Konto' }).click()
    await expect(heading).toHaveText('Ihr Konto')
    await isGerman(page, 'Ihr Konto')
    await main.getByLabel('Sprache der Konsole').selectOption('English')
    await button('Sprache speichern').click()
    await expect(heading).toHaveText('Your account')
    await expect(main.getByRole('status')).toHaveText('Saved. It applies in every browser in which you sign in.')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await intent.open(paid.id)
    await expect(heading).toHaveText('80.00 USDC partially refunded')
    await open(page, '/account')
    await main.getByLabel('Console language').selectOption('Same as the browser')
    await button('Save language').click()
    await expect(heading).toHaveText('Ihr Konto')
    await expect(main.getByRole('status')).toHaveText('Gespeichert. Die Sprache gilt in jedem Browser, in dem Sie sich anmelden.')
    await isGerman(page, 'Ihr Konto nach der Wahl')
  })
})

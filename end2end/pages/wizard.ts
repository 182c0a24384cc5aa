import { type Page, expect } from '@playwright/test'
import { hydrated } from '../fixtures.ts'

export type Step = 'recipient' | 'amount' | 'funding' | 'review' | 'confirm'

export interface Recipient {
  network?: string
  address?: string
  email?: string
  reason?: string
  note?: string
}

/** The five pages of a refund. */
export class Wizard {
  readonly address
  readonly addressAdvice
  readonly memo
  readonly memoAdvice
  readonly noMemo
  readonly overrideReason
  readonly email
  readonly reason
  readonly note
  readonly coin
  readonly changeCoin
  readonly amount
  readonly price
  readonly toAmount
  readonly toFunding
  readonly toReview
  readonly toConfirm
  readonly back
  readonly typed
  readonly agree
  readonly send
  readonly newRate
  readonly discard
  readonly notice

  constructor(readonly page: Page) {
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    this.address = page.getByLabel("Customer's address")
    this.addressAdvice = page.locator('#address-advice')
    this.memo = page.getByLabel('Memo or destination tag')
    this.memoAdvice = page.locator('#memo-advice')
    this.noMemo = page.getByRole('checkbox', { name: /no memo is needed/ })
    this.overrideReason = page.getByLabel('Reason for sending despite the warning')
    this.email = page.getByLabel("Customer's e-mail")
    this.reason = page.getByLabel('Reason', { exact: true })
    this.note = page.getByLabel('Note for your team')
    this.coin = page.getByLabel('Coin to send')
    this.changeCoin = button('Change coin')
    this.price = page.getByLabel(/^(Refund value|Part of the price)/)
    this.amount = page.getByLabel(/^Amount in /)
    this.toAmount = button('Continue to the amount')
    this.toFunding = button('Continue to funding balance')
    this.toReview = button('Continue to the review')
    this.toConfirm = page.getByRole('link', { name: 'Continue to confirm' })
    this.back = page.getByRole('link', { name: 'Back' })
    this.typed = page.getByLabel('Last six characters of the address')
    this.agree = page.getByRole('checkbox', { name: /cannot be cancelled/ })
    this.send = button(/^(Send|Submit) /)
    this.newRate = button('Get new rate')
    this.discard = button('Discard and start over')
    this.notice = page.getByRole('alert')
  }

  network(name: string) {
    return this.page.getByRole('group', { name: 'Network' }).getByRole('radio', { name })
  }

  balance(currency: string) {
    return this.page.getByRole('group', { name: 'Balance to take it from' }).getByRole('radio', { name: new RegExp(`^${currency}\\b`) })
  }

  /** The basis of the amount. */
  way(name: string) {
    return this.page.getByRole('group', { name: 'Refund amount based on' }).getByRole('radio', { name })
  }

  feePayer(name: string) {
    return this.page.getByRole('group', { name: 'Network fee paid by' }).getByRole('radio', { name })
  }

  /** The error message of a field. */
  error(field: 'address' | 'memo' | 'override_reason' | 'network' | 'email' | 'note' | 'amount' | 'funding') {
    return this.page.locator(`#${field}-error`)
  }

  /** Waits until this step is shown. */
  async at(step: Step) {
    await expect(this.page).toHaveURL(new RegExp(`/refund-drafts/[0-9a-f-]+/${step}(\\?(check=1|resumed=1|typed=\\w+|way=[^/]+))?$`))
    await hydrated(this.page)
  }

  /** The URL of a step of the open draft. */
  url(step: Step) {
    return this.page.url().replace(/\/(recipient|amount|funding|review|confirm)(\?.*)?$/, `/${step}`)
  }

  async fillRecipient({ network, address, email, reason, note }: Recipient) {
    await this.at('recipient')
    if (network !== undefined) await this.network(network).check()
    if (address !== undefined) await this.address.fill(address)
    if (email !== undefined) await this.email.fill(email)
    if (reason !== undefined) await this.reason.selectOption(reason)
    if (note !== undefined) await this.note.fill(note)
    await this.toAmount.click()
  }

  async fillAmount(amount?: string) {
    await this.at('amount')
    if (amount !== undefined) await this.amount.fill(amount)
    await this.toFunding.click()
  }

  async chooseFunding(currency?: string) {
    await this.at('funding')
    if (currency !== undefined) await this.balance(currency).check()
    await this.toReview.click()
  }

  /** Fills in valid input up to the review. */
  async fill({ amount, funding, ...recipient }: Recipient & { amount?: string; funding?: string }) {
    await this.fillRecipient(recipient)
    await this.fillAmount(amount)
    await this.chooseFunding(funding)
    await this.at('review')
  }

  /** Types the end of the address that the page shows, if it is asked for: tests refund to the same address all day. */
  async typeEndIfAsked() {
    if (!(await this.typed.isVisible())) return
    const address = await this.page.locator('main code[aria-label]').first().getAttribute('aria-label')
    await this.typed.fill((address ?? '').slice(-6))
  }

  /** Agrees on the confirm page. */
  async consent() {
    await this.typeEndIfAsked()
    await this.agree.check()
  }

  /** From the review to the refund. */
  async confirm() {
    await this.toConfirm.click()
    await this.at('confirm')
    await this.consent()
    await this.send.click()
    await expect(this.page).toHaveURL(/\/refunds\/[0-9a-f-]+$/)
    await hydrated(this.page)
  }
}

import type { Page } from '@playwright/test'
import { PASSWORD } from '../fixtures.ts'

export class SignInPage {
  readonly email
  readonly password
  readonly submit
  readonly notice

  constructor(readonly page: Page) {
    this.email = page.getByLabel('E-mail address')
    this.password = page.getByLabel('Password')
    this.submit = page.getByRole('button', { name: 'Sign in' })
    this.notice = page.getByRole('alert')
  }

  async signIn(email: string, password = PASSWORD) {
    await this.email.fill(email)
    await this.password.fill(password)
    await this.submit.click()
  }
}

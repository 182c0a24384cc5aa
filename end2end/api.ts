import { type APIRequestContext, expect } from '@playwright/test'
import { randomUUID } from 'node:crypto'

/** The REST API, as far as tests need it. */
export class Api {
  constructor(readonly request: APIRequestContext) {}

  async post<T>(path: string, data: object): Promise<T> {
    const response = await this.request.post(path, { data: { idempotencyKey: randomUUID(), ...data } })
    expect(response.ok(), `POST ${path}: ${response.status()} ${await response.text()}`).toBe(true)
    return (await response.json()).data
  }
}

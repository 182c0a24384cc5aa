// A reporter that names the pages of the console of which no picture was taken, and those that were wider than a window.
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { PHOTOGRAPHED, TOO_WIDE, isForDocuments } from './album.ts'
import { missingPages } from './audited-pages.ts'

export default class PhotographedPages implements Reporter {
  readonly #paths = new Set<string>()
  readonly #wide: string[] = []

  printsToStdio() {
    return false
  }

  onTestEnd(_: TestCase, { annotations }: TestResult) {
    for (const { type, description = '' } of annotations) {
      if (type === PHOTOGRAPHED) this.#paths.add(description)
      if (type === TOO_WIDE) this.#wide.push(description)
    }
  }

  async onEnd({ status }: FullResult): Promise<{ status?: FullResult['status'] } | undefined> {
    if (isForDocuments) return
    for (const one of this.#wide) console.error(`Wider than its window: ${one}`)
    const { count, missing } = missingPages(this.#paths)
    if (missing.length > 0) console.error(`There is no picture of these pages of ${count}: ${missing.join(', ')}`)
    return status === 'passed' && missing.length > 0 ? { status: 'failed' } : undefined
  }
}

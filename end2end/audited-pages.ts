// A reporter that fails a whole run in which a page of the console was not audited.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** The type of the annotation with the path of a page that was audited. */
export const AUDITED = 'audited'

const folder = import.meta.dirname

/** The routes of the console's pages, such as `/refunds/:id`; those without parameters first, since they match first. */
function routes() {
  const source = readFileSync(join(folder, '../src/ui/mod.rs'), 'utf8')
  const found = [...source.matchAll(/path!\("(.+?)"\)/g)].map(([, route = '']) => route)
  return found.sort((one, other) => Number(one.includes(':')) - Number(other.includes(':')))
}

const matches = (route: string, path: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path)

/** How many pages the console has, and those that none of the paths leads to. */
export function missingPages(paths: Iterable<string>) {
  const all = routes()
  const found = new Set([...paths].map(path => all.find(route => matches(route, path))))
  return { count: all.length, missing: all.filter(route => !found.has(route)) }
}

export default class AuditedPages implements Reporter {
  readonly #paths = new Set<string>()
  readonly #files = new Set<string>()

  printsToStdio() {
    return false
  }

  onTestEnd({ location }: TestCase, { annotations }: TestResult) {
    this.#files.add(basename(location.file))
    for (const { type, description } of annotations) if (type === AUDITED && description) this.#paths.add(description)
  }

  async onEnd({ status }: FullResult): Promise<{ status?: FullResult['status'] } | undefined> {
    const files = readdirSync(join(folder, 'tests')).filter(file => file.endsWith('.spec.ts'))
    const isWhole = status === 'passed' && files.every(file => this.#files.has(file))
    if (!isWhole) return
    const { count, missing } = missingPages(this.#paths)
    if (count > 0 && missing.length === 0) return
    console.error(`No test audits these pages of ${count}: ${missing.join(', ')}`)
    return { status: 'failed' }
  }
}

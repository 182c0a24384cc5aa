// Compares README.md's table of files and projects with the tests that run.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'

const folder = resolve(import.meta.dirname, '..')

/** `refund.spec.ts, desktop: 7` for each file and project. */
function counted(runs: { file: string; project: string; journeys: number }[]) {
  const sums = new Map<string, number>()
  for (const { file, project, journeys } of runs) {
    const key = `${file}, ${project}`
    sums.set(key, (sums.get(key) ?? 0) + journeys)
  }
  return [...sums].map(([key, journeys]) => `${key}: ${journeys}`).sort()
}

/** All tests that Playwright would run without a filter. */
async function planned() {
  const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '../cli.js')
  // Without the settings of this run's own report.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PLAYWRIGHT_')))
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'test', '--list', '--reporter=json'], { cwd: folder, env, maxBuffer: 2 ** 26 })
  const runs = ({ specs, suites = [] }: JSONReportSuite): { file: string; project: string; journeys: number }[] => [
    ...specs.flatMap(({ file, tests }) => tests.map(({ projectName }) => ({ file, project: projectName, journeys: 1 }))),
    ...suites.flatMap(runs),
  ]
  return (JSON.parse(stdout) as JSONReport).suites.flatMap(runs)
}

/** The rows of README.md's table. */
async function documented() {
  const text = await readFile(join(folder, 'README.md'), 'utf8')
  return [...text.matchAll(/^\| `(.+\.spec\.ts)` \| ([\w-]+) \| (\d+) \| (.*\S) \|$/gm)].map(([, file = '', project = '', journeys]) => ({
    file,
    project,
    journeys: Number(journeys),
  }))
}

test('README.md lists where each journey runs and what it proves there', { tag: '@desktop' }, async () => {
  const runs = await planned()
  expect(runs.length).toBeGreaterThan(100)
  expect(counted(await documented())).toEqual(counted(runs))
})

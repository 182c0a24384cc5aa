// Circle's own SDK, unchanged, against Requite.
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '../fixtures.ts'

test('the quick start with Circle’s SDK runs', { tag: '@desktop' }, async ({ server }) => {
  const script = resolve(import.meta.dirname, '../sdk/quickstart.mjs')
  const env = { ...process.env, REQUITE_URL: server.url, REQUITE_API_KEY: server.apiKey }
  // Fails with the script's output unless the exit code is 0.
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
  expect(stdout).not.toBe('')
})

import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'
import { type Settings, UNASSIGNED } from './fixtures.ts'

const shell = '/usr/bin/chromium-headless-shell'

// Only the browser features that the tests need. No background requests, and no sandbox, so that it starts as root in a
// container.
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium'),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

// Each test names its projects with tags; README.md says what each proves there.
const PROJECTS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  'no-javascript': { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
}
const tagged = (name: string) => new RegExp(`(^| )@${name}( |$)`)

export default defineConfig<object, Settings>({
  testDir: 'tests',
  outputDir: 'results/tests',
  globalSetup: './setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 3,
  retries: 0,
  // Long enough for a busy machine; successful tests do not wait for it.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [[process.stdout.isTTY ? 'list' : 'line'], ['./audited-pages.ts']],
  use: {
    launchOptions,
    browserName: 'chromium',
    // Different from the server's language and time zone, so that the tests notice if one of these is shown.
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
  projects: [
    ...Object.entries(PROJECTS).map(([name, use]) => ({ name, use, grep: tagged(name) })),
    // Runs the tests without a tag, and makes each of them fail, so that none is skipped.
    { name: UNASSIGNED, grepInvert: Object.keys(PROJECTS).map(tagged) },
  ],
})

import { defineConfig } from '@playwright/test'
import { type Settings, UNASSIGNED } from './fixtures.ts'

// Only the browser features that the tests need: no background requests, and it starts as root in a container.
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
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
  workers: 2,
  retries: 0,
  // Generous: a busy machine must not cause failures, and a successful test does not wait.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [[process.stdout.isTTY ? 'list' : 'line'], ['./audited-pages.ts']],
  use: {
    launchOptions,
    browserName: 'chromium',
    // Different from the server's language and time zone, so that a leak of either is noticed.
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
  projects: [
    ...Object.entries(PROJECTS).map(([name, use]) => ({ name, use, grep: tagged(name) })),
    // A test without a tag is not skipped: it runs here, where every test fails.
    { name: UNASSIGNED, grepInvert: Object.keys(PROJECTS).map(tagged) },
  ],
})

import { defineConfig } from '@playwright/test'
import type { Settings } from './fixtures.ts'

// What tests need of the browser and no more: nothing is fetched in the background, and it starts as root in a container.
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

// The same in every browser, so once is enough.
const NO_BROWSER = ['headers.spec.ts', 'sdk.spec.ts']

export default defineConfig<object, Settings>({
  testDir: 'tests',
  outputDir: 'results/tests',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  // Generous: a busy machine is no failure, and what succeeds waits for nothing.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.stdout.isTTY ? 'list' : 'line',
  use: {
    launchOptions,
    browserName: 'chromium',
    // Neither the server's language nor its time zone, so that what is left in either is noticed.
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
      testIgnore: NO_BROWSER,
    },
    {
      name: 'no-javascript',
      use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
      testIgnore: [...NO_BROWSER, 'live.spec.ts', 'budget.spec.ts'],
    },
  ],
})

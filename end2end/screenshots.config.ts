// Photographs every page: `npm run screenshots`. It is no part of the check, since it takes people to look at pictures.
import { defineConfig } from '@playwright/test'
import type { Settings } from './fixtures.ts'
import { launchOptions } from './playwright.config.ts'

export default defineConfig<object, Settings>({
  testDir: '.',
  testMatch: '**/screenshots.ts',
  outputDir: 'results/screenshots',
  globalSetup: './setup.ts',
  workers: 1,
  timeout: 60 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./photographed-pages.ts']],
  use: {
    launchOptions,
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
  },
  projects: [{ name: 'screenshots' }],
})

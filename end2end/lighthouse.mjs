// Runs Lighthouse over pages of the console, signed in, and prints a table: node lighthouse.mjs BASE. LIGHTHOUSE is the folder
// in which it is installed.
import { chromium } from '@playwright/test'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { pathToFileURL } from 'node:url'

const [base] = process.argv.slice(2)
const { default: lighthouse } = await import(
  pathToFileURL(`${process.env.LIGHTHOUSE}/node_modules/lighthouse/core/index.js`).href
)
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100 }

/** A port that is free now. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const port = await freePort()
const shell = '/usr/bin/chromium-headless-shell'
const browser = await chromium.launchPersistentContext('', {
  executablePath: process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium'),
  args: ['--no-sandbox', `--remote-debugging-port=${port}`],
})
const page = await browser.newPage()
await page.goto(`${base}/sign-in`)
await page.getByLabel('E-mail').fill('demo@requite.example')
await page.getByLabel('Password').fill('refund with care')
await page.getByRole('button', { name: 'Sign in' }).click()
await page.waitForURL(`${base}/`)

/** The path that the first of these links of a page leads to. */
const linked = async (path, start) => {
  await page.goto(base + path)
  return page.locator(`main a[href^="${start}"]`).first().getAttribute('href')
}
const intent = await linked('/payment-intents?status=paid', '/payment-intents/0')
const refund = await linked('/refunds', '/refunds/')
await page.goto(base + intent)
await page.getByRole('button', { name: 'Actions' }).click()
await page.getByRole('button', { name: 'Crypto refund' }).click()
await page.waitForURL(/\/recipient/)
const pages = {
  Home: '/',
  'payment intent': intent,
  'wizard, recipient': new URL(page.url()).pathname,
  refund,
  'list of refunds': '/refunds',
}

console.log('| page | performance | accessibility | best practices | largest paint | blocked | layout shift |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |')
let isGood = true
for (const [name, path] of Object.entries(pages)) {
  const { lhr } = await lighthouse(base + path, {
    port,
    logLevel: 'error',
    // The session is kept.
    disableStorageReset: true,
    onlyCategories: Object.keys(LEAST),
  })
  const scores = Object.keys(LEAST).map((category) => Math.round(lhr.categories[category].score * 100))
  isGood &&= Object.values(LEAST).every((least, index) => scores[index] >= least)
  const shown = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
  console.log(`| ${[name, ...scores, ...shown.map((id) => lhr.audits[id].displayValue)].join(' | ')} |`)
}
await browser.close()
process.exitCode = isGood ? 0 : 1

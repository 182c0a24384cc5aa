import { type APIRequest, type BrowserContextOptions, type Page, test as base, expect } from '@playwright/test'
import { mkdtemp, open as openFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Api } from './api.ts'
import { OWNER as CHAIN_OWNER, startChain } from './chain/environment.mjs'
import { IntentPage } from './pages/intent.ts'
import { IntentsPage } from './pages/intents.ts'
import { RefundPage } from './pages/refund.ts'
import { RefundsPage } from './pages/refunds.ts'
import { SignInPage } from './pages/sign-in.ts'
import { Wizard } from './pages/wizard.ts'
import { type Server, binary, startEmptyServer, startServer } from './server.ts'

export { expect }

export const PASSWORD = 'refund with care'
export const OWNER = 'demo@requite.example'
export const APPROVER = 'approver@requite.example'
export const OPERATOR = 'operator@requite.example'
export const VIEWER = 'viewer@requite.example'

/** The project of tests without a project tag. */
export const UNASSIGNED = 'no project'

type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>
const NO_SESSION: Session = { cookies: [], origins: [] }

/** The role that the browser is signed in with. */
type Person = 'owner' | 'approver' | 'operator' | 'viewer' | 'anonymous'

export interface Settings {
  /** Server settings, for a file whose tests need others. */
  settings: Record<string, string>
}

type Chain = Awaited<ReturnType<typeof startChain>>

interface WorkerFixtures extends Settings {
  /** A server that only this worker uses. */
  server: Server
  sessions: Record<Person, Session>
}

interface TestFixtures {
  /** Checks that the test's tags are names of projects. */
  assigned: void
  person: Person
  /** Requests with the merchant's API key. */
  api: Api
  /** Browser problems that a test provokes. */
  expectedProblems: RegExp[]
  /** Every browser problem so far. */
  problems: string[]
  signIn: SignInPage
  intents: IntentsPage
  intent: IntentPage
  wizard: Wizard
  refund: RefundPage
  refunds: RefundsPage
  /** A second person in a separate browser. */
  approver: Page
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  settings: [{}, { scope: 'worker', option: true }],

  server: [
    async ({ settings }, use) => {
      const server = await startServer(settings)
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  sessions: [
    async ({ server, playwright }, use) => {
      const session = (email: string) => signIn(playwright.request, server, email)
      await use({
        owner: await session(OWNER),
        approver: await session(APPROVER),
        operator: await session(OPERATOR),
        viewer: await session(VIEWER),
        anonymous: NO_SESSION,
      })
    },
    { scope: 'worker' },
  ],

  assigned: [
    async ({}, use, { project, tags, config }) => {
      const projects = config.projects.map(({ name }) => name).filter(name => name !== UNASSIGNED)
      expect(project.name, `tag the test with at least one of ${projects.map(name => `@${name}`).join(', ')}`).not.toBe(UNASSIGNED)
      for (const tag of tags) expect(projects, `${tag} is no project`).toContain(tag.slice(1))
      await use()
    },
    { auto: true },
  ],

  person: ['owner', { option: true }],
  baseURL: ({ server }, use) => use(server.url),
  storageState: ({ person, sessions }, use) => use(sessions[person]),

  api: async ({ server, playwright }, use) => {
    const request = await playwright.request.newContext({
      baseURL: server.url,
      extraHTTPHeaders: { authorization: `Bearer ${server.apiKey}` },
    })
    await use(new Api(request))
    await request.dispose()
  },

  expectedProblems: [[], { option: true }],

  problems: [
    async ({ context, server, expectedProblems }, use) => {
      const problems: string[] = []
      // Chromium preloads the script, and warns because it is not run.
      const expected = hasJavaScript() ? expectedProblems : [...expectedProblems, /was preloaded using link preload but not used/]
      const report = (problem: string) => {
        if (!expected.some(pattern => pattern.test(problem))) problems.push(problem)
      }
      context.on('console', message => {
        if (['error', 'warning'].includes(message.type())) report(`console ${message.type()}: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', error => report(`uncaught: ${error.error().stack ?? error.error().message}`))
      context.on('request', request => {
        const url = new URL(request.url())
        if (url.protocol !== 'data:' && url.origin !== server.url) report(`request to another host: ${request.url()}`)
      })
      context.on('requestfailed', request => {
        const failure = request.failure()?.errorText
        // The browser aborts requests when a page is left, and the navigation when it becomes a download.
        const givenUp = failure === 'net::ERR_ABORTED' && (!request.isNavigationRequest() || /\/(refunds|payment-intents)\.csv\?/.test(request.url()))
        // Chromium's message for a script that is preloaded while scripts are disabled.
        const notRun = failure === 'csp' && request.resourceType() === 'script' && !hasJavaScript()
        if (!givenUp && !notRun) report(`request failed: ${failure} ${request.method()} ${request.url()}`)
      })
      await use(problems)
      expect(problems, 'problems in the browser').toEqual([])
    },
    { auto: true },
  ],

  signIn: ({ page }, use) => use(new SignInPage(page)),
  intents: ({ page }, use) => use(new IntentsPage(page)),
  intent: ({ page }, use) => use(new IntentPage(page)),
  wizard: ({ page }, use) => use(new Wizard(page)),
  refund: ({ page }, use) => use(new RefundPage(page)),
  refunds: ({ page }, use) => use(new RefundsPage(page)),

  approver: async ({ browser, sessions, server, contextOptions }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: server.url, storageState: sessions.approver })
    await use(await context.newPage())
    await context.close()
  },
})

/** The session of a person. */
async function signIn(requests: APIRequest, server: Server, email: string): Promise<Session> {
  const request = await requests.newContext({ baseURL: server.url })
  await request.post('/do/sign-in', { form: { email, password: PASSWORD }, headers: { accept: 'text/html' } })
  const state = await request.storageState()
  expect(state.cookies, `${email} is signed in`).not.toHaveLength(0)
  await request.dispose()
  return state
}

/** The same with a server on which nothing was done yet. Its only person is the owner, and it has no API key. */
export const testOnEmpty = test.extend<object, object>({
  server: [
    async ({ settings }, use) => {
      const server = await startEmptyServer({ name: 'Demo owner', email: OWNER, password: PASSWORD }, settings)
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  sessions: [
    async ({ server, playwright }, use) => {
      const owner = await signIn(playwright.request, server, OWNER)
      await use({ owner, approver: NO_SESSION, operator: NO_SESSION, viewer: NO_SESSION, anonymous: NO_SESSION })
    },
    { scope: 'worker' },
  ],
})

/** The same with a production server, on a chain that only this worker uses. Its only person is the owner. */
export const testOnChain = test.extend<object, { chain: Chain }>({
  chain: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'requite-chain-'))
      const log = await openFile(join(folder, 'server.log'), 'w')
      const chain = await startChain({ binary, folder, address: '127.0.0.1:0', log: log.fd, settings: { REQUITE_ADDRESS_DELAY: '0s' } })
      await use(chain)
      await chain.end()
      await log.close()
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  server: [({ chain }, use) => use({ url: chain.url, apiKey: chain.apiKey, stop: () => chain.end() }), { scope: 'worker' }],
  sessions: [
    async ({ server, playwright }, use) => {
      const owner = await signIn(playwright.request, server, CHAIN_OWNER)
      await use({ owner, approver: NO_SESSION, operator: NO_SESSION, viewer: NO_SESSION, anonymous: NO_SESSION })
    },
    { scope: 'worker' },
  ],
})

/** Whether the browser of this project runs scripts. */
export const hasJavaScript = () => test.info().project.use.javaScriptEnabled !== false

/** Waits until the page's islands are hydrated, if JavaScript is enabled. */
export async function hydrated(page: Page) {
  if (hasJavaScript()) await expect(page.locator('html[data-hydrated]')).toBeAttached()
}

/** Opens a page and waits until it can be used. */
export async function open(page: Page, path: string) {
  const response = await page.goto(path)
  await hydrated(page)
  return response
}

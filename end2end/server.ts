// A Requite server: a process on a free port with its own database, which is deleted afterwards.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Server {
  /** Its base URL, without a trailing slash. */
  url: string
  /** The API key of its demo merchant; empty if it has no demo data. */
  apiKey: string
  stop(): Promise<void>
}

/** Who signs in to a server without demo data. */
export interface Owner {
  name: string
  email: string
  password: string
}

const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, '../target')
/** The server under test: what REQUITE_BINARY names, or the debug build that the Rust tests have made. */
export const binary = process.env.REQUITE_BINARY || join(target, 'debug/requite')

// Short delays, and rates that can be calculated by hand.
const quick = {
  REQUITE_ADDR: '127.0.0.1:0',
  REQUITE_ADDRESS_DELAY: '0s',
  REQUITE_WORKER_INTERVAL: '50ms',
  REQUITE_SANDBOX_DELAY: '1500ms',
  REQUITE_SANDBOX_RATE_DRIFT: '0',
  REQUITE_LOG: 'warn',
}

/** Starts a server with demo data and reads its base URL and API key from its output. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  return serve(await newPlace(settings), true)
}

/** Starts a server on which nothing was done yet. It has an owner. */
export async function startEmptyServer({ name, email, password }: Owner, settings: Record<string, string> = {}): Promise<Server> {
  const place = await newPlace(settings)
  await command(place, ['user', 'add', '--merchant', 'My shop', '--role', 'owner', '--name', name, '--email', email], password)
  return serve(place, false)
}

/** A folder for the database, and the settings of a server with it. */
interface Place {
  folder: string
  env: NodeJS.ProcessEnv
}

async function newPlace(settings: Record<string, string>): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'requite-end2end-'))
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REQUITE_')))
  return { folder, env: { ...inherited, ...quick, DATABASE_URL: `sqlite:${join(folder, 'requite.db')}`, ...settings } }
}

/** Runs a command of Requite with a line on its standard input. */
function command({ env }: Place, args: string[], input: string) {
  return new Promise<void>((done, fail) => {
    const child = execFile(binary, args, { env }, (error, _, stderr) => {
      if (error === null) done()
      else fail(new Error(`requite ${args.slice(0, 2).join(' ')}: ${stderr || error.message}`))
    })
    child.stdin?.end(`${input}\n`)
  })
}

async function serve({ folder, env }: Place, hasDemo: boolean): Promise<Server> {
  const child = spawn(binary, hasDemo ? ['serve', '--demo'] : ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = once(child, 'exit')
  // An aborted test run leaves no server behind.
  const killed = () => child.kill('SIGKILL')
  process.once('exit', killed)

  let log = ''
  child.stderr.setEncoding('utf8').on('data', text => (log += text))
  const greeting = new Promise<Pick<Server, 'url' | 'apiKey'>>((resolve, reject) => {
    let url: string | undefined
    createInterface({ input: child.stdout }).on('line', line => {
      url ??= line.match(/^Requite is at (http:\S+)$/)?.[1]
      const apiKey = hasDemo ? line.match(/sandbox API key\s+(\S+)$/)?.[1] : ''
      if (url && apiKey !== undefined) resolve({ url, apiKey })
    })
    child.once('error', error => reject(new Error(`${binary} cannot be started: ${error.message}`)))
    child.once('exit', () => reject(new Error(`${binary} stopped before it was ready:\n${log}`)))
  })
  return {
    ...(await greeting),
    async stop() {
      child.kill('SIGKILL')
      await exit
      process.off('exit', killed)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

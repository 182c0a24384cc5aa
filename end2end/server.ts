// A Requite server: a process on a free port with an empty database that is deleted afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Server {
  /** Its base URL, without a trailing slash. */
  url: string
  /** The API key of its demo merchant. */
  apiKey: string
  stop(): Promise<void>
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
  const folder = await mkdtemp(join(tmpdir(), 'requite-end2end-'))
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REQUITE_')))
  const env = { ...inherited, ...quick, DATABASE_URL: `sqlite:${join(folder, 'requite.db')}`, ...settings }
  const child = spawn(binary, ['serve', '--demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
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
      const apiKey = line.match(/sandbox API key\s+(\S+)$/)?.[1]
      if (url && apiKey) resolve({ url, apiKey })
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

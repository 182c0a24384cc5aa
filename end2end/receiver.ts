// A merchant's webhook receiver: a small server on this machine, and the libraries with which merchants verify
// webhooks.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Webhook } from 'standardwebhooks'

export interface Message {
  headers: Record<string, string>
  /** The exact bytes, since these are signed. */
  body: string
}

export interface Event {
  type: string
  data: Record<string, string>
}

interface Reply {
  status: number
  headers?: Record<string, string>
}

const FINE: Reply = { status: 200 }

export class Receiver {
  readonly received: Message[] = []
  private reply = FINE

  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start() {
    const server = createServer(async (request, response) => {
      request.setEncoding('utf8')
      let body = ''
      for await (const chunk of request) body += chunk
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      receiver.received.push({ headers, body })
      response.writeHead(receiver.reply.status, { 'content-type': 'text/plain', ...receiver.reply.headers }).end('as you say')
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const receiver = new Receiver(`http://127.0.0.1:${port}/hooks`, async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    })
    return receiver
  }

  /** Sets the response to later requests. */
  answers(reply: Reply = FINE) {
    this.reply = reply
  }

  /** The types of the received events, in order. */
  get types() {
    return this.received.map(({ body }) => JSON.parse(body).type as string)
  }
}

/** Verifies a message with the JavaScript library, which throws if the signature is wrong. */
export const verify = ({ headers, body }: Message, secret: string) => new Webhook(secret).verify(body, headers) as Event

/** Verifies it with the Python library; returns the type of the event. */
export function verifyInPython(message: Message, secret: string) {
  const [python, script] = ['../scripts/python.sh', 'sdk/verify.py'].map(path => resolve(import.meta.dirname, path)) as [string, string]
  return new Promise<string>((done, fail) => {
    const child = execFile(python, [script], (error, stdout) => (error ? fail(error) : done(stdout.trim())))
    child.stdin?.end(JSON.stringify({ ...message, secret }))
  })
}

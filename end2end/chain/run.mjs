// `make chain`: Requite as in production, on a chain of this machine, until Ctrl-C.
import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { OWNER, PASSWORD, startChain } from './environment.mjs'

const FOLDER = resolve('data/chain')
const binary = process.env.REQUITE_BINARY ?? resolve('target/release/requite')
const address = process.env.REQUITE_ADDR ?? '127.0.0.1:3000'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => new Promise(resolve => process.on(signal, () => resolve())))
const stopped = Promise.race(signals)
try {
    // Before the folder is deleted, in which a running one would have its files.
    await requireFree(address)
    rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
    console.log('requite: starting a node, a signer and a production server; data/chain begins anew')
    const chain = await startChain({ binary, folder: FOLDER, address })
    greet(chain)
    const reason = await Promise.race([stopped, chain.ended])
    console.log('requite: stopping')
    await chain.end()
    if (reason !== undefined) throw new Error(reason)
} catch (error) {
    console.error(`requite: ${error.message}`)
    process.exit(1)
}
process.exit(0)

async function requireFree(address) {
    const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? []
    const server = createServer().listen({ host: host?.replace(/^\[(.*)\]$/, '$1'), port: Number(port) })
    await once(server, 'listening').catch(error => {
        throw new Error(`cannot listen on ${address} (${error.code}); stop what runs there, or choose another place with REQUITE_ADDR`)
    })
    await new Promise(resolve => server.close(resolve))
}

function greet({ url, node, sender, customer }) {
    console.log(`
Requite is at ${url}
  sign in as     ${OWNER}
  password       ${PASSWORD}
  API key        . data/chain/env.sh sets it as $KEY, the address as $REQUITE, and the settings for commands

The node is at ${node}, with a block each second; it takes the place of Base
  refunds from   ${sender}, by the signer
  customer       ${customer.address}, with 1000 USDC, 1000 EURC and 10 ETH
  pays with      node end2end/chain/pay.mjs ADDRESS AMOUNT USDC

Ctrl-C ends everything. The next start begins with nothing.
`)
}

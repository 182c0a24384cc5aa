// Anvil, the EVM node of the tests: where its program is, and how a node is started for a script.
import { createRequire } from 'node:module'
import { startProcess } from './processes.mjs'

// npm installs the package of this machine only. The wrapper around it is not used: it would be another process.
export function anvilProgram() {
    const processor = { x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch
    return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${processor}/bin/anvil`)
}

// Starts a node at a free port. `call` calls its methods.
export async function startAnvil(options, where = {}) {
    const node = startProcess(anvilProgram(), ['--port', '0', ...options], where)
    const url = `http://${await node.says(/^Listening on (.*)$/)}`
    return { url, call: (method, ...params) => call(url, method, params), ended: node.ended, end: node.end }
}

async function call(url, method, params) {
    const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 0, method, params }),
    })
    const { result, error } = await response.json()
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result
}

// Anvil, the EVM node of the tests: where its program is, and how a node is started for a script.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

// npm installs the package of this machine only. The wrapper around it is not used: it would be another process.
export function anvilProgram() {
    const processor = { x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch
    return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${processor}/bin/anvil`)
}

// Starts a node at a free port, and returns a function that calls its methods and one that ends it.
export async function startAnvil(options) {
    const node = spawn(anvilProgram(), ['--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(node, 'exit')
    process.once('exit', () => node.kill())
    const end = () => (node.kill(), ended)
    for await (const line of createInterface({ input: node.stdout })) {
        const place = /^Listening on (.*)$/.exec(line)?.[1]
        if (place === undefined) continue
        node.stdout.resume()
        return { call: (method, ...params) => call(`http://${place}`, method, params), end }
    }
    throw new Error('anvil has ended before it listened')
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

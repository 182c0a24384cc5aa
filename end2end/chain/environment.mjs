// Requite as in production, on a chain of this machine: a node with Circle's contracts, a signer, and a server.
//
// Everything is set up with the commands that an operator uses. Only the chain, its coins and the rates are not real.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeFunctionData, parseAbi, parseEther, parseUnits, toHex } from 'viem'
import { HDKey, generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { startAnvil } from './anvil.mjs'
import { customerOf } from './customer.mjs'
import { networksFile, policyFile, ratesFile } from './files.mjs'
import { startProcess } from './processes.mjs'

const TARGET = fileURLToPath(new URL('../../target/chain/', import.meta.url))
const CHAIN_ID = 31_337
const MERCHANT = 'My shop'
export const OWNER = 'owner@shop.example'
export const PASSWORD = 'refund with care'
// Rates that are older than ten minutes are refused.
const RATES_EVERY = 60_000
const MINT = parseAbi(['function mint(address to, uint256 units) returns (bool)'])

// Starts everything, with its files in an empty folder. `log` is where the server and the signer log to, as in spawn's
// `stdio`; `settings` are further ones of the server.
export async function startChain(options) {
    const environment = new Environment(options)
    try {
        return await environment.start()
    } catch (error) {
        await environment.end()
        throw error
    }
}

class Environment {
    #running = []

    constructor({ binary, folder, address = '127.0.0.1:3000', log = 'inherit', settings = {} }) {
        const { accounts, usdc, eurc } = JSON.parse(readFileSync(join(TARGET, 'contracts.json'), 'utf8'))
        Object.assign(this, { binary, folder, address, log, minter: accounts.minter, contracts: { usdc, eurc }, chainId: CHAIN_ID })
        this.settings = {
            DATABASE_URL: `sqlite:${this.#path('requite.db')}`,
            REQUITE_MODE: 'production',
            REQUITE_NETWORKS: this.#path('networks.toml'),
            REQUITE_RATES: 'file',
            REQUITE_RATES_FILE: this.#path('rates.json'),
            ...settings,
        }
        const others = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('REQUITE_'))
        this.env = { ...Object.fromEntries(others), ...this.settings }
    }

    async start() {
        const key = generatePrivateKey()
        await Promise.all([this.#startNode(), this.#startSigner()])
        await this.#fund([this.sender, privateKeyToAddress(key)])
        const customer = this.#addCustomer(key)
        this.#writeNetworks()
        this.#keepRates()
        const apiKey = await this.#addPeople()
        const url = await this.#startServer()
        const exported = { ...this.settings, REQUITE: url, KEY: apiKey }
        this.#write('env.sh', Object.entries(exported).map(([name, value]) => `export ${name}='${value}'\n`).join(''))
        return {
            url, apiKey, customer, node: this.node.url, sender: this.sender,
            // Says which process has ended by itself.
            ended: Promise.race(this.#running.map(process => process.ended)),
            end: () => this.end(),
        }
    }

    // The server first, since the others serve it.
    async end() {
        clearInterval(this.renewing)
        for (const process of this.#running.splice(0).reverse()) await process.end()
    }

    // From the folder in which the commands run: the path of a socket must be short.
    #path(name) {
        return join(relative(process.cwd(), this.folder), name)
    }

    #write(name, text) {
        writeFileSync(join(this.folder, name), text, { mode: 0o600 })
    }

    async #startNode() {
        // It mines nothing yet, so that the coins of the beginning are there at once.
        const options = ['--no-mining', '--chain-id', CHAIN_ID, '--slots-in-an-epoch', 1, '--load-state', join(TARGET, 'state.json')]
        const log = openSync(join(this.folder, 'node.log'), 'w')
        this.node = await startAnvil([...options.map(String), '--cache-path', join(this.folder, 'node')], { log })
        this.#running.unshift(this.node)
    }

    async #startSigner() {
        mkdirSync(join(this.folder, 'signer'), { mode: 0o700 })
        this.#write('signer/passphrase', `${randomBytes(24).toString('base64')}\n`)
        this.#write('signer/policy.toml', policyFile({ user: process.getuid(), ...this }))
        const files = ['--directory', this.#path('signer'), '--passphrase-file', this.#path('signer/passphrase')]
        this.sender = await this.#command(['signer', 'init', ...files])
        const places = ['--socket', this.#path('signer/socket'), '--policy', this.#path('signer/policy.toml')]
        const signer = startProcess(this.binary, ['signer', 'run', ...files, ...places], { env: this.env, log: this.log })
        this.#running.push(signer)
        await signer.says(/ signs at /)
    }

    // A thousand of each token and ten of the native coin for everybody. From then on there is a block each second, which
    // is final two seconds later.
    async #fund(accounts) {
        const { call } = this.node
        const hashes = []
        for (const account of accounts) {
            await call('anvil_setBalance', account, toHex(parseEther('10')))
            const data = encodeFunctionData({ abi: MINT, functionName: 'mint', args: [account, parseUnits('1000', 6)] })
            for (const { address } of Object.values(this.contracts)) {
                hashes.push(await call('eth_sendTransaction', { from: this.minter.address, to: address, data }))
            }
        }
        // They are final when the server looks for the first time.
        await call('anvil_mine', '0x3')
        for (const hash of hashes) {
            const receipt = await call('eth_getTransactionReceipt', hash)
            if (receipt?.status !== '0x1') throw new Error(`coins of the beginning are missing: transaction ${hash}`)
        }
        await call('evm_setIntervalMining', 1)
    }

    #addCustomer(key) {
        const { usdc, eurc } = this.contracts
        const file = { node: this.node.url, chainId: CHAIN_ID, key, tokens: { USDC: usdc.address, EURC: eurc.address } }
        this.#write('customer.json', `${JSON.stringify(file, null, 4)}\n`)
        return customerOf(file)
    }

    // The wallet of the deposit addresses. Its private key stands for a hardware wallet: the server has the public one.
    #writeNetworks() {
        const wallet = HDKey.fromMasterSeed(randomBytes(32)).derive("m/44'/60'/0'")
        this.#write('deposits-wallet.txt', `${wallet.privateExtendedKey}\n`)
        const { chainId, contracts, sender } = this
        const account = wallet.publicExtendedKey
        this.#write('networks.toml', networksFile({ account, chainId, contracts, sender, node: this.node.url, socket: this.#path('signer/socket') }))
    }

    #keepRates() {
        const write = () => {
            // Renamed, so that the server never reads half a file.
            this.#write('rates.new', ratesFile(new Date()))
            renameSync(join(this.folder, 'rates.new'), join(this.folder, 'rates.json'))
        }
        write()
        this.renewing = setInterval(write, RATES_EVERY)
    }

    async #addPeople() {
        await this.#command(['user', 'add', '--email', OWNER, '--name', 'The owner', '--role', 'owner', '--merchant', MERCHANT], PASSWORD)
        return this.#command(['api-key', 'create', '--name', 'The shop', '--person', OWNER, '--merchant', MERCHANT])
    }

    async #startServer() {
        const server = startProcess(this.binary, ['serve'], { env: { ...this.env, REQUITE_ADDR: this.address }, log: this.log })
        this.#running.push(server)
        return server.says(/^Requite is at (http:\S+)$/)
    }

    // Runs a command of Requite and returns what it prints.
    #command(args, input = '') {
        return new Promise((resolve, reject) => {
            const child = execFile(this.binary, args, { env: this.env }, (error, stdout, stderr) => {
                if (error === null) resolve(stdout.trim())
                else reject(new Error(`requite ${args.slice(0, 2).join(' ')}: ${stderr || error.message}`))
            })
            child.stdin.end(`${input}\n`)
        })
    }
}

// Makes the chain that tests start from: node end2end/chain/build.mjs
//
// target/chain/state.json is the state of an EVM network with Circle's USDC and EURC, a token like USDT, and contracts
// that misbehave; target/chain/contracts.json says where they are and which account may do what. The addresses are the
// same in every run. If nothing has changed, nothing is written.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { anvilProgram, startAnvil } from './anvil.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const TARGET = join(ROOT, 'target/chain')
const MADE_FROM = join(TARGET, 'made-from')

// Anvil's accounts, from its default mnemonic, by what they do here.
const MNEMONIC = 'test test test test test test test test test test test junk'
const ROLES = [
    'deployer', 'admin', 'masterMinter', 'minter', 'pauser', 'blacklister', 'owner', 'customer', 'merchant', 'stranger',
]
// Where the OP stack has its GasPriceOracle.
const GAS_ORACLE = '0x420000000000000000000000000000000000000F'
// The first block's time, and a second for each block after it. A node that loads the state goes on with the present.
const BEGINNING = 1_700_000_000

const made_from = sources()
if (read(MADE_FROM) === made_from) process.exit(0)
console.log('requite: building the chain of the tests')
rmSync(TARGET, { recursive: true, force: true })
mkdirSync(TARGET, { recursive: true })
const [{ encodeDeployData, encodeFunctionData, toHex }, { mnemonicToAccount }, { circle, ours }] = await Promise.all([
    import('viem'), import('viem/accounts'), import('./compiled.mjs'),
])
const accounts = Object.fromEntries(ROLES.map((role, index) => [role, account(index)]))
const cache = mkdtempSync(join(tmpdir(), 'requite-chain-'))
// A block for each transaction, when it is asked for: a node that mines by itself answers before it has mined.
const node = await startAnvil(['--no-mining', '--mnemonic', MNEMONIC, '--timestamp', String(BEGINNING), '--cache-path', cache])
try {
    await node.call('anvil_setBlockTimestampInterval', 1)
    const contracts = await deployAll()
    const state = await node.call('anvil_dumpState')
    writeFileSync(join(TARGET, 'state.json'), gunzipSync(Buffer.from(state.slice(2), 'hex')))
    const found = { anvil: relative(ROOT, anvilProgram()), accounts, ...contracts }
    writeFileSync(join(TARGET, 'contracts.json'), `${JSON.stringify(found, null, 4)}\n`)
    writeFileSync(MADE_FROM, made_from)
} finally {
    await node.end()
    rmSync(cache, { recursive: true })
}

// A hash of everything that the result depends on; the packages are those of the lock file.
function sources() {
    const scripts = ['anvil.mjs', 'build.mjs', 'compiled.mjs', 'processes.mjs']
    const contracts = readdirSync(join(HERE, 'contracts')).sort().map(file => `contracts/${file}`)
    const files = [...scripts, ...contracts]
    const hash = createHash('sha256')
    for (const file of [...files.map(file => join(HERE, file)), join(HERE, '../package-lock.json')]) {
        hash.update(readFileSync(file))
    }
    return hash.update(`${process.platform} ${process.arch}`).digest('hex')
}

function read(file) {
    try {
        return readFileSync(file, 'utf8')
    } catch {
        return undefined
    }
}

function account(addressIndex) {
    const account = mnemonicToAccount(MNEMONIC, { addressIndex })
    return { address: account.address, key: toHex(account.getHdKey().privateKey) }
}

async function deployAll() {
    const checker = await deploy(circle('util/SignatureChecker'))
    const token = circle('v2/FiatTokenV2_2', { SignatureChecker: checker })
    const implementation = await deploy(token)
    const usdc = await fiatToken(token, implementation, { name: 'USD Coin', symbol: 'USDC', currency: 'USD' })
    const eurc = await fiatToken(token, implementation, { name: 'EURC', symbol: 'EURC', currency: 'EUR' })
    const { TetherLike, Payer, Refuser, FakeToken, GasOracle } = ours()
    const tether = await deploy(TetherLike, [accounts.owner.address])
    const payer = await deploy(Payer)
    const refuser = await deploy(Refuser)
    const fakeToken = await deploy(FakeToken)
    await node.call('anvil_setCode', GAS_ORACLE, GasOracle.deployed)
    await send('deployer', GAS_ORACLE, GasOracle.abi, 'setPricePerByte', [1_000_000_000n])
    return { usdc, eurc, tether, payer, refuser, fakeToken, gasOracle: GAS_ORACLE }
}

// Deployed and initialised in the order in which Circle's own token went through its versions.
async function fiatToken({ abi }, implementation, { name, symbol, currency }) {
    const proxy = circle('v1/FiatTokenProxy')
    const address = await deploy(proxy, [implementation])
    // The proxy's admin cannot call the token, so it must not be the account that initialises it.
    await send('deployer', address, proxy.abi, 'changeAdmin', [accounts.admin.address])
    const { masterMinter, minter, pauser, blacklister, owner } = accounts
    const people = [masterMinter, pauser, blacklister, owner].map(account => account.address)
    await send('deployer', address, abi, 'initialize', [name, symbol, currency, 6, ...people])
    await send('deployer', address, abi, 'initializeV2', [name])
    await send('deployer', address, abi, 'initializeV2_1', [owner.address])
    await send('deployer', address, abi, 'initializeV2_2', [[], symbol])
    await send('masterMinter', address, abi, 'configureMinter', [minter.address, 2n ** 255n])
    return { address, name, version: '2' }
}

async function deploy({ abi, bytecode }, args = []) {
    const receipt = await transact('deployer', { data: encodeDeployData({ abi, bytecode, args }) })
    return receipt.contractAddress
}

async function send(role, to, abi, functionName, args) {
    await transact(role, { to, data: encodeFunctionData({ abi, functionName, args }) })
}

async function transact(role, transaction) {
    const hash = await node.call('eth_sendTransaction', { from: accounts[role].address, gas: toHex(6_000_000), ...transaction })
    await node.call('evm_mine')
    const receipt = await node.call('eth_getTransactionReceipt', hash)
    if (receipt.status !== '0x1') throw new Error(`a transaction of ${role} failed: ${hash}`)
    return receipt
}

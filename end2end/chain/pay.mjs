// Pays from the wallet of the customer of `make chain`: node end2end/chain/pay.mjs ADDRESS AMOUNT [USDC|EURC|ETH]
//
// Without arguments it shows what the customer has.
import { readFileSync } from 'node:fs'
import { customerOf } from './customer.mjs'

const FILE = 'data/chain/customer.json'
const COINS = ['USDC', 'EURC', 'ETH']

const [to, amount, coin = 'USDC'] = process.argv.slice(2)
const customer = customerOf(read())
try {
    if (amount !== undefined) {
        const { transactionHash, blockNumber } = await customer.pay(to, amount, coin)
        console.log(`${amount} ${coin} paid to ${to} in block ${blockNumber}, transaction ${transactionHash}`)
    } else if (to !== undefined) {
        fail('write: node end2end/chain/pay.mjs ADDRESS AMOUNT [USDC|EURC|ETH]')
    }
    const has = await Promise.all(COINS.map(async coin => `${await customer.balance(coin)} ${coin}`))
    console.log(`The customer ${customer.address} has ${has.join(', ')}`)
} catch (error) {
    fail(error.shortMessage ?? error.message)
}

function read() {
    try {
        return JSON.parse(readFileSync(FILE, 'utf8'))
    } catch {
        return fail(`there is no ${FILE}: run 'make chain' first, and this in the same folder`)
    }
}

function fail(why) {
    console.error(`requite: ${why}`)
    process.exit(1)
}

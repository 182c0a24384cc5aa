// A customer with a wallet on the chain of this machine.
import { createPublicClient, createWalletClient, defineChain, erc20Abi, formatUnits, http, parseUnits } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const NATIVE = 'ETH'

// Clients of a node for one account.
export function wallet({ node, chainId, key }) {
    const nativeCurrency = { name: 'Ether', symbol: NATIVE, decimals: 18 }
    const chain = defineChain({ id: chainId, name: 'Chain', nativeCurrency, rpcUrls: { default: { http: [node] } } })
    const account = privateKeyToAccount(key)
    const options = { chain, transport: http(node), pollingInterval: 100 }
    return { account, reads: createPublicClient(options), writes: createWalletClient({ ...options, account }) }
}

// A customer's wallet: what `customer.json` says.
export function customerOf(file) {
    const { account, reads, writes } = wallet(file)
    const token = coin => {
        const address = file.tokens[coin]
        if (address === undefined) throw new Error(`${coin} is not on this chain; use ${[...Object.keys(file.tokens), NATIVE].join(', ')}`)
        return { address, abi: erc20Abi }
    }
    return {
        address: account.address,
        reads,
        // In whole coins, as text.
        async balance(coin, address = account.address) {
            if (coin === NATIVE) return formatUnits(await reads.getBalance({ address }), 18)
            return formatUnits(await reads.readContract({ ...token(coin), functionName: 'balanceOf', args: [address] }), 6)
        },
        // Returns the receipt, as soon as the transfer is in a block.
        async pay(to, amount, coin) {
            const hash = coin === NATIVE
                ? await writes.sendTransaction({ to, value: parseUnits(amount, 18) })
                : await writes.writeContract({ ...token(coin), functionName: 'transfer', args: [to, parseUnits(amount, 6)] })
            const receipt = await reads.waitForTransactionReceipt({ hash })
            if (receipt.status !== 'success') throw new Error(`the transfer failed in transaction ${hash}`)
            return receipt
        },
    }
}

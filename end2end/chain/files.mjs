// The files of a chain on this machine that people read or write: networks, the signer's policy, rates.

// What one of each coin costs, in US dollars. They are invented, as the chain is.
const DOLLARS = { EUR: '1.08', USDT: '1.00', ETH: '3711.00' }

// `node` is one node: a real server has several, of different providers.
export function networksFile({ account, socket, node, chainId, sender, contracts }) {
    return `# The account key of the deposit addresses. It is public; the private one is not known to the server.
deposits = "${account}"
signer = "${socket}"

[networks.BASE]
rpc = ["${node}"]
chain-id = ${chainId}
sender = "${sender}"
poll = "500ms"

[networks.BASE.tokens]
USD = "${contracts.usdc.address}"
EUR = "${contracts.eurc.address}"
`
}

// What the signer signs: small refunds in Circle's coins, and fees.
export function policyFile({ user, chainId, contracts }) {
    const token = ({ address, name, version }) => `
[[networks.${chainId}.tokens]]
contract = "${address}"
decimals = 6
per-transfer = "500"
per-day = "2000"
domain = { name = "${name}", version = "${version}" }
`
    return `# The user who may ask for signatures. On a real machine the server has a user of its own, and the signer another one.
peers = [${user}]

[networks.${chainId}]
max-fee-per-gas-in-gwei = "100"
max-gas-limit = 300000
max-fee = "0.02"
max-fees-per-day = "0.5"
native = { per-transfer = "0.1", per-day = "0.5" }
${token(contracts.usdc)}${token(contracts.eurc)}`
}

export function ratesFile(now) {
    return `${JSON.stringify({ asOf: now.toISOString(), dollars: DOLLARS })}\n`
}

//! Links that open a wallet with address and amount filled in.

use crate::domain::{
    address::network::Network,
    money::{Money, currency::Currency},
};

/// The link to pay an amount to an address; `None` where wallets support no common format. Tokens are not supported:
/// their links name a contract, and wallets that do not know it send the chain's own coin instead. `chain_id` is that of the
/// network as the server follows it, which may be a test network; without it, the main network's is used.
pub fn payment_uri(network: Network, chain_id: Option<u64>, due: Money, address: &str) -> Option<String> {
    let (coin, amount) = (due.currency(), due.amount());
    Some(match (network, coin) {
        // BIP 21.
        (Network::Btc, Currency::Btc) => format!("bitcoin:{address}?amount={amount}"),
        (Network::Ltc, Currency::Ltc) => format!("litecoin:{address}?amount={amount}"),
        // Solana Pay, "transfer request".
        (Network::Sol, Currency::Sol) => format!("solana:{address}?amount={amount}"),
        // EIP-681: in the smallest unit, and with the chain id, or the wallet uses its current chain.
        (_, Currency::Eth | Currency::Pol | Currency::Avax) => {
            format!("ethereum:{address}@{}?value={}", chain_id.or_else(|| main_chain_id(network))?, wei(due)?)
        }
        _ => return None,
    })
}

/// An amount in wei: on these chains 10^18 of the smallest unit are one coin.
fn wei(due: Money) -> Option<i128> {
    let amount = due.amount();
    let missing = 18_u32.checked_sub(amount.scale())?;
    amount.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

/// The EIP-155 chain id of the main network, where it has one.
const fn main_chain_id(network: Network) -> Option<u64> {
    Some(match network {
        Network::Eth => 1,
        Network::Op => 10,
        Network::Poly => 137,
        Network::Base => 8_453,
        Network::Arb => 42_161,
        Network::Avax => 43_114,
        _ => return None,
    })
}

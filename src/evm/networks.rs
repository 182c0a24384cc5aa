//! What is known of the EVM networks that Requite sends on. A test network replaces the chain id and the contracts by its
//! settings.

use crate::domain::{
    address::{network::Network, token_contract},
    money::currency::Currency,
};
use alloy_primitives::{Address, address};
use std::time::Duration;

/// The contract that computes the fee for publishing a transaction's data, on networks of the OP stack
/// (<https://specs.optimism.io/protocol/predeploys.html#gaspriceoracle>).
pub const GAS_PRICE_ORACLE: Address = address!("0x420000000000000000000000000000000000000F");

/// The facts of one EVM network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvmNetwork {
    /// As registered at <https://chainlist.org>.
    pub chain_id: u64,
    /// The coin in which fees are paid.
    pub native: Currency,
    /// How often a block is expected. Nothing is asked more often.
    pub block_time: Duration,
    /// Whether a transaction also pays for its data, see [`GAS_PRICE_ORACLE`]. Arbitrum's fee for data is part of its
    /// gas, which the estimate includes.
    pub has_data_fee: bool,
}

impl EvmNetwork {
    /// The gas of a transfer to an address that has never held the coin, which costs most. 27,000 for native coin, which a
    /// Safe takes. A test compares it with what Circle's contract uses; before a transfer is sent, the node estimates it.
    pub fn transfer_gas(&self, coin: Currency) -> u64 {
        match coin {
            coin if coin == self.native => 27_000,
            coin if takes_authorizations(coin) => 105_000,
            _ => 65_000,
        }
    }
}

/// Whether a token takes authorisations (EIP-3009): those of Circle do. Such a transfer is paid with one.
pub const fn takes_authorizations(coin: Currency) -> bool {
    matches!(coin, Currency::Usd | Currency::Eur)
}

/// The facts of a network; `None` if it is no EVM network.
///
/// Which blocks are final is asked of the nodes of each of them by the same tag, `finalized`. `docs/production.md` has what it
/// means where, with its sources. No rule depends on how long it takes: a number here would be wrong whenever it takes longer.
pub const fn facts(network: Network) -> Option<EvmNetwork> {
    let (chain_id, native, seconds, has_data_fee) = match network {
        Network::Eth => (1, Currency::Eth, 12, false),
        Network::Base => (8_453, Currency::Eth, 2, true),
        Network::Arb => (42_161, Currency::Eth, 1, false),
        Network::Op => (10, Currency::Eth, 2, true),
        Network::Poly => (137, Currency::Pol, 2, false),
        Network::Avax => (43_114, Currency::Avax, 2, false),
        Network::Btc
        | Network::Ltc
        | Network::Sol
        | Network::Xrp
        | Network::Xlm
        | Network::Algo
        | Network::Trx
        | Network::Near
        | Network::Noble
        | Network::Hbar => return None,
    };
    Some(EvmNetwork { chain_id, native, block_time: Duration::from_secs(seconds), has_data_fee })
}

/// The contracts of the tokens that are sent on a network, by currency.
pub fn tokens(network: Network) -> impl Iterator<Item = (Currency, Address)> {
    network.coins().iter().filter_map(move |(coin, _)| Some((*coin, token_contract(network, *coin)?)))
}

/// Networks on which the makers of Requite have not yet run it in public, neither on the main network nor on its test
/// network: what is known of them was read and tried on simulated chains. `requite doctor` says so.
pub const NOT_YET_RUN: &[Network] =
    &[Network::Eth, Network::Base, Network::Arb, Network::Op, Network::Poly, Network::Avax];

/// Networks of which answers of real nodes are recorded, with their sources: tests read them as a server does, and compare
/// the domains of the tokens with what others have published. No final block is among them. `requite doctor` says so.
pub const RECORDED: &[Network] =
    &[Network::Eth, Network::Base, Network::Arb, Network::Op, Network::Poly, Network::Avax];

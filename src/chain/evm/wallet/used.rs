//! Finds deposit addresses that were used although the database never gave them out: it was restored from a backup, and
//! would give them to other customers again.

use super::holdings;
use crate::{
    chain::{
        ChainError,
        evm::{addresses::derive, connection::Connection, rpc::Node, scan::watched::AHEAD, wallet::WalletError},
    },
    config::networks::NetworkSettings,
};
use alloy_primitives::{Address, U64, U256};
use serde_json::{Value as Json, json};

/// How many addresses are asked about together.
const TOGETHER: u32 = 100;
/// How far is looked at most. Whoever has given out more since a backup has to say so with 'requite wallet advance'.
const FURTHEST: u32 = 20_000;

/// The addresses from an index on, up to the last one that has coins or has sent something; none if none has. Whatever has
/// received coins that are gone has sent a transaction, unless they left by an authorisation or another's allowance: that
/// is found when the blocks since the backup are read.
pub async fn used_from(connection: &Connection, next: u32) -> Result<Vec<(u32, Address)>, ChainError> {
    let mut last = None;
    for node in connection.nodes.all() {
        match look(node, &connection.settings, next).await {
            Ok(found) => return Ok(found),
            Err(error) => last = Some(error),
        }
    }
    Err(ChainError::Unavailable(last.map_or_else(|| "the network has no node".into(), Into::into)))
}

async fn look(node: &Node, settings: &NetworkSettings, next: u32) -> Result<Vec<(u32, Address)>, WalletError> {
    let head = node.latest().await?.number.to();
    let (mut seen, mut used) = (Vec::new(), 0);
    let mut from = next;
    while from - next < FURTHEST && seen.len() - used < usize::try_from(AHEAD).unwrap_or(usize::MAX) {
        let indexes = from..from.saturating_add(TOGETHER);
        from = indexes.end;
        let part: Vec<(u32, Address)> =
            indexes.filter_map(|index| Some((index, derive(&settings.deposits, index).ok()?))).collect();
        let addresses: Vec<Address> = part.iter().map(|(_, address)| *address).collect();
        let parameters: Vec<Json> = addresses.iter().map(|address| json!([address, U64::from(head)])).collect();
        let nonces = node.call_each::<U256>("eth_getTransactionCount", &parameters).await?;
        let holdings = holdings(node, settings, &addresses, head).await?;
        for ((one, nonce), holding) in part.into_iter().zip(nonces).zip(holdings) {
            seen.push(one);
            if !nonce?.is_zero() || !holding.is_empty() {
                used = seen.len();
            }
        }
    }
    seen.truncate(used);
    Ok(seen)
}

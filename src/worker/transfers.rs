//! Sends refunds on EVM networks: one loop for each account that pays (`chain/evm/outgoing`).

use super::pause;
use crate::{
    chain::{
        ChainError,
        evm::{
            EvmChain,
            connection::{Connection, notation},
            custody::Custody,
            outgoing::Outgoing,
        },
    },
    domain::{
        money::Money,
        refunds::quote::{Rounding, multiply},
    },
    error::with_causes,
    rates,
    state::Requite,
};
use alloy_primitives::Address;
use futures::future::join_all;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The longest pause after a round that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Sends the refunds of one network until stopped. Each of its accounts works by itself.
pub async fn send(requite: &Requite, evm: &EvmChain, connection: &Connection, stop: &CancellationToken) {
    let senders = connection.settings.senders.iter().filter_map(|sender| {
        let custody = evm.custody(connection.settings.network, &notation(sender.address))?;
        Some(send_from(requite, connection, custody, sender.address, stop))
    });
    join_all(senders).await;
}

async fn send_from(
    requite: &Requite,
    connection: &Connection,
    custody: &dyn Custody,
    sender: Address,
    stop: &CancellationToken,
) {
    let network = connection.settings.network;
    let mut wait = connection.settings.poll;
    while !stop.is_cancelled() {
        match run_once(requite, connection, custody, sender).await {
            Ok(done) if done > 0 => wait = Duration::ZERO,
            Ok(_) => wait = connection.settings.poll,
            Err(error) => {
                tracing::error!(network = network.code(), error = %with_causes(&error), "a round of payouts failed; trying again");
                wait = wait.max(connection.settings.poll).saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
        pause(wait, stop).await;
    }
}

/// One round for one account; returns how many transfers were signed or ended. Tests call it.
pub async fn run_once(
    requite: &Requite,
    connection: &Connection,
    custody: &dyn Custody,
    sender: Address,
) -> Result<usize, ChainError> {
    let outgoing = Outgoing {
        store: &requite.store,
        connection,
        custody,
        clock: requite.clock.as_ref(),
        entropy: requite.entropy.as_ref(),
        sender,
        max_fee: max_fee(requite, connection),
    };
    outgoing.round().await
}

/// The highest fee of one transfer in the network's own coin; `None` while its price is not known.
fn max_fee(requite: &Requite, connection: &Connection) -> Option<Money> {
    let (limit, native) = (connection.settings.max_fee, connection.settings.facts.native);
    let rate = rates::require(requite.rates.as_ref(), limit.currency(), native, requite.context().now).ok()?;
    let amount = multiply(limit.amount(), rate.price, native.decimals(), Rounding::Down)?;
    Money::new(amount, native).ok()
}

//! Sends refunds on EVM networks: one loop for each account that pays (`chain/evm/outgoing`).

use super::pause;
use crate::{
    chain::{
        ChainError,
        evm::{
            EvmChain,
            connection::{Connection, notation},
            custody::Custody,
            outgoing::{Outgoing, Round},
        },
    },
    domain::{address::network::Network, money::Money, refunds::transfer::HeldReason},
    error::{Error, with_causes},
    service::refunds::quote::fee_limit,
    state::Requite,
};
use alloy_primitives::Address;
use futures::future::join_all;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The longest pause after a round that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How many polls the chain is asked once for an account that has nothing to send: nodes are paid by the question. What
/// moves there is seen in its block by whoever reads the blocks, and nothing is signed before a look.
const IDLE_POLLS: u32 = 8;
/// The pause between two looks for transfers that no loop works for.
const BETWEEN_LOOKS_FOR_REMOVED: Duration = Duration::from_secs(15);

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
    let (mut told, mut polls) = (None, 0_u32);
    while !stop.is_cancelled() {
        polls = polls.wrapping_add(1);
        if polls % IDLE_POLLS != 1 && is_idle(requite, network, sender).await {
            pause(connection.settings.poll, stop).await;
            continue;
        }
        match round(requite, connection, custody, sender).await {
            Ok(Round { done, signer_problem }) => {
                tell_of_signer(network, sender, told.as_ref(), signer_problem.as_ref());
                told = signer_problem;
                wait = if done > 0 { Duration::ZERO } else { connection.settings.poll };
            }
            Err(error) => {
                tracing::error!(network = network.code(), error = %with_causes(&error), "a round of payouts failed; trying again");
                wait = wait.max(connection.settings.poll).saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
        pause(wait, stop).await;
    }
}

/// Whether the account has nothing to sign or to follow. If the database does not answer, the round will say so.
async fn is_idle(requite: &Requite, network: Network, sender: Address) -> bool {
    matches!(requite.store.has_open_transfers(network, &notation(sender)).await, Ok(false))
}

/// Logs what is wrong with a signer when it begins and when it ends, not in every round.
fn tell_of_signer(network: Network, sender: Address, before: Option<&String>, now: Option<&String>) {
    match now {
        Some(problem) if before != Some(problem) => {
            tracing::error!(network = network.code(), %sender, "payouts wait: {problem}");
        }
        None if before.is_some() => {
            tracing::info!(network = network.code(), %sender, "payouts go on: the signer is the one of the settings");
        }
        _ => {}
    }
}

/// Tells people of transfers whose accounts the settings do not have any more, until stopped: no loop works for them.
pub async fn hold_removed(requite: &Requite, evm: &EvmChain, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = hold_removed_once(requite, evm).await {
            tracing::error!(error = %with_causes(&error), "transfers of removed accounts are not shown as such");
        }
        pause(BETWEEN_LOOKS_FOR_REMOVED, stop).await;
    }
}

/// One look. Tests call it.
pub async fn hold_removed_once(requite: &Requite, evm: &EvmChain) -> Result<(), Error> {
    for (network, sender) in requite.store.accounts_with_planned().await? {
        if evm.has_sender(network, &sender) {
            continue;
        }
        let detail =
            format!("The account {sender} is not in the settings of this server, so nothing is signed for it.");
        for transfer in requite.store.planned_transfers(network, &sender).await? {
            let hold = Some((HeldReason::AccountRemoved, detail.as_str()));
            requite.store.hold_transfer(&requite.context(), &transfer, hold).await?;
        }
    }
    Ok(())
}

/// One round for one account; returns how many transfers were signed or ended. Tests call it.
pub async fn run_once(
    requite: &Requite,
    connection: &Connection,
    custody: &dyn Custody,
    sender: Address,
) -> Result<usize, ChainError> {
    Ok(round(requite, connection, custody, sender).await?.done)
}

async fn round(
    requite: &Requite,
    connection: &Connection,
    custody: &dyn Custody,
    sender: Address,
) -> Result<Round, ChainError> {
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
    fee_limit(requite.rates.as_ref(), requite.context().now, limit, native).ok()
}

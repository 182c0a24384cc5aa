//! Sends refunds on EVM networks: one loop for each account that pays (`chain/evm/outgoing`).

use super::{longer_pause, pause};
use crate::{
    chain::{
        ChainError,
        evm::{
            EvmChain,
            connection::{Connection, notation},
            custody::Custody,
            nodes::Disagreement,
            outgoing::Outgoing,
        },
    },
    domain::{
        address::network::Network,
        error::ErrorText,
        money::Money,
        refunds::transfer::{HeldReason, Pause, PauseReason},
    },
    error::{Error, with_causes},
    outages::Outages,
    service::refunds::quote::fee_limit,
    state::Requite,
};
use alloy_primitives::Address;
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many polls the chain is asked once for an account that has nothing to send: nodes are paid by the question. What
/// moves there is seen in its block by whoever reads the blocks, and nothing is signed before a look.
const IDLE_POLLS: u32 = 8;
/// How long a network has to be away before the transfers there are said to wait for it. Nodes are restarted.
const AWAY: TimeDelta = TimeDelta::seconds(30);
/// How long nodes have to contradict each other before the account is paused. One that lags behind catches up.
const CONTRADICTED: TimeDelta = TimeDelta::minutes(2);
/// How many transfers are told so at once. The next failing round tells the next ones.
const TOLD_AT_ONCE: u32 = 100;
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
    let (mut failing_since, mut polls) = (None, 0_u32);
    let outages = Outages::default();
    while !stop.is_cancelled() {
        polls = polls.wrapping_add(1);
        if polls % IDLE_POLLS != 1 && is_idle(requite, network, sender).await {
            pause(connection.settings.poll, stop).await;
            continue;
        }
        let began = requite.context().now;
        match run_once(requite, connection, custody, sender).await {
            Ok(done) => {
                wait = if done > 0 { Duration::ZERO } else { connection.settings.poll };
                failing_since = None;
                if outages.works(network) {
                    tracing::info!(network = network.code(), "payouts on {} continue", network.title());
                }
            }
            Err(error) => {
                let cause = with_causes(&error);
                if !error.is_temporary() {
                    tracing::error!(network = network.code(), error = %cause, "a round of payouts failed; trying again");
                } else if outages.fails(network, began) {
                    tracing::warn!(network = network.code(), error = %cause, "payouts wait for the network; trying again");
                }
                wait = longer_pause(wait.max(connection.settings.poll));
                let since = *failing_since.get_or_insert(began);
                tell_of_failure(requite, connection, sender, since, &error).await;
            }
        }
        pause(wait, stop).await;
    }
}

/// Whether the account has nothing to sign or to follow. If the database does not answer, the round will say so.
async fn is_idle(requite: &Requite, network: Network, sender: Address) -> bool {
    matches!(requite.store.has_open_transfers(network, &notation(sender)).await, Ok(false))
}

/// Tells people that no round has succeeded `since` then, for this server and all others: transfers wait for a network
/// that is away, which the next round ends, and nodes that contradict each other about a transfer pause the account.
async fn tell_of_failure(
    requite: &Requite,
    connection: &Connection,
    sender: Address,
    since: DateTime<Utc>,
    error: &ChainError,
) {
    match error {
        ChainError::Unavailable(_) => tell_of_network(requite, connection, sender, since).await,
        ChainError::Broken(cause) => {
            let (network, sender) = (connection.settings.network, notation(sender));
            let Some(Disagreement::Contradiction(first, second)) = cause.downcast_ref() else { return };
            if let Err(error) = pause_contradicted(requite, network, &sender, since, (first, second)).await {
                tracing::error!(error = %with_causes(&error), "payouts are not shown as paused");
            }
        }
    }
}

/// Notes on the transfers of an account that its network is away.
pub(super) async fn tell_of_network(requite: &Requite, connection: &Connection, sender: Address, since: DateTime<Utc>) {
    if let Err(error) = hold_while_away(requite, connection.settings.network, &notation(sender), since).await {
        tracing::error!(error = %with_causes(&error), "transfers that wait for their network are not shown as such");
    }
}

/// Whether no server has had a round for that long.
async fn had_no_round(
    requite: &Requite,
    network: Network,
    sender: &str,
    since: DateTime<Utc>,
    lasting: TimeDelta,
) -> Result<bool, Error> {
    let account = requite.store.known_sender(network, sender).await?;
    let seen = account.and_then(|account| account.seen).map_or(since, |seen| seen.at.max(since));
    Ok(requite.context().now - seen >= lasting)
}

/// No refund ends and nothing is signed while one of the nodes is wrong or lies, and only a person can find out which.
async fn pause_contradicted(
    requite: &Requite,
    network: Network,
    sender: &str,
    since: DateTime<Utc>,
    (first, second): (&str, &str),
) -> Result<(), Error> {
    if !had_no_round(requite, network, sender, since, CONTRADICTED).await? {
        return Ok(());
    }
    let detail = ErrorText::new("payouts-detail-nodes-contradict").with("first", first).with("second", second).stored();
    let pause = Pause { reason: PauseReason::ChainContradicts, detail, at: requite.context().now, by: None };
    requite.store.pause_sender(&requite.context(), network, sender, &pause).await?;
    Ok(())
}

async fn hold_while_away(requite: &Requite, network: Network, sender: &str, since: DateTime<Utc>) -> Result<(), Error> {
    if !had_no_round(requite, network, sender, since, AWAY).await? {
        return Ok(());
    }
    let context = requite.context();
    let detail = ErrorText::new("payouts-detail-nodes-away").with("network", network.title()).stored();
    for transfer in requite.store.planned_without_hold(network, sender, TOLD_AT_ONCE).await? {
        requite.store.hold_transfer(&context, &transfer, Some((HeldReason::NetworkAway, &detail))).await?;
    }
    Ok(())
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
        let detail = ErrorText::new("payouts-detail-account-removed").with("account", sender.as_str()).stored();
        for transfer in requite.store.planned_transfers(network, &sender).await? {
            let hold = Some((HeldReason::AccountRemoved, detail.as_str()));
            requite.store.hold_transfer(&requite.context(), &transfer, hold).await?;
        }
    }
    Ok(())
}

/// One round for one account; returns how many transfers were signed or ended. Tests call it too.
pub async fn run_once(
    requite: &Requite,
    connection: &Connection,
    custody: &dyn Custody,
    sender: Address,
) -> Result<usize, ChainError> {
    let evm = requite.chain.as_ref().and_then(|chain| chain.evm.as_ref());
    let network = connection.settings.network;
    let other_signers = evm.map(|evm| evm.other_custodies(network, &notation(sender))).unwrap_or_default();
    let outgoing = Outgoing {
        store: &requite.store,
        connection,
        custody,
        other_signers: &other_signers,
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

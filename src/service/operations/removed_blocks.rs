//! A network that removed blocks it had called final is stopped. Whoever runs the server looks what was in them, and lets
//! it be followed again.

use super::{payouts::PayoutServices, whole_server};
use crate::{
    chain::evm::{
        connection::Connection,
        deposits::{
            StepError,
            removed::{self, Parting},
        },
    },
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        people::actor::{Actor, Permission},
        refunds::transfer::{Transfer, TransferStatus},
        text::parse_note,
    },
    error::{Error, with_causes},
    store::{
        Store,
        chain::deposits::ChainDeposit,
        refunds::{pauses::network_stopped, transfers::TransferWithAttempts},
    },
};
use alloy_primitives::B256;

/// What is known of a stopped network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoppedNetwork {
    pub network: Network,
    pub parting: Parting,
    /// Deposits of all merchants that were booked in blocks after the last common one.
    pub deposits: Vec<ChainDeposit>,
    /// Transfers that had ended in blocks after the last common one, and have not ended in the same way in a block now.
    pub missing: Vec<Transfer>,
    /// Those that have.
    pub found_again: Vec<Transfer>,
}

/// What is known of a network; `None` if it is not stopped.
pub async fn look(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Network,
) -> Result<Option<StoppedNetwork>, Error> {
    actor.require(Permission::ManagePayouts)?;
    whole_server::require(services.store, actor).await?;
    let Some(cursor) = services.store.stopped_network(network).await? else { return Ok(None) };
    let connection = services.connection_of(network)?;
    let parting = removed::find(services.store, connection, &cursor).await.map_err(|error| unknown(network, error))?;
    let Some(parting) = parting else { return Ok(None) };
    let deposits = services.store.deposits_above(network, parting.common.height).await?;
    let (mut missing, mut found_again) = (Vec::new(), Vec::new());
    for with in services.store.transfers_ended_above(network, parting.common.height).await? {
        match has_ended_again(connection, &with).await.map_err(|error| unknown(network, error))? {
            true => found_again.push(with.transfer),
            false => missing.push(with.transfer),
        }
    }
    Ok(Some(StoppedNetwork { network, parting, deposits, missing, found_again }))
}

/// Whether a network is stopped.
pub async fn is_stopped(services: PayoutServices<'_>, actor: &Actor, network: Network) -> Result<bool, Error> {
    actor.require(Permission::ManagePayouts)?;
    whole_server::require(services.store, actor).await?;
    Ok(services.store.stopped_network(network).await?.is_some())
}

/// Lets the network be followed again. Nothing is sent: payouts stay paused, and a reconciliation sends again what may be,
/// when the blocks were read. `false` if something has changed since the look.
pub async fn resume(
    services: PayoutServices<'_>,
    actor: &Actor,
    stopped: &StoppedNetwork,
    note: &str,
) -> Result<bool, Error> {
    actor.require(Permission::ManagePayouts)?;
    whole_server::require(services.store, actor).await?;
    let note = parse_note(note, Field::Note)?.ok_or_else(|| DomainError::required(Field::Note))?;
    let StoppedNetwork { network, parting, .. } = stopped;
    let blocks = (&parting.newest, &parting.common);
    Ok(services.store.follow_again(&services.context(), actor, *network, blocks, &note).await?)
}

/// Fails if the network is stopped: deposits may be gone that refunds would pay back.
pub(super) async fn require_followed(store: &Store, network: Network) -> Result<(), Error> {
    if store.stopped_network(network).await?.is_none() {
        return Ok(());
    }
    Err(network_stopped(network).into())
}

/// Whether the transaction that ended a transfer did the same in a block, by the word of all nodes: a payment that had failed
/// can be paid there.
async fn has_ended_again(connection: &Connection, with: &TransferWithAttempts) -> Result<bool, StepError> {
    let Some(hash) = with.transfer.transaction_hash.as_ref().and_then(|hash| hash.parse::<B256>().ok()) else {
        return Ok(true);
    };
    let asked = connection.nodes.agreed(|node| {
        Box::pin(async move {
            let receipt = node.receipts(&[hash]).await?.pop().flatten();
            Ok(receipt.map(|receipt| (receipt.block_hash, receipt.succeeded())))
        })
    });
    let found = asked.await.map_err(|error| {
        StepError::disagreement(connection.settings.network, &format!("the payment in {hash}"), error)
    })?;
    let had_succeeded = with.transfer.status != TransferStatus::Reverted;
    Ok(found.into_inner().is_some_and(|(_, succeeded)| succeeded == had_succeeded))
}

fn unknown(network: Network, error: StepError) -> Error {
    match error {
        StepError::Store(error) => error.into(),
        error => {
            // The cause is told in English, as in the log.
            let refused = DomainError::new(ErrorCode::ChainUnavailable, "error-removed-unknown");
            refused.with("network", network.title()).with("cause", with_causes(&error)).into()
        }
    }
}

//! The transfers that pay refunds on real networks: how they are shown, and how an owner stops them.

use super::{RefundServices, unplanned};
use crate::service::{
    customers::masking,
    people::second_factor::{require_own_code, require_recent_code},
};
use crate::{
    chain::{
        self, Chain,
        evm::{
            EvmChain,
            assigned::can_still_pay,
            connection::{Connection, explorer_link, notation},
            custody::Custody,
        },
    },
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, Field},
        ids::RefundId,
        money::currency::Currency,
        people::actor::{Actor, Permission},
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::{PauseReason, Transfer, maybe_paid, not_stoppable},
        },
        text::parse_note,
    },
    error::{Error, with_causes},
    signer::protocol::{SignaturesRequest, TransferMemory, TransferRequest},
    store::{
        Store,
        refunds::{held::HeldRefund, stopping::SenderReservation, transfers::TransferWithAttempts},
    },
};
use alloy_primitives::Address;
use chrono::{DateTime, Duration, Utc};
use std::time::Duration as StdDuration;

/// How long an account is reserved while the signer is asked. Longer than its answer may take.
const RESERVED_FOR: Duration = Duration::seconds(60);
/// A round of payouts lasts a moment, and its end cannot be awaited, since another server may work for the account.
const ATTEMPTS: usize = 20;
/// How long it takes at most to plan a transfer if nothing is wrong.
const PLANNED_WITHIN: Duration = Duration::minutes(1);
const BETWEEN_ATTEMPTS: StdDuration = StdDuration::from_millis(250);

/// A transfer as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferView {
    pub with: TransferWithAttempts,
    /// The number of blocks that confirm it, its own included; `None` while it is in no block.
    pub confirmations: Option<u64>,
    /// Why nothing is signed for the account that pays; `None` if the settings do not have it.
    pub pause: Option<PauseReason>,
    /// The address of the network's explorer.
    pub explorer: Option<String>,
}

impl TransferView {
    /// The page of a transaction in the explorer.
    pub fn link(&self, transaction_hash: &str) -> Option<String> {
        explorer_link(self.explorer.as_deref(), Some(transaction_hash))
    }
}

/// The explorer of a network, if the settings name one.
pub fn explorer(chain: Option<&Chain>, network: Network) -> Option<String> {
    let connection = chain?.evm.as_ref()?.connection(network)?;
    connection.settings.explorer.clone()
}

/// The page of the transaction that paid a refund in the explorer of its network.
pub fn transaction_link(chain: Option<&Chain>, refund: &Refund) -> Option<String> {
    explorer_link(explorer(chain, refund.network).as_deref(), refund.transaction_hash.as_deref())
}

/// The transfer of a refund; `None` on the sandbox's chain, and before one was planned.
pub async fn of_refund(
    store: &Store,
    chain: Option<&Chain>,
    actor: &Actor,
    refund: &Refund,
) -> Result<Option<TransferView>, Error> {
    actor.require(Permission::Read)?;
    let Some(mut with) = store.refund_transfer(refund.id).await? else { return Ok(None) };
    masking::transfer(actor, &mut with.transfer);
    let Transfer { network, sender, block_height, .. } = &with.transfer;
    let account = store.known_sender(*network, sender).await?;
    let is_used = chain.and_then(|chain| chain.evm.as_ref()).is_some_and(|evm| evm.has_sender(*network, sender));
    let pause =
        account.as_ref().filter(|_| is_used).and_then(|account| account.paused.as_ref()).map(|pause| pause.reason);
    let seen = account.and_then(|account| account.seen);
    let confirmations = seen.zip(*block_height).map(|(seen, height)| seen.confirmations(height));
    let explorer = explorer(chain, *network);
    Ok(Some(TransferView { with, confirmations, pause, explorer }))
}

/// Refunds of a merchant that wait, the one that waits longest first.
pub async fn held(store: &Store, actor: &Actor, limit: u32) -> Result<Vec<HeldRefund>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.held_refunds(actor.merchant(), limit).await?)
}

/// Whether nothing is paid on a network before a person has found out what one of its accounts has done.
pub async fn is_unexplained(store: &Store, actor: &Actor, network: Network) -> Result<bool, Error> {
    actor.require(Permission::Read)?;
    let accounts = store.sender_accounts().await?;
    Ok(accounts.iter().any(|account| account.network == network && account.stops_others()))
}

/// Lets a transfer be replaced by a transaction with the same nonce that pays nothing. Which of the two gets into a block
/// is decided by the network, so it may still be paid. An owner needs a second factor: a stolen session could otherwise
/// take back what customers were told is sent.
pub async fn cancel(store: &Store, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::ManagePayouts)?;
    require_own_code(store, context, actor).await?;
    find(store, actor, id).await?.require_cancellable()?;
    Ok(store.request_cancellation(context, actor, id).await?)
}

/// Whether a refund waits for a transfer longer than it takes to plan one, so that an owner may stop it. The sandbox's chain has
/// no transfers.
pub fn waits_for_plan(chain: Option<&Chain>, refund: &Refund, now: DateTime<Utc>) -> bool {
    let evm = chain.and_then(|chain| chain.evm.as_ref());
    evm.is_some_and(|evm| evm.connection(refund.network).is_some())
        && refund.status == RefundStatus::Processing
        && now - refund.updated_at >= PLANNED_WITHIN
}

/// Stops a transfer that waits and was not signed, or a refund for which none was planned, and rejects the refund.
pub async fn withdraw(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    reason: &str,
) -> Result<Refund, Error> {
    actor.require(Permission::ManagePayouts)?;
    let store = services.store;
    require_recent_code(store, context, actor).await?;
    let reason = parse_note(reason, Field::Reason)?.ok_or_else(|| DomainError::required(Field::Reason))?;
    let refund = store.refund(actor.merchant(), id).await?;
    let Some(TransferWithAttempts { transfer, .. }) = store.refund_transfer(id).await? else {
        return unplanned::withdraw(services, context, actor, &refund, &reason).await;
    };
    let evm = chain::require(services.chain)?.evm.as_ref().ok_or_else(no_answer)?;
    let account = store.known_sender(transfer.network, &transfer.sender).await?;
    let is_used = evm.has_sender(transfer.network, &transfer.sender);
    if is_used {
        let account = account.ok_or_else(maybe_paid)?;
        transfer.require_withdrawable(account.paused.map(|pause| pause.reason))?;
    } else {
        transfer.require_withdrawable(None)?;
        // One that never had a round has no row to reserve.
        store.add_sender(context, transfer.network, &transfer.sender, 0, None).await?;
    }
    let reservation = reserve(store, context, &transfer, is_used).await?;
    let withdrawn = async {
        if is_used {
            require_explained(store, evm, &transfer).await?;
        } else {
            require_never_signed(store, evm, &transfer, refund.created_at).await?;
        }
        Ok(store.withdraw_transfer(context, actor, id, &reservation, &reason).await?)
    };
    let withdrawn = withdrawn.await;
    store.release_reservation(&reservation).await?;
    withdrawn
}

/// Another merchant's refund is not found.
async fn find(store: &Store, actor: &Actor, id: RefundId) -> Result<Transfer, Error> {
    let refund = store.refund(actor.merchant(), id).await?;
    let with = store.refund_transfer(refund.id).await?;
    Ok(with.ok_or_else(|| not_stoppable("error-no-transfer-to-stop"))?.transfer)
}

/// Reserves the account that pays, so that nothing is signed for it meanwhile.
async fn reserve(
    store: &Store,
    context: &Context<'_>,
    transfer: &Transfer,
    is_used: bool,
) -> Result<SenderReservation, Error> {
    let (network, address) = (transfer.network, transfer.sender.clone());
    let reservation = SenderReservation { network, address, id: context.id(), is_used };
    for _ in 0..ATTEMPTS {
        if store.reserve_sender(&reservation, context.now, context.now + RESERVED_FOR).await? {
            return Ok(reservation);
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    Err(not_stoppable("error-payouts-worked-on").into())
}

/// Asks the signer and the chain whether they know of anything that the database does not know. The answer of the signer
/// may have been lost, and then the next round would send what it has signed; and if the database was restored from a
/// backup, the transfer may have been paid.
async fn require_explained(store: &Store, evm: &EvmChain, transfer: &Transfer) -> Result<(), Error> {
    let (network, address) = (transfer.network, &transfer.sender);
    let connection = evm.connection(network).ok_or_else(no_answer)?;
    let custody = evm.custody(network, address).ok_or_else(no_answer)?;
    let account = store.known_sender(network, address).await?.ok_or_else(maybe_paid)?;
    // Of all accounts: one that is paused by a person, or that the settings do not have any more, may have paid it.
    let unexplained = store.all_unexplained_transactions().await?;
    if unexplained.iter().any(|found| found.network == network)
        || store.pause_of_others(network, address).await?.is_some()
    {
        return Err(maybe_paid().into());
    }
    let chain_id = connection.settings.facts.chain_id;
    let payer = address.parse().map_err(Error::fault)?;
    let request = SignaturesRequest { chain_id, account: payer, from_nonce: account.next_nonce, after: 0 };
    let page = custody.signatures(request).await.map_err(|error| unanswered(&error))?;
    if !page.has_account {
        // It never had the key of the account, so there being no signatures says nothing.
        return Err(no_answer().into());
    }
    let signatures = page.signatures;
    if signatures.iter().any(|signature| signature.transfer == transfer.id.0) {
        return Err(not_stoppable("error-transfer-signed").into());
    }
    if has_sent_more(connection, address, account.next_nonce).await? || !signatures.is_empty() {
        return Err(maybe_paid().into());
    }
    require_not_paid_before(store, evm, connection, transfer).await
}

/// Asks all signers of this server, and the token about all accounts, whether they know this transfer. A client that repeats a
/// request after a restore gets the refund with the id of the one that was paid, and reconciling may have passed that payment
/// already.
async fn require_not_paid_before(
    store: &Store,
    evm: &EvmChain,
    connection: &Connection,
    transfer: &Transfer,
) -> Result<(), Error> {
    let accounts = accounts_of_network(store, connection, transfer.network).await?;
    for custody in evm.custodies() {
        let memory = memory_of(custody, connection, (transfer.id, &transfer.sender)).await?;
        if may_still_pay(store, custody, (connection, &accounts), transfer.id, memory).await? {
            return Err(known_elsewhere().into());
        }
    }
    require_unknown_to_token(store, connection, &accounts, (transfer.id, transfer.amount.currency())).await
}

/// What a signer remembers of the transfer of a refund, and of an account.
pub(super) async fn memory_of(
    custody: &dyn Custody,
    connection: &Connection,
    (id, account): (RefundId, &str),
) -> Result<TransferMemory, Error> {
    let request = TransferRequest {
        transfer: id.0,
        chain_id: connection.settings.facts.chain_id,
        account: account.parse().map_err(Error::fault)?,
    };
    Ok(custody.transfer(request).await.map_err(|error| unanswered(&error))?)
}

/// Whether something that a signer has signed for a transfer may pay it. Not if that was the payment of another refund, to which
/// a person has assigned it while this one was lost, nor if other transactions have used its nonces.
pub(super) async fn may_still_pay(
    store: &Store,
    custody: &dyn Custody,
    on: (&Connection, &[Address]),
    id: RefundId,
    memory: TransferMemory,
) -> Result<bool, Error> {
    if !memory.is_signed {
        return Ok(false);
    }
    Ok(can_still_pay(store, custody, on, id).await.map_err(|error| unanswered(&error))?)
}

/// Rejects a transfer whose authorisation the token has seen used or cancelled, of any account of the network, unless that has
/// paid another refund.
pub(super) async fn require_unknown_to_token(
    store: &Store,
    connection: &Connection,
    accounts: &[Address],
    (id, currency): (RefundId, Currency),
) -> Result<(), Error> {
    let used = connection.is_authorization_used(accounts, id, currency).await;
    if used.map_err(|error| unanswered(&error))? && store.authorization_assigned(id).await?.is_none() {
        return Err(known_elsewhere().into());
    }
    Ok(())
}

/// The accounts that pay on a network, or did before the settings were changed.
pub(super) async fn accounts_of_network(
    store: &Store,
    connection: &Connection,
    network: Network,
) -> Result<Vec<Address>, Error> {
    let mut accounts = store.senders_of(network).await?;
    accounts.extend(connection.settings.senders.iter().map(|sender| notation(sender.address)));
    let accounts: Result<Vec<Address>, _> = accounts.iter().map(|account| account.parse()).collect();
    accounts.map_err(Error::fault)
}

pub(super) fn known_elsewhere() -> DomainError {
    not_stoppable("error-transfer-known-elsewhere")
}

/// Proves that nothing was ever signed for a transfer of an account that the settings do not have, also while something
/// else is unexplained. No signer may know it, nor the token, unless what they know has paid another refund. And either the
/// signer that has the account's key says so, or none was ever asked for the account. A memory that is younger than the refund
/// proves nothing: it may have been lost.
async fn require_never_signed(
    store: &Store,
    evm: &EvmChain,
    transfer: &Transfer,
    created_at: DateTime<Utc>,
) -> Result<(), Error> {
    let (network, address) = (transfer.network, &transfer.sender);
    let connection = evm.connection(network).ok_or_else(no_answer)?;
    let account = store.known_sender(network, address).await?.ok_or_else(maybe_paid)?;
    let accounts = accounts_of_network(store, connection, network).await?;
    let mut memories = Vec::new();
    for custody in evm.custodies() {
        let memory = memory_of(custody, connection, (transfer.id, &transfer.sender)).await?;
        if may_still_pay(store, custody, (connection, &accounts), transfer.id, memory).await? {
            return Err(not_stoppable("error-transfer-signed-elsewhere").into());
        }
        memories.push(memory);
    }
    // What the signers have forgotten may have been paid before the refund was made here: after a restore a client makes it
    // again, with the same id.
    require_unknown_to_token(store, connection, &accounts, (transfer.id, transfer.amount.currency())).await?;
    let mut old_enough = memories.iter().filter(|memory| memory.memory_started <= created_at);
    let nobody_was_asked = !account.was_asked && !memories.is_empty() && old_enough.clone().count() == memories.len();
    if !nobody_was_asked && !old_enough.any(|memory| memory.has_account) {
        return Err(not_stoppable("error-transfer-no-signer").into());
    }
    // A transaction that neither the database nor a signer knows may have paid it.
    if has_sent_more(connection, address, account.next_nonce).await? {
        return Err(maybe_paid().into());
    }
    Ok(())
}

/// Whether an account has sent what this database does not know.
pub(super) async fn has_sent_more(connection: &Connection, address: &str, next_nonce: u64) -> Result<bool, Error> {
    let sender: Address = address.parse().map_err(Error::fault)?;
    Ok(connection.has_sent_more(sender, next_nonce).await.map_err(|error| unanswered(&error))?)
}

fn unanswered(error: &(dyn std::error::Error + 'static)) -> DomainError {
    tracing::warn!(error = %with_causes(error), "it could not be asked whether a transfer was signed or paid");
    no_answer()
}

pub(super) fn no_answer() -> DomainError {
    not_stoppable("error-transfer-no-answer")
}

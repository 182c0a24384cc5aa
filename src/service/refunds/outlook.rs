//! What keeps a network from paying a refund at once, as far as it is known before the refund exists.

use super::RefundServices;
use crate::{
    chain::evm::connection::notation,
    domain::{
        address::network::Network,
        ids::RefundId,
        money::{Money, currency::Currency},
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::{HeldReason, SenderAccount},
        },
        reports::transfer::Transfer,
    },
    error::{Error, with_causes},
    store::{records::Idempotent, refunds::senders::Float},
};
use chrono::{DateTime, Utc};

/// Adds to a refund that is sent next why it will wait, if that is known already: the worker notes the same when it plans
/// the transfer. A preview and the answer to the request have it from here, so they say the same.
pub async fn foresee(services: RefundServices<'_>, now: DateTime<Utc>, refund: &mut Refund) -> Result<(), Error> {
    let is_sent_next = refund.status == RefundStatus::Pending
        && refund.transfer_held.is_none()
        && refund.held_until.is_none_or(|until| until <= now);
    if is_sent_next {
        let (network, amount) = (refund.network, refund.terms.send);
        refund.transfer_held = waits_for(services, network, amount, Some(refund.id)).await?;
    }
    Ok(())
}

/// The same for a refund that exists, for the answer to whoever creates, approves or reads it. If it is not known, nothing is
/// said: an error would mean that the request has failed.
pub async fn told(services: RefundServices<'_>, now: DateTime<Utc>, mut refund: Refund) -> Refund {
    if let Err(error) = foresee(services, now, &mut refund).await {
        tracing::warn!(error = %with_causes(&error), "it is not known whether refund {} will wait", refund.id);
    }
    refund
}

/// The same for the result of a request.
pub async fn of_made(services: RefundServices<'_>, now: DateTime<Utc>, made: Idempotent<Refund>) -> Idempotent<Refund> {
    match made {
        Idempotent::Created(refund) => Idempotent::Created(told(services, now, refund).await),
        Idempotent::Replayed(refund) => Idempotent::Replayed(told(services, now, refund).await),
    }
}

/// The same for a payment or a refund, as Circle's API returns both.
pub async fn of_transfer(services: RefundServices<'_>, now: DateTime<Utc>, transfer: Transfer) -> Transfer {
    match transfer {
        Transfer::Refund(refund) => Transfer::Refund(Box::new(told(services, now, *refund).await)),
        Transfer::Payment(payment) => Transfer::Payment(payment),
    }
}

/// Why a refund of this amount would wait, if none of the network's accounts can pay it now. Which of them pays depends on
/// the id of the refund, which it does not have yet. What they hold is as old as their newest round.
pub async fn would_wait(
    services: RefundServices<'_>,
    network: Network,
    amount: Money,
) -> Result<Option<HeldReason>, Error> {
    waits_for(services, network, amount, None).await
}

/// `own` is the refund itself, if it exists: what it needs is not counted twice.
async fn waits_for(
    services: RefundServices<'_>,
    network: Network,
    amount: Money,
    own: Option<RefundId>,
) -> Result<Option<HeldReason>, Error> {
    let evm = services.chain.and_then(|chain| chain.evm.as_ref());
    let Some(connection) = evm.and_then(|evm| evm.connection(network)) else { return Ok(None) };
    let store = services.store;
    let (accounts, floats) = (store.sender_accounts().await?, store.floats().await?);
    let needed = store.sums_needed_by_refunds(network, amount.currency(), own).await?;
    let (senders, native) = (&connection.settings.senders, connection.settings.facts.native);
    let without_gas = store.accounts_without_gas().await?;
    let mut reasons = Vec::new();
    for address in senders.iter().map(|sender| notation(sender.address)) {
        let is_it = |account: &&SenderAccount| account.network == network && account.address == address;
        let Some(account) = accounts.iter().find(is_it) else { return Ok(None) };
        // With several accounts, it is not known from which of them a refund without a transfer is paid.
        let is_its = |sender: Option<&str>| sender.map_or(senders.len() == 1, |sender| sender == address);
        let held: Vec<Money> = floats
            .iter()
            .filter(|float: &&Float| float.network == network && float.address == address)
            .map(|float| float.amount)
            .collect();
        let mut due = amount;
        for (_, others) in needed.iter().filter(|(sender, _)| is_its(sender.as_deref())) {
            due = due.plus(*others)?;
        }
        let is_without_gas = without_gas.iter().any(|(one, sender)| (*one, sender) == (network, &address));
        match obstacle(account, &held, due, native) {
            Some(reason) => reasons.push(reason),
            None if is_without_gas => reasons.push(HeldReason::AwaitingGas),
            None => return Ok(None),
        }
    }
    Ok(reasons.into_iter().next())
}

/// `due` is what the refund needs, with all others that the account pays.
fn obstacle(account: &SenderAccount, held: &[Money], due: Money, native: Currency) -> Option<HeldReason> {
    if account.paused.is_some() {
        return Some(HeldReason::Paused);
    }
    if let Some(signer) = &account.signer {
        return Some(signer.reason);
    }
    let of = |currency| held.iter().find(|held| held.currency() == currency);
    if of(due.currency()).is_some_and(|held| held.amount() < due.amount()) {
        Some(HeldReason::AwaitingFunds)
    } else if of(native).is_some_and(|held| held.is_zero()) {
        Some(HeldReason::AwaitingGas)
    } else {
        None
    }
}

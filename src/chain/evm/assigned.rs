//! Payments that were signed for a refund which a restored backup had lost, and that do not pay it. After a restore, a person
//! makes a refund again under another id and assigns to it what the lost one was paid with, or another transaction uses its
//! nonce. When its client repeats the lost one, an owner has to be able to stop it.

use super::{connection::Connection, custody::Custody, finality::Finality};
use crate::{
    chain::ChainError,
    domain::{error::ErrorText, ids::RefundId},
    evm::{abi::Selector, transaction::Transaction},
    signer::protocol::{Purpose, Remembered, SignaturesRequest, TransferRequest},
    store::{Error, Store},
};
use alloy_primitives::{Address, Bytes};

/// The transaction by which all that a signer has signed for a refund has paid another one; `None` if it can still pay, or if
/// the signer does not show what it has signed. It was signed with one of these accounts.
pub async fn assigned_payment(
    store: &Store,
    custody: &dyn Custody,
    (connection, accounts): (&Connection, &[Address]),
    id: RefundId,
) -> Result<Option<String>, Error> {
    match payments_of_all(custody, (connection, accounts), id).await {
        Some(payments) => assigned(store, &payments, id).await,
        None => Ok(None),
    }
}

/// Whether what a signer has signed for a refund can still pay it, as far as is known: it may not show what that is. Not if it
/// has paid another one, nor if all of its nonces are used in final blocks, by other transactions or by it in vain.
pub async fn can_still_pay(
    store: &Store,
    custody: &dyn Custody,
    (connection, accounts): (&Connection, &[Address]),
    id: RefundId,
) -> Result<bool, ChainError> {
    let Some(payments) = payments_of_all(custody, (connection, accounts), id).await else { return Ok(true) };
    if assigned(store, &payments, id).await?.is_some() {
        return Ok(false);
    }
    for payment in &payments {
        if can_be_mined(store, connection, payment).await? {
            return Ok(true);
        }
    }
    // The signer knows the refund, so it has signed with an account that this database does not have.
    Ok(payments.is_empty())
}

/// Whether a signer has signed a refund with another of these accounts than one, or may have: it does not answer, or does not
/// show with which account it has.
pub async fn may_be_signed_by_another(
    custody: &dyn Custody,
    (connection, accounts): (&Connection, &[Address]),
    account: Address,
    id: RefundId,
) -> bool {
    let chain_id = connection.settings.facts.chain_id;
    match custody.transfer(TransferRequest { transfer: id.0, chain_id, account }).await {
        Ok(memory) if !memory.is_signed => return false,
        Ok(_) => {}
        Err(_) => return true,
    }
    // The accounts are those that this database has. What a signer has signed with another one, it does not show here; but it
    // signs a refund with one account, for ever.
    let Some(own) = payments_of(custody, chain_id, account, id).await else { return true };
    let others: Vec<Address> = accounts.iter().copied().filter(|other| *other != account).collect();
    let others = payments_of_all(custody, (connection, &others), id).await;
    own.is_empty() || others.is_none_or(|others| !others.is_empty())
}

/// Whether a payment has paid or can come into a block, or has an authorisation, which needs no nonce of the account. One that
/// has failed in a block with its nonce pays nothing any more.
async fn can_be_mined(store: &Store, connection: &Connection, payment: &Remembered) -> Result<bool, ChainError> {
    let (account, hash) = (payment.signed.from, payment.signed.hash);
    if has_authorization(&payment.signed.raw)
        || (Finality { store, connection, account }).nonce().await? <= payment.nonce
    {
        return Ok(true);
    }
    let has_paid = connection.nodes.agreed(|node| {
        Box::pin(async move {
            let receipt = node.receipts(&[hash]).await?.into_iter().flatten().next();
            Ok(receipt.is_some_and(|receipt| receipt.succeeded()))
        })
    });
    Ok(has_paid.await?.into_inner())
}

/// The transaction by which all of these payments of a refund have paid another one.
async fn assigned(store: &Store, payments: &[Remembered], id: RefundId) -> Result<Option<String>, Error> {
    // Only one of those with the same nonce is ever mined.
    let place = |payment: &Remembered| (payment.signed.from, payment.nonce);
    if payments.windows(2).any(|pair| matches!(pair, [one, next] if place(one) != place(next))) {
        return Ok(None);
    }
    for payment in payments {
        let hash = payment.signed.hash.to_string();
        if store.has_paid_a_refund(&hash).await? {
            return Ok(Some(hash));
        }
    }
    if payments.is_empty() || !payments.iter().all(|payment| has_authorization(&payment.signed.raw)) {
        return Ok(None);
    }
    // Somebody else has submitted what they authorise.
    store.authorization_assigned(id).await
}

/// What a signer has signed with these accounts to pay a refund; `None` if it does not show it.
async fn payments_of_all(
    custody: &dyn Custody,
    (connection, accounts): (&Connection, &[Address]),
    id: RefundId,
) -> Option<Vec<Remembered>> {
    let mut payments = Vec::new();
    for account in accounts {
        payments.extend(payments_of(custody, connection.settings.facts.chain_id, *account, id).await?);
    }
    Some(payments)
}

/// The same with one account.
async fn payments_of(custody: &dyn Custody, chain_id: u64, account: Address, id: RefundId) -> Option<Vec<Remembered>> {
    let (mut payments, mut after) = (Vec::new(), 0);
    loop {
        let page = custody.signatures(SignaturesRequest { chain_id, account, from_nonce: 0, after }).await.ok()?;
        after = page.signatures.last().map_or(after, |last| last.signed.memory);
        let is_last = !page.more || page.signatures.is_empty();
        let is_payment = |one: &Remembered| one.transfer == id.0 && one.purpose == Purpose::Payment;
        payments.extend(page.signatures.into_iter().filter(is_payment));
        if is_last {
            return Some(payments);
        }
    }
}

/// Whether signed bytes have an authorisation (EIP-3009) in them. What was signed decides, not the coin: the signer's policy
/// may have been another one.
pub(super) fn has_authorization(raw: &Bytes) -> bool {
    let signed = Transaction::decode_signed(raw);
    signed.is_ok_and(|signed| signed.data.starts_with(&Selector::TRANSFER_WITH_AUTHORIZATION.bytes()))
}

/// Says that what was signed for a refund has paid another one, and what to do about it.
pub fn assigned_to_another(hash: &str, id: RefundId) -> ErrorText {
    ErrorText::new("payouts-detail-assigned-to-another").with("hash", hash).with("refund", id.to_string())
}

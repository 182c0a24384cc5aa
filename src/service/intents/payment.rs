//! Payments, and Circle's combined list of payments and refunds.

use crate::{
    domain::{
        ids::PaymentIntentId,
        intents::payment::Payment,
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        reports::transfer::Transfer,
    },
    error::Error,
    state::Requite,
    store::reports::transfers::TransferFilter,
};
use uuid::Uuid;

/// The payment or refund with this id.
pub async fn get(requite: &Requite, actor: &Actor, id: Uuid) -> Result<Transfer, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.transfer(actor.merchant(), id).await?)
}

/// A page of payments and refunds.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &TransferFilter,
    page: &PageRequest,
) -> Result<Page<Transfer>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.transfers(actor.merchant(), filter, page).await?)
}

/// Every deposit to the addresses of an intent, including unsupported ones.
pub async fn of_intent(requite: &Requite, actor: &Actor, intent: PaymentIntentId) -> Result<Vec<Payment>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.payments_of(actor.merchant(), intent).await?)
}

/// A page of deposits that need manual handling.
pub async fn unsupported(requite: &Requite, actor: &Actor, page: &PageRequest) -> Result<Page<Payment>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.unsupported_funds(actor.merchant(), page).await?)
}

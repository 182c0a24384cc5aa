//! Balances, from when on they are low, and account statements.

use crate::{
    context::Context,
    domain::{
        error::{DomainError, Field},
        ids::RefundId,
        ledger::{Balance, BalanceChange, BalanceEntry, LedgerTransaction, LowBalance},
        money::amounts::{self, Amounts},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{Store, intents::orders::NumberedPage, reports::statements::EntryFilter},
};
use uuid::Uuid;

/// The balance in every currency that the merchant ever had.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Balance>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.balances(actor.merchant()).await?)
}

/// The available balances below which people are told, by currency.
pub async fn minimum_balances(store: &Store, actor: &Actor) -> Result<Amounts, Error> {
    actor.require(Permission::Read)?;
    Ok(store.minimum_balances(actor.merchant()).await?)
}

/// The balances of which less is available than their minimum.
pub async fn low(store: &Store, actor: &Actor) -> Result<Vec<LowBalance>, Error> {
    let minimums = minimum_balances(store, actor).await?;
    Ok(LowBalance::all(&minimums, &store.balances(actor.merchant()).await?))
}

/// Sets the balances below which people are told, as typed; of no other currency they are. Returns the error in the text.
pub async fn set_minimum_balances(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    typed: &str,
) -> Result<Result<(), DomainError>, Error> {
    actor.require(Permission::ManagePolicy)?;
    match amounts::parse(typed, Field::MinimumBalances) {
        Ok(minimums) => Ok(Ok(store.set_minimum_balances(context, actor, &minimums).await?)),
        Err(error) => Ok(Err(error)),
    }
}

/// What was posted for a refund, oldest first.
pub async fn of_refund(store: &Store, actor: &Actor, id: RefundId) -> Result<Vec<LedgerTransaction>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.ledger_transactions_of_refund(actor.merchant(), id).await?)
}

/// A page of balance changes, and the total number.
pub async fn entries(
    store: &Store,
    actor: &Actor,
    filter: &EntryFilter,
    page: NumberedPage,
) -> Result<(Vec<BalanceEntry>, i64), Error> {
    actor.require(Permission::Read)?;
    Ok(store.balance_entries(actor.merchant(), filter, page).await?)
}

/// The balance changes by an order's payments.
pub async fn changes_of_order(store: &Store, actor: &Actor, number: i64) -> Result<Vec<BalanceChange>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.balance_changes_of_order(actor.merchant(), number).await?)
}

/// Finds a balance entry by its id. An id fits two entries at most: that of a transaction, or the fee of another one.
pub async fn entry(
    store: &Store,
    actor: &Actor,
    candidates: [Uuid; 2],
    has_name: impl Fn(&BalanceEntry) -> bool,
) -> Result<BalanceEntry, Error> {
    actor.require(Permission::Read)?;
    let entries = store.balance_entries_of(actor.merchant(), candidates).await?;
    entries.into_iter().find(has_name).ok_or_else(|| DomainError::not_found("error-unknown-ledger-transaction").into())
}

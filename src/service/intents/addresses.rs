//! The deposit addresses of new payment intents.

use crate::{
    chain::deposits::{DepositError, Deposits},
    context::Context,
    error::Error,
    store::{Store, intents::addresses::UnaddressedIntent},
};
use chrono::{DateTime, Utc};

/// Gives deposit addresses to the intents that wait for them since `created_before`, and answers how many got theirs. One
/// whose chain has no address for it waits on, and delays no other.
pub async fn assign(
    store: &Store,
    deposits: &dyn Deposits,
    context: &Context<'_>,
    created_before: DateTime<Utc>,
) -> Result<usize, Error> {
    let mut assigned = 0;
    for waiting in store.intents_without_address(created_before).await? {
        match addresses(deposits, &waiting).await {
            Ok(addresses) => {
                let done = store.assign_deposit_addresses(context, &waiting, &addresses).await?;
                assigned += usize::from(done);
            }
            Err(error) if error.is_temporary() => {
                tracing::warn!(intent = %waiting.id, %error, "payment intent {} waits for its address", waiting.id);
            }
            Err(error) => {
                tracing::error!(intent = %waiting.id, %error, "payment intent {} gets no address", waiting.id);
            }
        }
    }
    Ok(assigned)
}

async fn addresses(deposits: &dyn Deposits, waiting: &UnaddressedIntent) -> Result<Vec<String>, DepositError> {
    let mut addresses = Vec::with_capacity(waiting.methods.len());
    for (network, index) in &waiting.methods {
        addresses.push(deposits.address(*network, *index).await?);
    }
    Ok(addresses)
}

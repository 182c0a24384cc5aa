//! The deposit addresses of new payment intents.

use crate::{
    chain::{ChainError, deposits::Deposits},
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, PaymentIntentId},
    },
    error::{Error, with_causes},
    store::{Store, intents::addresses::UnaddressedIntent},
};
use chrono::{DateTime, Utc};

/// Assigns deposit addresses to intents created until `created_before`, and returns how many intents got theirs. If a
/// network provides no address, its intents keep waiting. They do not delay others: such a network is queried once, and
/// the remaining intents are then loaded without those that need it.
pub async fn assign(
    store: &Store,
    deposits: &dyn Deposits,
    context: &Context<'_>,
    created_before: DateTime<Utc>,
) -> Result<usize, Error> {
    let (mut assigned, mut away) = (0, leave_out_used(store, deposits, context, created_before).await?);
    loop {
        let known_away = away.len();
        for waiting in store.intents_without_address(created_before, &away).await? {
            if waiting.methods.iter().any(|(network, _)| away.contains(network)) {
                continue;
            }
            match addresses(deposits, &waiting).await {
                Ok(addresses) => {
                    let done = store.assign_deposit_addresses(context, &waiting, &addresses).await?;
                    assigned += usize::from(done);
                }
                Err((network, error)) => {
                    log(waiting.id, &error);
                    away.push(network);
                }
            }
        }
        if away.len() == known_away {
            return Ok(assigned);
        }
    }
}

/// Assigns the deposit addresses of one new intent, if all its networks provide one.
pub async fn assign_to(
    store: &Store,
    deposits: &dyn Deposits,
    context: &Context<'_>,
    merchant: MerchantId,
    intent: PaymentIntentId,
) -> Result<(), Error> {
    let away = leave_out_used(store, deposits, context, context.now).await?;
    if !away.is_empty()
        && store.intent(merchant, intent).await?.payment_methods.iter().any(|one| away.contains(&one.network))
    {
        return Ok(());
    }
    let Some(waiting) = store.intent_without_address(merchant, intent).await? else { return Ok(()) };
    match addresses(deposits, &waiting).await {
        Ok(addresses) => {
            store.assign_deposit_addresses(context, &waiting, &addresses).await?;
        }
        Err((_, error)) => log(intent, &error),
    }
    Ok(())
}

/// Before indexes are counted: leaves out those that were used although they were never given out here. Returns the networks
/// of waiting intents on which this is not known; their intents wait.
async fn leave_out_used(
    store: &Store,
    deposits: &dyn Deposits,
    context: &Context<'_>,
    created_before: DateTime<Utc>,
) -> Result<Vec<Network>, Error> {
    let mut away = Vec::new();
    for network in store.networks_without_address(created_before).await? {
        if let Err(error) = deposits.leave_out_used(context, network).await {
            tracing::debug!(network = network.code(), error = %with_causes(&error), "deposit addresses are delayed");
            away.push(network);
        }
    }
    Ok(away)
}

async fn addresses(deposits: &dyn Deposits, waiting: &UnaddressedIntent) -> Result<Vec<String>, (Network, ChainError)> {
    let mut addresses = Vec::with_capacity(waiting.methods.len());
    for (network, index) in &waiting.methods {
        addresses.push(deposits.address(*network, *index).await.map_err(|error| (*network, error))?);
    }
    Ok(addresses)
}

fn log(intent: PaymentIntentId, error: &ChainError) {
    if error.is_temporary() {
        tracing::warn!(%intent, error = %with_causes(error), "the deposit address of payment intent {intent} is delayed");
    } else {
        tracing::error!(%intent, error = %with_causes(error), "payment intent {intent} cannot get a deposit address");
    }
}

//! Payment intents.

pub mod addresses;
pub mod note;
pub mod order;
pub mod pay_page;
pub mod payment;
pub mod payment_progress;

use super::{customers::masking, fingerprint, pairs};
use crate::{
    chain::Chain,
    context::Context,
    domain::{
        address::pairs::Pairs,
        error::{DomainError, Field},
        ids::{IdempotencyKey, PaymentIntentId},
        intents::{
            new_intent::{Expiry, NewIntent, NewIntentTerms},
            payment_intent::{IntentStatus, PaymentIntent},
        },
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{
        Store,
        intents::IntentFilter,
        records::{Idempotent, IdempotentRequest},
    },
    wire::{Data, circle::IntentObject},
};

/// What an intent can be paid in, for somebody who may create one.
pub fn payable(chain: Option<&Chain>, actor: &Actor) -> Result<Pairs, Error> {
    actor.require(Permission::ManageIntents)?;
    Ok(pairs::received(chain))
}

/// Creates an intent, idempotently.
pub async fn create(
    store: &Store,
    chain: Option<&Chain>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewIntent,
    key: IdempotencyKey,
) -> Result<Idempotent<PaymentIntent>, Error> {
    actor.require(Permission::ManageIntents)?;
    create_as(store, chain, context, actor, new, key).await
}

/// Like [`create`], for a caller whose permission was already checked.
pub(super) async fn create_as(
    store: &Store,
    chain: Option<&Chain>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewIntent,
    key: IdempotencyKey,
) -> Result<Idempotent<PaymentIntent>, Error> {
    let first = match new.terms {
        NewIntentTerms::Transient { amount, .. } => amount.number(),
        // Used instead of the amount, so that the two kinds never have the same fingerprint.
        NewIntentTerms::Continuous { .. } => "continuous".to_owned(),
    };
    // Included only when set, so that fingerprints from before it could be set stay valid.
    let expires = match new.terms {
        NewIntentTerms::Transient { expiry: Expiry::At(at), .. } => Some(format!("expires {}", at.timestamp_micros())),
        NewIntentTerms::Transient { .. } | NewIntentTerms::Continuous { .. } => None,
    };
    let mut parts = vec![first.as_str(), new.terms.currency().code(), new.settlement_currency.code()];
    parts.extend(new.networks.iter().map(|network| network.code()));
    parts.extend(expires.as_deref());
    if !new.metadata.is_empty() {
        parts.push("metadata");
        parts.extend(new.metadata.entries().flat_map(|(name, text)| [name, text]));
    }
    let idempotent = IdempotentRequest {
        key,
        operation: "payment_intent.create",
        fingerprint: fingerprint::of(parts),
        earlier_fingerprint: None,
        keyless: None,
    };
    if let Err(refusal) = require_received(chain, new) {
        // A repetition has the first result, also if the network is not offered any more.
        let earlier = store.earlier_intent(actor.merchant(), &idempotent).await?;
        return earlier.map(Idempotent::Replayed).ok_or_else(|| refusal.into());
    }
    Ok(store.create_intent(context, actor, new, &idempotent).await?)
}

fn require_received(chain: Option<&Chain>, new: &NewIntent) -> Result<(), DomainError> {
    for (index, network) in new.networks.iter().enumerate() {
        pairs::require_received(chain, *network, new.terms.currency()).map_err(|error| {
            let field = Pairs::place(&error, Field::AmountCurrency, Field::PaymentMethodNetwork(index));
            error.on(field)
        })?;
    }
    pairs::require_credited(chain, new.settlement_currency).map_err(|error| error.on(Field::SettlementCurrency))
}

pub async fn get(store: &Store, actor: &Actor, id: PaymentIntentId) -> Result<PaymentIntent, Error> {
    actor.require(Permission::Read)?;
    Ok(masking::intent(actor, store.intent(actor.merchant(), id).await?))
}

/// The body of the response to `GET /v1/paymentIntents/{id}`, indented for people. Only the metadata of an intent can have
/// something of the customer, and those of `intent` are masked already; its addresses are the merchant's own.
pub async fn api_body(store: &Store, actor: &Actor, intent: &PaymentIntent) -> Result<String, Error> {
    actor.require(Permission::Read)?;
    let merchant = store.merchant(actor.merchant()).await?;
    let body = Data { data: IntentObject::new(intent.clone(), &merchant) };
    serde_json::to_string_pretty(&body).map_err(Error::fault)
}

/// A page of intents.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &IntentFilter,
    page: &PageRequest,
) -> Result<Page<PaymentIntent>, Error> {
    actor.require(Permission::Read)?;
    let intents = store.intents(actor.merchant(), &searched_by(actor, filter), page).await?;
    Ok(intents.map(|intent| masking::intent(actor, intent)))
}

/// How many intents match.
pub async fn total(store: &Store, actor: &Actor, filter: &IntentFilter) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    Ok(store.total_of_intents(actor.merchant(), &searched_by(actor, filter)).await?)
}

/// The filter with what this actor may search for.
fn searched_by(actor: &Actor, filter: &IntentFilter) -> IntentFilter {
    let search = filter.search.clone().map(|text| masking::search(actor, text));
    IntentFilter { search, ..filter.clone() }
}

/// The number of intents per status; only those that occur.
pub async fn count(store: &Store, actor: &Actor) -> Result<Vec<(IntentStatus, i64)>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.count_intents(actor.merchant()).await?)
}

/// Expires an intent early.
pub async fn expire(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: PaymentIntentId,
) -> Result<PaymentIntent, Error> {
    actor.require(Permission::ManageIntents)?;
    Ok(store.expire_intent(context, actor, id).await?)
}

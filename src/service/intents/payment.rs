//! Payments, and Circle's combined list of payments and refunds.

use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{PaymentId, PaymentIntentId},
        intents::payment::{Payment, PaymentOnChain, PaymentStatus},
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        reports::transfer::Transfer,
        text::parse_note,
    },
    error::Error,
    rates::{self, RateSource},
    service::{customers::masking, intents::note},
    store::{Store, intents::unsupported_funds::UnsupportedFilter, reports::transfers::TransferFilter},
};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The payment or refund with this id.
pub async fn get(store: &Store, actor: &Actor, id: Uuid) -> Result<Transfer, Error> {
    actor.require(Permission::Read)?;
    Ok(masked(actor, store.transfer(actor.merchant(), id).await?))
}

/// Where payments are on real networks, and whether they wait for a rate. Others have no entry.
pub async fn on_chain(
    store: &Store,
    rates: &dyn RateSource,
    context: &Context<'_>,
    actor: &Actor,
    payments: impl IntoIterator<Item = &Payment>,
) -> Result<HashMap<Uuid, PaymentOnChain>, Error> {
    actor.require(Permission::Read)?;
    let payments: Vec<&Payment> = payments.into_iter().collect();
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let found = store.payments_on_chain(actor.merchant(), &ids).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|(id, found)| (id.0, found)).collect();
    for payment in payments {
        if let Some(on_chain) = found.get_mut(&payment.id.0) {
            on_chain.missing_rate = missing_rate(rates, context.now, payment);
        }
    }
    Ok(found)
}

/// Why a deposit that was seen on a network cannot be credited now: no rate converts it, or only one that is too old.
pub fn missing_rate(rates: &dyn RateSource, now: DateTime<Utc>, payment: &Payment) -> Option<ErrorCode> {
    if payment.status != PaymentStatus::Pending || payment.unsupported.is_some() {
        return None;
    }
    let (of, per) = (payment.amount.currency(), payment.settlement.currency());
    rates::require(rates, of, per, now).err().map(|error| error.code)
}

/// A page of payments and refunds.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &TransferFilter,
    page: &PageRequest,
) -> Result<Page<Transfer>, Error> {
    actor.require(Permission::Read)?;
    let found = store.transfers(actor.merchant(), filter, page).await?;
    Ok(found.map(|transfer| masked(actor, transfer)))
}

fn masked(actor: &Actor, transfer: Transfer) -> Transfer {
    match transfer {
        Transfer::Payment(payment) => Transfer::Payment(Box::new(masking::payment(actor, *payment))),
        Transfer::Refund(refund) => Transfer::Refund(Box::new(masking::refund(actor, *refund))),
    }
}

/// Every deposit to the addresses of an intent, including unsupported ones.
pub async fn of_intent(store: &Store, actor: &Actor, intent: PaymentIntentId) -> Result<Vec<Payment>, Error> {
    actor.require(Permission::Read)?;
    let payments = store.payments_of(actor.merchant(), intent).await?;
    Ok(payments.into_iter().map(|payment| masking::payment(actor, payment)).collect())
}

/// A page of deposits that were not credited.
pub async fn unsupported(
    store: &Store,
    actor: &Actor,
    filter: &UnsupportedFilter,
    page: &PageRequest,
) -> Result<Page<Payment>, Error> {
    actor.require(Permission::Read)?;
    let found = store.unsupported_funds(actor.merchant(), &as_seen(actor, filter), page).await?;
    Ok(found.map(|payment| masking::payment(actor, payment)))
}

/// How many deposits were not credited.
pub async fn total_of_unsupported(store: &Store, actor: &Actor, filter: &UnsupportedFilter) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    Ok(store.total_of_unsupported_funds(actor.merchant(), &as_seen(actor, filter)).await?)
}

fn as_seen(actor: &Actor, filter: &UnsupportedFilter) -> UnsupportedFilter {
    let search = filter.search.clone().map(|text| masking::search(actor, text));
    UnsupportedFilter { search, ..*filter }
}

/// Of which of these deposits an actor can say what was done about them.
pub async fn to_deal_with(store: &Store, actor: &Actor, payments: &[Payment]) -> Result<HashSet<PaymentId>, Error> {
    actor.require(Permission::Read)?;
    if note::require_author(actor).is_err() {
        return Ok(HashSet::new());
    }
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let on_chain = store.payments_on_chain(actor.merchant(), &ids).await?;
    let is_open = |payment: &&Payment| payment.require_open(on_chain.get(&payment.id)).is_ok();
    Ok(payments.iter().filter(is_open).map(|payment| payment.id).collect())
}

/// Records what somebody did about a deposit that was not credited. Whoever may refund customers may say so, since most of
/// these are paid back to them.
pub async fn mark_handled(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: PaymentId,
    note: &str,
) -> Result<(), Error> {
    let by = note::require_author(actor)?;
    let note = parse_note(note, Field::Note)?.ok_or_else(|| DomainError::required(Field::Note))?;
    Ok(store.mark_funds_handled(context, actor, by, id, &note).await?)
}

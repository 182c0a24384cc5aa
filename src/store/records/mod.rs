//! What every change leaves behind in its own transaction: an audit entry, an outgoing event, an idempotency record.

pub mod audit_chain;
pub mod audit_entries;

use super::{
    engine::Transaction,
    notifications::{circle, coingate},
    webhooks::queue,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{IdempotencyKey, MerchantId},
        people::actor::Actor,
    },
    error::Error,
    values,
};
use serde_json::Value as Json;
use uuid::Uuid;

/// Something that happened, as the audit log and the outside hear of it.
pub struct Change<'a> {
    /// Who did it.
    pub actor: &'a Actor,
    /// What: `refund.created`, `payment_intent.complete`, …
    pub action: &'a str,
    /// To which intent, payment or refund.
    pub subject: Uuid,
    /// The facts.
    pub detail: Json,
}

/// An event as the queue of callbacks needs it.
#[derive(Clone, Copy)]
pub(in crate::store) struct Recorded<'a> {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub merchant: MerchantId,
    /// Its kind.
    pub kind: &'a str,
    /// What it is about.
    pub subject: Uuid,
    /// Its place among the merchant's events.
    pub number: i64,
}

/// Writes the audit entry and the outgoing event of a change, and a delivery for each endpoint that wants to be told, for the
/// order or refund that names an address of its own, and for each subscription to Circle's notifications. They share a
/// transaction with the change itself, so there is never one without the others. Called after every other lock of the
/// transaction was taken ([`audit_chain::append`]).
pub async fn record(transaction: &mut Transaction, context: &Context<'_>, change: Change<'_>) -> Result<(), Error> {
    let event = record_event(transaction, context, &change).await?;
    queue::fan_out(transaction, context, &event).await?;
    coingate::tell(transaction, context, &event, &change.detail).await?;
    circle::tell(transaction, context, &event, &change.detail).await
}

/// The same for an event that only its writer knows whom to tell of.
pub(in crate::store) async fn record_event<'a>(
    transaction: &mut Transaction,
    context: &Context<'_>,
    change: &Change<'a>,
) -> Result<Recorded<'a>, Error> {
    let number = audit_chain::append(transaction, context, change).await?;
    let (id, merchant) = (context.id(), change.actor.merchant());
    let event = Recorded { id, merchant, kind: change.action, subject: change.subject, number };
    put_out(transaction, context, &event, Some(number), &change.detail).await?;
    Ok(event)
}

/// Writes an event that goes along with another one: it has that one's place in the order, and no audit entry of its own.
pub(in crate::store) async fn record_along<'a>(
    transaction: &mut Transaction,
    context: &Context<'_>,
    event: &Recorded<'_>,
    kind: &'a str,
    subject: Uuid,
    facts: &Json,
) -> Result<Recorded<'a>, Error> {
    let along = Recorded { id: context.id(), merchant: event.merchant, kind, subject, number: event.number };
    put_out(transaction, context, &along, None, facts).await?;
    Ok(along)
}

async fn put_out(
    transaction: &mut Transaction,
    context: &Context<'_>,
    event: &Recorded<'_>,
    number: Option<i64>,
    facts: &Json,
) -> Result<(), Error> {
    transaction
        .execute(
            "insert into outbox_events (id, merchant_id, type, subject_id, payload, at, number)
             values ($1, $2, $3, $4, $5, $6, $7)",
            values![event.id, event.merchant, event.kind, event.subject, facts.clone(), context.now, number],
        )
        .await?;
    Ok(())
}

/// A request that its sender may repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// The sender's name for it.
    pub key: IdempotencyKey,
    /// What is asked: one key cannot name two operations.
    pub operation: &'static str,
    /// SHA-256 of the typed command.
    pub fingerprint: String,
}

/// Whether a result is new.
#[derive(Clone, Debug, PartialEq)]
pub enum Idempotent<T> {
    /// Done now.
    Created(T),
    /// Done before, under the same key.
    Replayed(T),
}

impl<T> Idempotent<T> {
    /// The result, whenever it was made.
    pub fn into_inner(self) -> T {
        match self {
            Self::Created(value) | Self::Replayed(value) => value,
        }
    }
}

/// Takes a key for a new resource. Answers the resource of an earlier identical request, if there was one. A concurrent
/// request with the same key waits here until the first has committed.
pub async fn claim_key(
    transaction: &mut Transaction,
    context: &Context<'_>,
    merchant: MerchantId,
    request: &IdempotentRequest,
    resource: Uuid,
) -> Result<Option<Uuid>, Error> {
    let inserted = transaction
        .execute(
            "insert into idempotency_records (merchant_id, key, operation, fingerprint, resource_id, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            values![merchant, request.key, request.operation, &request.fingerprint, resource, context.now],
        )
        .await?;
    if inserted == 1 {
        return Ok(None);
    }
    earlier_result(transaction, merchant, request).await
}

/// The resource of an earlier identical request, if there was one. The same key for something else is refused.
pub async fn earlier_result(
    transaction: &mut Transaction,
    merchant: MerchantId,
    request: &IdempotentRequest,
) -> Result<Option<Uuid>, Error> {
    let row = transaction
        .optional(
            "select operation, fingerprint, resource_id from idempotency_records where merchant_id = $1 and key = $2",
            values![merchant, request.key],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let same = row.get::<String>("operation")? == request.operation
        && row.get::<String>("fingerprint")? == request.fingerprint;
    if same {
        return Ok(Some(row.get("resource_id")?));
    }
    let message = "This idempotency key was already used for another request.";
    Err(DomainError::new(ErrorCode::IdempotencyKeyReused, message).on("idempotency_key").into())
}

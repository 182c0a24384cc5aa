//! What every change leaves behind in its own transaction: an audit entry, an outgoing event, an idempotency record.

pub mod audit_chain;
pub mod audit_entries;
pub mod outbox;

use super::{Error, engine::Transaction};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, MerchantId},
    },
    values,
};
use serde_json::Value as Json;
use uuid::Uuid;

/// A change as the audit log and the subscribers of events get it. Who made it and when is the unit of work's.
pub struct Change<'a> {
    /// What was done: `refund.created`, `payment_intent.complete`, …
    pub action: &'a str,
    /// To which intent, payment or refund.
    pub subject: Uuid,
    /// The facts.
    pub detail: Json,
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
pub(in crate::store) async fn claim_key(
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
pub(in crate::store) async fn earlier_result(
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
    Err(DomainError::new(ErrorCode::IdempotencyKeyReused, message).on(Field::IdempotencyKey).into())
}

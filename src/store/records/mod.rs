//! What every change writes in its own transaction: an audit entry, an outbox event, an idempotency record, and the entries of
//! the balances that it changes.

pub mod audit_chain;
pub mod balance_entries;
pub mod outbox;
pub mod unanswered;

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

/// A change as passed to the audit log and to event subscribers. The actor and the time come from the unit of work.
pub struct Change<'a> {
    /// `refund.created`, `payment_intent.complete`, …
    pub action: &'a str,
    /// The id of the changed resource, such as an intent, a payment or a refund.
    pub subject: Uuid,
    /// The facts, stored with the audit entry and the event.
    pub detail: Json,
}

/// A request with an idempotency key, so that the client can safely repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// Chosen by the client.
    pub key: IdempotencyKey,
    /// The operation the key is used for: one key cannot serve two operations.
    pub operation: &'static str,
    /// SHA-256 of the typed command.
    pub fingerprint: String,
    /// The fingerprint that an older version stored for the same request, if it was another one.
    pub earlier_fingerprint: Option<String>,
    /// What is paid to whom, as a fingerprint, if the client sent no key and `key` is a random one. Then a request that pays
    /// the same is a repetition until the response was sent completely (`unanswered.rs`).
    pub keyless: Option<String>,
}

/// A result, and whether this request or an earlier one produced it.
#[derive(Clone, Debug, PartialEq)]
pub enum Idempotent<T> {
    /// This request produced it.
    Created(T),
    /// An earlier request of which this one is a repetition produced it.
    Replayed(T),
}

impl<T> Idempotent<T> {
    /// Returns the result, whichever request produced it.
    pub fn into_inner(self) -> T {
        match self {
            Self::Created(value) | Self::Replayed(value) => value,
        }
    }
}

/// Claims an idempotency key for a new resource. Returns the resource of an earlier identical request, if there is one.
/// A concurrent request with the same key waits here until the first has committed or rolled back.
pub(in crate::store) async fn claim_key(
    transaction: &mut Transaction,
    context: &Context<'_>,
    merchant: MerchantId,
    request: &IdempotentRequest,
    resource: Uuid,
) -> Result<Option<Uuid>, Error> {
    if let Some(payment) = &request.keyless
        && let Some(earlier) = unanswered::claim(transaction, context.now, merchant, request, payment, resource).await?
    {
        return Ok(Some(earlier));
    }
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

/// Returns the resource of an earlier identical request, if there is one. Fails if the key was used for a different
/// request.
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
    let fingerprint: String = row.get("fingerprint")?;
    let same_text = request.fingerprint == fingerprint || request.earlier_fingerprint.as_ref() == Some(&fingerprint);
    if same_text && row.get::<String>("operation")? == request.operation {
        return Ok(Some(row.get("resource_id")?));
    }
    let message = "error-key-reused";
    Err(DomainError::new(ErrorCode::IdempotencyKeyReused, message).on(Field::IdempotencyKey).into())
}

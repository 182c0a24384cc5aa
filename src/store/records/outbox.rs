//! Outbox events, written in the transaction of the change that they report.

use crate::store::{Error, engine::Transaction};
use crate::{domain::ids::MerchantId, values};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

/// A written event, as passed to subscribers.
#[derive(Clone, Copy)]
pub(in crate::store) struct RecordedEvent<'a> {
    pub id: Uuid,
    pub merchant: MerchantId,
    /// The event type, such as `refund.created`.
    pub kind: &'a str,
    /// The id of the changed resource.
    pub subject: Uuid,
    /// The number of the audit entry: the event's place in the merchant's order. An event caused by another shares its
    /// number.
    pub number: i64,
}

/// Writes an event. `audit_number` is the number of its audit entry, if it has one of its own.
pub(in crate::store) async fn insert(
    transaction: &mut Transaction,
    event: &RecordedEvent<'_>,
    audit_number: Option<i64>,
    facts: &Json,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    transaction
        .execute(
            "insert into outbox_events (id, merchant_id, type, subject_id, payload, at, number)
             values ($1, $2, $3, $4, $5, $6, $7)",
            values![event.id, event.merchant, event.kind, event.subject, facts.clone(), at, audit_number],
        )
        .await?;
    Ok(())
}

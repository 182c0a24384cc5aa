//! Events as they are published: written in the transaction of the change that they report.

use crate::store::{Error, engine::Transaction};
use crate::{domain::ids::MerchantId, values};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

/// An event that was written, as its subscribers get it.
#[derive(Clone, Copy)]
pub(in crate::store) struct RecordedEvent<'a> {
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

/// Writes an event. `audit_number` is the number of the audit entry of the same change, if the event has one of its own.
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

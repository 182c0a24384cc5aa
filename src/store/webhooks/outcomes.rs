//! Recording delivery attempts: the log, the next attempt, and the health of the endpoint.

use super::{
    endpoints::{self, disable},
    queue::{LeasedDelivery, QUEUE},
};
use crate::store::{Error, Store, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        error::ErrorText,
        ids::WebhookDeliveryId,
        names::Named,
        webhooks::{
            DeliveryState, DisabledReason, Endpoint,
            schedule::{RetryDecision, failing_since, is_given_up},
        },
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value as Json;

/// A delivery attempt as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptRecord {
    /// When the attempt began.
    pub at: DateTime<Utc>,
    pub url: String,
    /// A JSON object.
    pub request_headers: Json,
    pub request_body: String,
    /// `None` if there was no response.
    pub response_status: Option<u16>,
    /// A JSON object.
    pub response_headers: Json,
    /// The beginning of the response body.
    pub response_body: String,
    /// Whether the response body was cut off.
    pub response_cut: bool,
    /// Why there was no response.
    pub error: Option<ErrorText>,
    pub duration: Duration,
}

impl Store {
    /// Records an attempt and applies its consequences. If the lease was lost because another server took the delivery
    /// or somebody disabled the endpoint, the attempt is still logged, but only a success changes the delivery. The
    /// health of a disabled endpoint is not updated.
    pub async fn finish_attempt(
        &self,
        context: &Context<'_>,
        delivery: &LeasedDelivery,
        record: &AttemptRecord,
        next_step: RetryDecision,
    ) -> Result<(), Error> {
        let mut work = self.begin_as_system(delivery.endpoint.merchant_id, context).await?;
        let sql =
            format!("{} where id = $1 and deleted_at is null{}", endpoints::COLUMNS, work.transaction.for_update());
        let endpoint = work.transaction.optional(sql, values![delivery.endpoint.id]).await?;
        let endpoint = endpoint.as_ref().map(endpoints::from_row).transpose()?;
        let is_held = QUEUE.is_held(&mut work.transaction, delivery.id.0, delivery.held_until).await?;
        let sql = "select attempts from webhook_deliveries where id = $1";
        let attempts: i64 = work.transaction.one(sql, values![delivery.id]).await?.get("attempts")?;
        let next = match next_step {
            RetryDecision::Again { at, .. } if is_held => Some(at),
            _ => None,
        };
        insert_attempt(&mut work, delivery.id, attempts + 1, record, next).await?;
        if is_held || next_step == RetryDecision::Delivered {
            update_delivery(&mut work, delivery, next_step).await?;
        }
        if let Some(endpoint) = endpoint.filter(|endpoint| endpoint.disabled.is_none()) {
            update_endpoint_health(&mut work, endpoint, next_step).await?;
        }
        work.commit().await
    }
}

async fn insert_attempt(
    work: &mut UnitOfWork<'_>,
    delivery: WebhookDeliveryId,
    seq: i64,
    record: &AttemptRecord,
    next: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "insert into webhook_attempts (id, delivery_id, seq, at, url, request_headers, request_body, response_status,
                response_headers, response_body, response_cut, error, duration_ms, next_attempt_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            values![
                work.context.id(),
                delivery,
                seq,
                record.at,
                &record.url,
                record.request_headers.clone(),
                &record.request_body,
                record.response_status.map(i64::from),
                record.response_headers.clone(),
                &record.response_body,
                i64::from(record.response_cut),
                record.error.as_ref().map(ErrorText::stored),
                record.duration.num_milliseconds().max(0),
                next
            ],
        )
        .await?;
    let sql = "update webhook_deliveries set attempts = $1, updated_at = $2 where id = $3";
    work.transaction.execute(sql, values![seq, work.context.now, delivery]).await?;
    Ok(())
}

/// Sets the next state of a delivery, and the next attempt of the deliveries it blocks.
async fn update_delivery(
    work: &mut UnitOfWork<'_>,
    delivery: &LeasedDelivery,
    next_step: RetryDecision,
) -> Result<(), Error> {
    let (state, next) = match next_step {
        RetryDecision::Delivered => (DeliveryState::Delivered, work.context.now),
        RetryDecision::Gone | RetryDecision::GivenUp => (DeliveryState::Failed, work.context.now),
        RetryDecision::Again { at, .. } => (DeliveryState::Waiting, at),
    };
    work.transaction
        .execute(
            "update webhook_deliveries set state = $1, tries = $2, next_attempt_at = $3, leased_until = null where id = $4",
            values![state.as_str(), delivery.tries + 1, next, delivery.id],
        )
        .await?;
    if delivery.endpoint.format.is_coingate() && state == DeliveryState::Waiting {
        return Ok(());
    }
    // The blocked deliveries cannot be due before this one. This update only keeps them out of the search for due rows;
    // the query for due deliveries ensures the order anyway.
    work.transaction
        .execute(
            "update webhook_deliveries set next_attempt_at = $1 where endpoint_id = $2 and subject_id = $3
             and state = 'waiting' and tries = 0 and leased_until is null and id <> $4",
            values![next, delivery.endpoint.id, delivery.event.subject, delivery.id],
        )
        .await?;
    Ok(())
}

/// Updates the health of an enabled endpoint after an attempt, and disables it if it is gone or has been failing for
/// too long.
async fn update_endpoint_health(
    work: &mut UnitOfWork<'_>,
    mut endpoint: Endpoint,
    next_step: RetryDecision,
) -> Result<(), Error> {
    // A target of CoinGate callbacks is never paused or disabled: its callbacks go to different URLs, and the retry
    // schedule of each ends separately.
    if endpoint.format.is_coingate() {
        return Ok(());
    }
    let before = (endpoint.failing_since, endpoint.failed_at, endpoint.paused_until);
    let (failing_since, failed_at, paused_until) = match next_step {
        RetryDecision::Delivered => (None, None, None),
        RetryDecision::Gone | RetryDecision::GivenUp | RetryDecision::Again { .. } => {
            let pause = if let RetryDecision::Again { pause, .. } = next_step { pause } else { None };
            let since = failing_since(endpoint.failing_since.zip(endpoint.failed_at), work.context.now);
            (Some(since), Some(work.context.now), endpoint.paused_until.max(pause))
        }
    };
    if before != (failing_since, failed_at, paused_until) {
        let sql = "update webhook_endpoints set failing_since = $1, failed_at = $2, paused_until = $3 where id = $4";
        work.transaction.execute(sql, values![failing_since, failed_at, paused_until, endpoint.id]).await?;
    }
    endpoint.failing_since = failing_since;
    if next_step == RetryDecision::Gone {
        return disable(work, &endpoint, DisabledReason::Gone).await;
    }
    if failing_since.is_some_and(|since| is_given_up(since, work.context.now)) {
        return disable(work, &endpoint, DisabledReason::Failing).await;
    }
    Ok(())
}

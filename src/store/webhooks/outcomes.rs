//! What came of attempts to deliver callbacks: the log, the next time, and an endpoint that is given up.

use super::{
    endpoints::{self, disable},
    queue::{Assignment, QUEUE},
};
use crate::store::{Error, Store, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        ids::WebhookDeliveryId,
        names::Named,
        webhooks::{
            DeliveryState, DisabledReason, Endpoint,
            schedule::{NextStep, failing_since, is_given_up},
        },
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value as Json;

/// An attempt as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptRecord {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Where it went.
    pub url: String,
    /// The headers that were sent, as an object.
    pub request_headers: Json,
    /// What was sent.
    pub request_body: String,
    /// The status that was answered, if there was an answer.
    pub response_status: Option<u16>,
    /// The headers that were answered.
    pub response_headers: Json,
    /// What was answered, as far as it is kept.
    pub response_body: String,
    /// Whether there was more.
    pub response_cut: bool,
    /// Why there was no answer.
    pub error: Option<String>,
    /// How long it took.
    pub duration: Duration,
}

impl Store {
    /// Writes down an attempt and what follows from it. When another server has taken the delivery meanwhile, or somebody
    /// disabled the endpoint, the attempt is kept, and only a success still counts.
    pub async fn finish_attempt(
        &self,
        context: &Context<'_>,
        assignment: &Assignment,
        record: &AttemptRecord,
        next_step: NextStep,
    ) -> Result<(), Error> {
        let mut work = self.begin_as_system(assignment.endpoint.merchant_id, context).await?;
        let sql =
            format!("{} where id = $1 and deleted_at is null{}", endpoints::COLUMNS, work.transaction.for_update());
        let endpoint = work.transaction.optional(sql, values![assignment.endpoint.id]).await?;
        let endpoint = endpoint.as_ref().map(endpoints::from_row).transpose()?;
        let is_held = QUEUE.is_held(&mut work.transaction, assignment.id.0, assignment.held_until).await?;
        let sql = "select attempts from webhook_deliveries where id = $1";
        let attempts: i64 = work.transaction.one(sql, values![assignment.id]).await?.get("attempts")?;
        let next = match next_step {
            NextStep::Again { at, .. } if is_held => Some(at),
            _ => None,
        };
        insert_attempt(&mut work, assignment.id, attempts + 1, record, next).await?;
        if is_held || next_step == NextStep::Delivered {
            update_delivery(&mut work, assignment, next_step).await?;
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
                &record.error,
                record.duration.num_milliseconds().max(0),
                next
            ],
        )
        .await?;
    let sql = "update webhook_deliveries set attempts = $1, updated_at = $2 where id = $3";
    work.transaction.execute(sql, values![seq, work.context.now, delivery]).await?;
    Ok(())
}

/// Gives a delivery its next state, and those behind it their time.
async fn update_delivery(work: &mut UnitOfWork<'_>, assignment: &Assignment, next_step: NextStep) -> Result<(), Error> {
    let (state, next) = match next_step {
        NextStep::Delivered => (DeliveryState::Delivered, work.context.now),
        NextStep::Gone | NextStep::GivenUp => (DeliveryState::Failed, work.context.now),
        NextStep::Again { at, .. } => (DeliveryState::Waiting, at),
    };
    work.transaction
        .execute(
            "update webhook_deliveries set state = $1, tries = $2, next_attempt_at = $3, leased_until = null where id = $4",
            values![state.as_str(), assignment.tries + 1, next, assignment.id],
        )
        .await?;
    if assignment.endpoint.form.is_coingate() && state == DeliveryState::Waiting {
        return Ok(());
    }
    // Those behind it cannot be due earlier. Saying so keeps them out of the way of the search for what is due; that they
    // wait does not depend on it.
    work.transaction
        .execute(
            "update webhook_deliveries set next_attempt_at = $1 where endpoint_id = $2 and subject_id = $3
             and state = 'waiting' and tries = 0 and leased_until is null and id <> $4",
            values![next, assignment.endpoint.id, assignment.event.subject, assignment.id],
        )
        .await?;
    Ok(())
}

/// What an attempt says of its endpoint, which is enabled.
async fn update_endpoint_health(
    work: &mut UnitOfWork<'_>,
    mut endpoint: Endpoint,
    next_step: NextStep,
) -> Result<(), Error> {
    // A server that orders and refunds name is neither spared nor given up: each callback to it has its own address and ends
    // by itself.
    if endpoint.form.is_coingate() {
        return Ok(());
    }
    let before = (endpoint.failing_since, endpoint.failed_at, endpoint.paused_until);
    let (failing_since, failed_at, paused_until) = match next_step {
        NextStep::Delivered => (None, None, None),
        NextStep::Gone | NextStep::GivenUp | NextStep::Again { .. } => {
            let pause = if let NextStep::Again { pause, .. } = next_step { pause } else { None };
            let since = failing_since(endpoint.failing_since.zip(endpoint.failed_at), work.context.now);
            (Some(since), Some(work.context.now), endpoint.paused_until.max(pause))
        }
    };
    if before != (failing_since, failed_at, paused_until) {
        let sql = "update webhook_endpoints set failing_since = $1, failed_at = $2, paused_until = $3 where id = $4";
        work.transaction.execute(sql, values![failing_since, failed_at, paused_until, endpoint.id]).await?;
    }
    endpoint.failing_since = failing_since;
    if next_step == NextStep::Gone {
        return disable(work, &endpoint, DisabledReason::Gone).await;
    }
    if failing_since.is_some_and(|since| is_given_up(since, work.context.now)) {
        return disable(work, &endpoint, DisabledReason::Failing).await;
    }
    Ok(())
}

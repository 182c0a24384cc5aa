//! The log of webhook deliveries and their attempts, and redelivery.

use super::{
    endpoints::{lock, lock_target},
    outcomes::AttemptRecord,
    queue::enqueue,
};
use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, in_reading_order},
    },
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorText},
        ids::{MerchantId, WebhookDeliveryId, WebhookEndpointId},
        names::Named,
        paging::{Page, PageRequest, Total},
        people::actor::Actor,
        webhooks::{Delivery, DeliveryState, event},
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use uuid::Uuid;

/// Filters of a list of deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    pub endpoint: Option<WebhookEndpointId>,
    pub state: Option<DeliveryState>,
    pub event_type: Option<String>,
    /// Earliest time of the event, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time of the event, inclusive.
    pub to: Option<DateTime<Utc>>,
}

/// An attempt as it is shown in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryAttempt {
    pub id: Uuid,
    /// Starts at 1.
    pub number: i64,
    pub record: AttemptRecord,
    /// The time planned for the next attempt, if there was to be one.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

impl DeliveryFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("endpoint_id = ?", self.endpoint);
        conditions.and_some("state = ?", self.state.map(DeliveryState::as_str));
        conditions.and_some("event_type = ?", self.event_type.as_deref());
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions
    }
}

pub(in crate::store) const COLUMNS: &str =
    "select id, endpoint_id, coalesce(url, (select p.url from webhook_endpoints p where p.id = endpoint_id)) as url,
    event_id, event_type, subject_id, state, attempts, next_attempt_at, created_at, updated_at";

impl Store {
    /// Returns one page of the merchant's deliveries.
    pub async fn webhook_deliveries(
        &self,
        merchant: MerchantId,
        filter: &DeliveryFilter,
        request: &PageRequest,
    ) -> Result<Page<Delivery>, Error> {
        let (sql, values) = filter.conditions(merchant).page(COLUMNS, "webhook_deliveries", "created_at", request);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let deliveries = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(in_reading_order(deliveries, request), request, |delivery| delivery.id.0))
    }

    /// Returns how many of the merchant's deliveries match.
    pub async fn total_of_deliveries(&self, merchant: MerchantId, filter: &DeliveryFilter) -> Result<Total, Error> {
        filter.conditions(merchant).total(&mut self.database.snapshot().await?, "webhook_deliveries").await
    }

    /// Returns one of the merchant's deliveries.
    pub async fn webhook_delivery(&self, merchant: MerchantId, id: WebhookDeliveryId) -> Result<Delivery, Error> {
        let sql = format!("{COLUMNS} from webhook_deliveries where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-webhook-delivery"))?)
    }

    /// Returns the latest attempts of a delivery, newest first.
    pub async fn webhook_attempts(
        &self,
        merchant: MerchantId,
        id: WebhookDeliveryId,
    ) -> Result<Vec<DeliveryAttempt>, Error> {
        let sql =
            "select a.id, a.seq, a.at, a.url, a.request_headers, a.request_body, a.response_status, a.response_headers,
                a.response_body, a.response_cut, a.error, a.duration_ms, a.next_attempt_at
             from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id
             where d.merchant_id = $1 and d.id = $2 order by a.seq desc limit 50";
        self.database.snapshot().await?.all(sql, values![merchant, id]).await?.iter().map(attempt).collect()
    }

    /// Returns the earlier delivery that blocks this one, if there is one: events about one subject are sent in order.
    pub async fn webhook_delivery_ahead(&self, id: WebhookDeliveryId) -> Result<Option<WebhookDeliveryId>, Error> {
        let sql = "select e.id from webhook_deliveries d join webhook_deliveries e on e.endpoint_id = d.endpoint_id
                and e.subject_id = d.subject_id and e.number < d.number
             where d.id = $1 and d.state = 'waiting' and e.state = 'waiting' order by e.number limit 1";
        let row = self.database.snapshot().await?.optional(sql, values![id]).await?;
        row.map(|row| Ok(WebhookDeliveryId(row.get("id")?))).transpose()
    }

    /// Makes a delivery due now. A waiting delivery keeps its place in the retry schedule; a finished one starts the
    /// whole schedule again.
    pub async fn redeliver_webhook(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: WebhookDeliveryId,
    ) -> Result<(), Error> {
        let merchant = actor.merchant();
        let delivery = self.webhook_delivery(merchant, id).await?;
        let mut work = self.begin(context, actor).await?;
        lock_target(&mut work.transaction, merchant, delivery.endpoint_id).await?.require_enabled()?;
        work.transaction
            .execute(
                "update webhook_deliveries set tries = case when state = 'waiting' then tries else 0 end, state = 'waiting',
                    next_attempt_at = $1, updated_at = $1 where id = $2 and leased_until is null",
                values![context.now, id],
            )
            .await?;
        end_pause(&mut work.transaction, delivery.endpoint_id).await?;
        let detail = json!({ "event": delivery.event_type, "webhookEndpointId": delivery.endpoint_id });
        work.audit(Change { action: "webhook_delivery.redelivered", subject: id.0, detail }).await?;
        work.commit().await
    }

    /// Makes every delivery to an endpoint since the given time due that did not arrive: those that failed or were withheld,
    /// and those that wait for their next attempt. Events about one subject keep their order. Returns the number of
    /// deliveries.
    pub async fn redeliver_failed_webhooks(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        endpoint: WebhookEndpointId,
        since: DateTime<Utc>,
    ) -> Result<u64, Error> {
        let mut work = self.begin(context, actor).await?;
        lock_target(&mut work.transaction, actor.merchant(), endpoint).await?.require_enabled()?;
        let number = work.transaction
            .execute(
                "update webhook_deliveries set tries = case when state = 'waiting' then tries else 0 end, state = 'waiting',
                    next_attempt_at = $1, updated_at = $1, leased_until = null
                 where endpoint_id = $2 and created_at >= $3 and (state in ('failed', 'withheld')
                    or state = 'waiting' and next_attempt_at > $1 and (leased_until is null or leased_until <= $1))",
                values![context.now, endpoint, since],
            )
            .await?;
        end_pause(&mut work.transaction, endpoint).await?;
        let detail = json!({ "since": since, "deliveries": number });
        work.audit(Change { action: "webhook_endpoint.redelivered", subject: endpoint.0, detail }).await?;
        work.commit().await?;
        Ok(number)
    }

    /// Sends a test event to an endpoint.
    pub async fn send_test_webhook(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        endpoint: WebhookEndpointId,
    ) -> Result<WebhookDeliveryId, Error> {
        let mut work = self.begin(context, actor).await?;
        lock(&mut work.transaction, actor.merchant(), endpoint).await?.require_enabled()?;
        let detail = json!({ "webhookEndpointId": endpoint, "message": "This is a test. Nothing has happened." });
        let change = Change { action: event::TEST, subject: endpoint.0, detail };
        let recorded = work.record_without_subscribers(&change).await?;
        let id = enqueue(&mut work, &recorded, endpoint, DeliveryState::Waiting, None).await?;
        work.commit().await?;
        Ok(id)
    }
}

/// Ends the time during which nothing is sent because the endpoint has asked for it.
async fn end_pause(transaction: &mut Transaction, endpoint: WebhookEndpointId) -> Result<(), Error> {
    let sql = "update webhook_endpoints set paused_until = null where id = $1 and paused_until is not null";
    transaction.execute(sql, values![endpoint]).await?;
    Ok(())
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Delivery, Error> {
    let state = row.parse("state", DeliveryState::parse)?;
    Ok(Delivery {
        id: WebhookDeliveryId(row.get("id")?),
        endpoint_id: WebhookEndpointId(row.get("endpoint_id")?),
        url: row.get("url")?,
        event_id: row.get("event_id")?,
        event_type: row.get("event_type")?,
        subject: row.get("subject_id")?,
        state,
        attempts: row.get("attempts")?,
        next_attempt_at: Some(row.get("next_attempt_at")?).filter(|_| state == DeliveryState::Waiting),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn attempt(row: &Row) -> Result<DeliveryAttempt, Error> {
    Ok(DeliveryAttempt {
        id: row.get("id")?,
        number: row.get("seq")?,
        record: AttemptRecord {
            at: row.get("at")?,
            url: row.get("url")?,
            request_headers: row.get("request_headers")?,
            request_body: row.get("request_body")?,
            response_status: row.get::<Option<i64>>("response_status")?.and_then(|status| u16::try_from(status).ok()),
            response_headers: row.get("response_headers")?,
            response_body: row.get("response_body")?,
            response_cut: row.get::<i64>("response_cut")? != 0,
            error: row.get::<Option<String>>("error")?.as_deref().map(ErrorText::of_stored),
            duration: Duration::milliseconds(row.get("duration_ms")?),
        },
        next_attempt_at: row.get("next_attempt_at")?,
    })
}

//! The log of CoinGate's callbacks, as its API lists them: by number, with the order or refund that each is about.

use crate::store::{
    Error, Store,
    engine::{Row, listing::Conditions},
    intents::orders::NumberedPage,
};
use crate::{
    domain::{
        error::DomainError,
        ids::{MerchantId, WebhookDeliveryId},
        names::Named,
        webhooks::{DeliveryState, MessageFormat},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;

/// A callback in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedCallback {
    pub delivery: WebhookDeliveryId,
    /// One number for each event of the merchant and format, so that it identifies the callback.
    pub number: i64,
    pub format: MessageFormat,
    pub state: DeliveryState,
    pub attempts: i64,
    pub body: Json,
    pub created_at: DateTime<Utc>,
}

/// Filters of a list of callbacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallbackFilter {
    /// Only callbacks of orders, or of refunds.
    pub format: Option<MessageFormat>,
    /// Only callbacks of the order or refund with this number.
    pub subject_number: Option<i64>,
}

const FROM: &str = "from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id";
const COLUMNS: &str = "select d.id, d.number, d.state, d.attempts, d.body, d.created_at, e.form";
const IS_COINGATE: &str = "d.merchant_id = ? and e.form in ('coingate_order', 'coingate_refund')";
/// The subject of a callback is its refund, or the intent of its order or, without one, the order's page.
const OF_NUMBER: &str = "d.subject_id in (
    select intent_id from orders where merchant_id = ? and number = ? and intent_id is not null
    union all select page_id from orders where merchant_id = ? and number = ?
    union all select id from refunds where merchant_id = ? and number = ?)";

impl CallbackFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new(IS_COINGATE, values![merchant]);
        conditions.and_some("e.form = ?", self.format.map(MessageFormat::as_str));
        if let Some(number) = self.subject_number {
            conditions.and(OF_NUMBER, values![merchant, number, merchant, number, merchant, number]);
        }
        conditions
    }
}

impl Store {
    /// Returns one page of the merchant's callbacks, and the total number that match.
    pub async fn coingate_callbacks(
        &self,
        merchant: MerchantId,
        filter: &CallbackFilter,
        page: NumberedPage,
    ) -> Result<(Vec<LoggedCallback>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant).finish(&format!("select count(*) as total {FROM}"), "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let tail = page.order_and_limit_sql(&["d.created_at", "d.number", "e.form"]);
        let (sql, values) = filter.conditions(merchant).finish(&format!("{COLUMNS} {FROM}"), &tail);
        let callbacks = snapshot.all(sql, values).await?.iter().map(from_row).collect::<Result<_, Error>>()?;
        Ok((callbacks, total))
    }

    /// Returns one of the merchant's callbacks.
    pub async fn coingate_callback(
        &self,
        merchant: MerchantId,
        number: i64,
        format: MessageFormat,
    ) -> Result<LoggedCallback, Error> {
        // The event is found first, because no index serves the number of a delivery.
        let sql = format!(
            "{COLUMNS} {FROM} where d.event_id in (select id from outbox_events where merchant_id = $1 and number = $2)
             and d.merchant_id = $1 and e.form = $3"
        );
        let row = self.database.snapshot().await?.optional(sql, values![merchant, number, format.as_str()]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-callback"))?)
    }
}

fn from_row(row: &Row) -> Result<LoggedCallback, Error> {
    let body: String = row.get("body")?;
    Ok(LoggedCallback {
        delivery: WebhookDeliveryId(row.get("id")?),
        number: row.get("number")?,
        format: row.parse("form", MessageFormat::parse)?,
        state: row.parse("state", DeliveryState::parse)?,
        attempts: row.get("attempts")?,
        body: serde_json::from_str(&body).map_err(|error| row.corrupt("body", error))?,
        created_at: row.get("created_at")?,
    })
}

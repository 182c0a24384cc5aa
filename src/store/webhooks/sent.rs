//! What was sent of several deliveries, for the timelines of payment intents and refunds.

use crate::domain::ids::{MerchantId, WebhookDeliveryId};
use crate::store::{Error, Store, engine::listing::id_list};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// How many attempts of all deliveries together are read.
const ATTEMPTS_MAX: u32 = 500;

/// What was sent of a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentDelivery {
    /// The body of the newest request.
    pub body: String,
    /// Newest first.
    pub attempts: Vec<SentAttempt>,
}

/// One request, and the status of its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAttempt {
    /// Starts at 1.
    pub number: i64,
    pub at: DateTime<Utc>,
    /// `None` if there was no response.
    pub status: Option<u16>,
}

impl Store {
    /// Returns what was sent of these deliveries of the merchant; nothing of those without an attempt. The body is read of the
    /// newest attempt only: the earlier ones have sent the same event.
    pub async fn sent_deliveries(
        &self,
        merchant: MerchantId,
        ids: &[WebhookDeliveryId],
    ) -> Result<HashMap<WebhookDeliveryId, SentDelivery>, Error> {
        let mut sent: HashMap<WebhookDeliveryId, SentDelivery> = HashMap::new();
        if ids.is_empty() {
            return Ok(sent);
        }
        let (list, mut values) = id_list(ids);
        values.push(merchant.into());
        let sql = format!(
            "select a.delivery_id, a.seq, a.at, a.response_status, case when exists (select 1 from webhook_attempts n
                where n.delivery_id = a.delivery_id and n.seq > a.seq) then null else a.request_body end as body
             from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id
             where a.delivery_id in ({list}) and d.merchant_id = ${} order by a.at desc, a.seq desc limit {ATTEMPTS_MAX}",
            values.len()
        );
        for row in &self.database.snapshot().await?.all(sql, values).await? {
            let delivery = sent.entry(WebhookDeliveryId(row.get("delivery_id")?)).or_default();
            if let Some(body) = row.get::<Option<String>>("body")? {
                delivery.body = body;
            }
            delivery.attempts.push(SentAttempt {
                number: row.get("seq")?,
                at: row.get("at")?,
                status: row.get::<Option<i64>>("response_status")?.and_then(|status| u16::try_from(status).ok()),
            });
        }
        Ok(sent)
    }
}

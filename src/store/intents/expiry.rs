//! Expiring payment intents that nobody paid.

use super::{append_timeline, load, lock};
use crate::store::{Error, Store, records::audit_chain::sort_by_merchant};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, PaymentIntentId},
        intents::payment_intent::{IntentStatus, PaymentIntent, TimelineEntry},
        people::actor::Actor,
    },
    values,
};
use chrono::Duration;

/// How long an intent waits for a network that nobody follows any more.
const WAITS_FOR_BLOCKS: Duration = Duration::days(1);

impl Store {
    /// Expires an intent at the merchant's request.
    pub async fn expire_intent(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: PaymentIntentId,
    ) -> Result<PaymentIntent, Error> {
        let mut work = self.begin(context, actor).await?;
        let intent = lock(&mut work.transaction, actor.merchant(), id).await?;
        // Expiring it again is not an error (Circle: the call is idempotent).
        if intent.status() == IntentStatus::Expired {
            return Ok(intent);
        }
        intent.require_expirable()?;
        let reason = Some("requested_by_merchant".to_owned());
        let entry = TimelineEntry { status: IntentStatus::Expired, context: None, reason, at: context.now };
        append_timeline(&mut work, id, &entry).await?;
        let intent = load(&mut work.transaction, actor.merchant(), id, "").await?;
        work.commit().await?;
        Ok(intent)
    }

    /// Expires intents whose time to pay is over and that have no pending payment. Returns their number. An intent waits
    /// until all blocks up to its end were looked at, for a payment in time may be in one of them, and until what was seen
    /// there is booked.
    pub async fn expire_overdue_intents(&self, context: &Context<'_>) -> Result<usize, Error> {
        let mut batch = self.begin_batch(context).await?;
        let sql = format!(
            "select id, merchant_id from payment_intents
             where status in ('created', 'pending') and expires_at <= $1 and pending_payments = 0
             and not exists (select 1 from payment_methods m join chain_cursors c on c.network = m.network
                where m.intent_id = payment_intents.id and c.block_at < payment_intents.expires_at
                and c.updated_at > $2)
             and not exists (select 1 from chain_deposits d where d.intent_id = payment_intents.id and d.stage = 'seen'
                and not exists (select 1 from payments p where p.id = d.payment_id and p.status <> 'failed'))
             order by expires_at limit 100{}",
            batch.transaction().for_update_skip_locked()
        );
        let mut rows = batch.transaction().all(sql, values![context.now, context.now - WAITS_FOR_BLOCKS]).await?;
        sort_by_merchant(&mut rows)?;
        for row in &rows {
            let (id, merchant) = (PaymentIntentId(row.get("id")?), MerchantId(row.get("merchant_id")?));
            let entry = TimelineEntry { status: IntentStatus::Expired, context: None, reason: None, at: context.now };
            append_timeline(batch.for_merchant(merchant), id, &entry).await?;
        }
        batch.commit().await?;
        Ok(rows.len())
    }
}

//! Orders that end without being paid.

use super::orders;
use crate::store::{
    Error, Store, intents,
    records::{Change, audit_chain::sort_by_merchant},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, PayPageId},
        intents::{
            order::{Order, OrderStatus},
            payment_intent::{IntentStatus, TimelineEntry},
        },
        names::Named,
        people::actor::Actor,
    },
    values,
};
use serde_json::json;

/// The event of an order that expired before a coin was chosen. Once a coin is chosen, the events of the payment intent
/// report how the order ends.
pub(in crate::store) const EXPIRED: &str = "order.expired";
/// The event of an order that was canceled because the customer will not pay.
pub(in crate::store) const CANCELED: &str = "order.canceled";

impl Store {
    /// Expires orders for which no coin was chosen in time. Returns their number.
    pub async fn expire_overdue_orders(&self, context: &Context<'_>) -> Result<usize, Error> {
        let mut batch = self.begin_batch(context).await?;
        let sql = format!(
            "select merchant_id, number, page_id from orders
             where intent_id is null and told_status is null and expires_at <= $1 order by expires_at limit 100{}",
            batch.transaction().for_update_skip_locked()
        );
        let mut rows = batch.transaction().all(sql, values![context.now]).await?;
        sort_by_merchant(&mut rows)?;
        for row in &rows {
            let (merchant, number) = (MerchantId(row.get("merchant_id")?), row.get::<i64>("number")?);
            let sql = "update orders set told_status = $1 where merchant_id = $2 and number = $3";
            batch.transaction().execute(sql, values![OrderStatus::Expired.as_str(), merchant, number]).await?;
        }
        for row in &rows {
            let (merchant, number) = (MerchantId(row.get("merchant_id")?), row.get::<i64>("number")?);
            let (subject, detail) = (row.get("page_id")?, json!({ "orderNumber": number }));
            batch.for_merchant(merchant).record(Change { action: EXPIRED, subject, detail }).await?;
        }
        batch.commit().await?;
        Ok(rows.len())
    }

    /// Cancels the order of a payment page, and expires its payment intent if it has one. Does nothing if the order is
    /// already canceled (a second click).
    pub async fn cancel_order(&self, context: &Context<'_>, actor: &Actor, page: PayPageId) -> Result<Order, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let held = orders::load_of_page(&mut work.transaction, page).await?.intent_id;
        // Lock the intent before the order, as payments do.
        if let Some(intent) = held {
            intents::lock(&mut work.transaction, merchant, intent).await?;
        }
        let order = orders::load_of_page(&mut work.transaction, page).await?;
        if order.canceled_at.is_some() {
            return Ok(order);
        }
        // A coin was chosen meanwhile. The new intent is not locked, so a payment could arrive concurrently.
        if order.intent_id != held {
            return Err(changed_meanwhile().into());
        }
        order.require_cancelable(context.now)?;
        mark_canceled(&mut work, &order).await?;
        if let Some(intent) = order.intent_id {
            let entry = TimelineEntry { status: IntentStatus::Expired, context: None, reason: None, at: context.now };
            intents::append_timeline(&mut work, intent, &entry).await?;
        }
        let detail = json!({ "orderNumber": order.number });
        work.record(Change { action: CANCELED, subject: page.0, detail }).await?;
        let order = orders::load_of_page(&mut work.transaction, page).await?;
        work.commit().await?;
        Ok(order)
    }
}

/// Marks the order canceled. Fails if a coin was chosen or the order expired in the meantime.
async fn mark_canceled(work: &mut UnitOfWork<'_>, order: &Order) -> Result<(), Error> {
    let unchanged = match order.intent_id {
        Some(_) => "intent_id is not null",
        None => "intent_id is null and told_status is null",
    };
    // For an order without an intent, the reported status also blocks choosing a coin.
    let sql = format!(
        "update orders set canceled_at = $1, told_status = case when intent_id is null then $2 else told_status end
         where merchant_id = $3 and number = $4 and canceled_at is null and {unchanged}"
    );
    let values = values![work.context.now, OrderStatus::Canceled.as_str(), order.merchant_id, order.number];
    if work.transaction.execute(sql, values).await? == 1 {
        return Ok(());
    }
    Err(changed_meanwhile().into())
}

fn changed_meanwhile() -> DomainError {
    DomainError::new(ErrorCode::OrderNotCancelable, "error-order-changed")
}

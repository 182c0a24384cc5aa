//! CoinGate's callbacks. An order and a refund can each name a callback URL for their changes. The message is stored
//! with the change, so that every attempt sends the same body.

use crate::store::{
    Error,
    engine::Row,
    intents::{
        order_endings::{CANCELED, EXPIRED},
        orders,
    },
    people::api_key,
    records::outbox::RecordedEvent,
    refunds,
    unit_of_work::UnitOfWork,
    webhooks::{
        endpoints,
        queue::{StoredMessage, enqueue},
    },
};
use crate::{
    domain::{
        ids::{PayPageId, PaymentIntentId, RefundId},
        intents::order::OrderStatus,
        names::Named,
        webhooks::{DeliveryState, MessageFormat, url::server},
    },
    values,
    wire::coingate::callback_content::{OrderCallback, RefundCallback},
};
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Events after which a refund is new or has another status in CoinGate's terms.
const REFUND_EVENTS: [&str; 4] = ["refund.created", "refund.processing", "refund.completed", "refund.rejected"];
/// Events after which an order may have another status. `payment.paid` is missing because the event of the intent's new
/// status follows it, and `payment_intent.created` because the intent has no deposit address yet.
const ORDER_EVENTS: [&str; 8] = [
    "payment_intent.pending",
    "payment_intent.complete",
    "payment_intent.expired",
    "payment_intent.failed",
    "payment_intent.refunded",
    "payment.pending",
    "payment.failed",
    "refund.completed",
];

/// Selects where and in which format callbacks of orders are sent, and what was last reported.
const ORDER_CALLBACK: &str = "select o.callback_url, o.told_status, k.callback_format
    from orders o left join api_keys k on k.id = o.api_key_id";

/// Enqueues deliveries of an event to the callback URLs of its refund and its order.
pub(in crate::store) async fn enqueue_callbacks(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    facts: &Json,
) -> Result<(), Error> {
    if REFUND_EVENTS.contains(&event.kind) {
        enqueue_for_refund(work, event).await?;
    }
    if [EXPIRED, CANCELED].contains(&event.kind) {
        return enqueue_for_order_without_coin(work, event).await;
    }
    let intent = facts.get("paymentIntentId").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
    match intent {
        Some(intent) if ORDER_EVENTS.contains(&event.kind) => {
            enqueue_for_order(work, event, PaymentIntentId(intent)).await
        }
        _ => Ok(()),
    }
}

async fn enqueue_for_refund(work: &mut UnitOfWork<'_>, event: &RecordedEvent<'_>) -> Result<(), Error> {
    let sql = "select r.callback_url, k.callback_format from refunds r left join api_keys k on k.id = r.author_id
        where r.id = $1 and r.callback_url is not null";
    let Some(row) = work.transaction.optional(sql, values![event.subject]).await? else { return Ok(()) };
    let refund = refunds::load(&mut work.transaction, event.merchant, RefundId(event.subject), "").await?;
    let order = orders::load_of_intent(&mut work.transaction, event.merchant, refund.intent_id).await?;
    let stored = stored(&row, &RefundCallback::new(&refund, &order))?;
    enqueue_for_server(work, event, MessageFormat::CoinGateRefund, &stored).await
}

async fn enqueue_for_order(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    intent: PaymentIntentId,
) -> Result<(), Error> {
    let sql = format!("{ORDER_CALLBACK} where o.intent_id = $1 and o.callback_url is not null");
    let Some(row) = work.transaction.optional(sql, values![intent]).await? else { return Ok(()) };
    let order = orders::load_of_intent(&mut work.transaction, event.merchant, intent).await?;
    let status = order.status(work.context.now);
    if status == OrderStatus::New || row.get::<Option<String>>("told_status")?.as_deref() == Some(status.as_str()) {
        return Ok(());
    }
    let sql = "update orders set told_status = $1 where merchant_id = $2 and number = $3";
    work.transaction.execute(sql, values![status.as_str(), event.merchant, order.number]).await?;
    let stored = stored(&row, &OrderCallback::new(&order, work.context.now))?;
    // Use the intent as the subject even if a payment or a refund caused the event: it is the order that changed.
    let event = RecordedEvent { subject: intent.0, ..*event };
    enqueue_for_server(work, &event, MessageFormat::CoinGateOrder, &stored).await
}

/// Enqueues the callback of an order that ended before a coin was chosen. That happens once, so there is no need to
/// compare with the status reported before. An order with an intent is reported by the events of the intent.
async fn enqueue_for_order_without_coin(work: &mut UnitOfWork<'_>, event: &RecordedEvent<'_>) -> Result<(), Error> {
    let sql = format!("{ORDER_CALLBACK} where o.page_id = $1 and o.intent_id is null and o.callback_url is not null");
    let Some(row) = work.transaction.optional(sql, values![event.subject]).await? else { return Ok(()) };
    let order = orders::load_of_page(&mut work.transaction, PayPageId(event.subject)).await?;
    let stored = stored(&row, &OrderCallback::new(&order, work.context.now))?;
    enqueue_for_server(work, event, MessageFormat::CoinGateOrder, &stored).await
}

/// The message to the callback URL of a row of an order or a refund.
fn stored(row: &Row, body: &impl Serialize) -> Result<StoredMessage, Error> {
    Ok(StoredMessage {
        url: row.get("callback_url")?,
        body: json!(body).to_string(),
        callback_format: api_key::callback_format(row)?,
    })
}

async fn enqueue_for_server(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    format: MessageFormat,
    stored: &StoredMessage,
) -> Result<(), Error> {
    let target = endpoints::target_of_server(work, event.merchant, &server(&stored.url), format).await?;
    enqueue(work, event, target, DeliveryState::Waiting, Some(stored)).await.map(drop)
}

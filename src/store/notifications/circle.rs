//! Circle's notifications: changed resources in the format of Circle's API, enqueued in the transaction of the change.

use crate::store::{
    Error, address_book,
    engine::Transaction,
    intents::{self, on_chain, payments},
    people::team::load_merchant,
    records::outbox::RecordedEvent,
    refunds,
    unit_of_work::UnitOfWork,
    webhooks::queue::{StoredMessage, enqueue},
};
use crate::{
    domain::{
        ids::{PaymentId, PaymentIntentId, RecipientId, RefundId, WebhookEndpointId},
        intents::payment_intent::{IntentStatus, PaymentIntent},
        webhooks::{
            DeliveryState,
            event::{AMOUNTS_CHANGED, OF_NOTIFICATIONS},
        },
    },
    values,
    wire::circle::{
        IntentObject, RecipientObject, TransferObject,
        notification::{Envelope, Resource, message},
    },
};
use serde_json::Value as Json;
use uuid::Uuid;

/// Events after which a refund is new or has another status for Circle's clients. The statuses in between are all
/// `pending` to them.
const REFUND_EVENTS: [&str; 3] = ["refund.created", "refund.completed", "refund.rejected"];
/// Events after which a payment is new or has another status for Circle's clients.
const PAYMENT_EVENTS: [&str; 4] = ["payment.pending", "payment.paid", "payment.failed", "unsupported_funds.received"];
/// Events that change the amounts, payments or refunds of an intent, though not necessarily its status.
const AMOUNT_EVENTS: [&str; 6] =
    ["payment.pending", "payment.paid", "payment.failed", "refund.created", "refund.completed", "refund.rejected"];
/// Prefix of the events that come with a timeline entry of an intent.
const INTENT_EVENTS: &str = "payment_intent.";
/// Prefix of the address book's events. Deleting an entry sends no notification.
const RECIPIENT_EVENTS: &str = "address_book_recipient.";

/// A subscription that is confirmed and enabled.
struct ActiveSubscription {
    id: WebhookEndpointId,
    url: String,
    topic: String,
}

/// Enqueues the notifications of an event for every active subscription of the merchant.
pub(in crate::store) async fn enqueue_notifications(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    facts: &Json,
) -> Result<(), Error> {
    let transfer = REFUND_EVENTS.contains(&event.kind) || PAYMENT_EVENTS.contains(&event.kind);
    // Unsupported funds belong to no intent in Circle's format.
    let is_unsupported = facts.get("unsupported").is_some_and(|reason| !reason.is_null());
    let amounts = AMOUNT_EVENTS.contains(&event.kind) && !is_unsupported;
    let status = event.kind.starts_with(INTENT_EVENTS);
    let recipient = event.kind.starts_with(RECIPIENT_EVENTS) && OF_NOTIFICATIONS.contains(&event.kind);
    if !(transfer || amounts || status || recipient) {
        return Ok(());
    }
    let subscriptions = subscriptions(&mut work.transaction, event).await?;
    if subscriptions.is_empty() {
        return Ok(());
    }
    if recipient {
        let recipient =
            address_book::load(&mut work.transaction, event.merchant, RecipientId(event.subject), "").await?;
        let resource = Resource::AddressBookRecipient(Box::new(RecipientObject::from(recipient)));
        return enqueue_for_all(work, event, &subscriptions, resource).await;
    }
    let merchant = load_merchant(&mut work.transaction, event.merchant).await?;
    if transfer {
        let transfer = if REFUND_EVENTS.contains(&event.kind) {
            let refund = refunds::load(&mut work.transaction, event.merchant, RefundId(event.subject), "").await?;
            TransferObject::refund(refund, &merchant)
        } else {
            let id = PaymentId(event.subject);
            let payment = payments::load(&mut work.transaction, event.merchant, id).await?;
            let on_chain = on_chain::of_payments(&mut work.transaction, event.merchant, &[id]).await?.remove(&id);
            TransferObject::payment(payment, on_chain, &merchant)
        };
        enqueue_for_all(work, event, &subscriptions, Resource::Payment(Box::new(transfer))).await?;
    }
    let intent = facts.get("paymentIntentId").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
    let Some(intent) = intent.filter(|_| status || amounts) else { return Ok(()) };
    let intent = intents::load(&mut work.transaction, event.merchant, PaymentIntentId(intent), "").await?;
    if adds_timeline_entry(event.kind, &intent) {
        return Ok(());
    }
    let id = intent.id.0;
    let resource = Resource::PaymentIntent(Box::new(IntentObject::new(intent, &merchant)));
    if status {
        return enqueue_for_all(work, event, &subscriptions, resource).await;
    }
    let along = work.record_consequence(event, AMOUNTS_CHANGED, id, facts).await?;
    enqueue_for_all(work, &along, &subscriptions, resource).await
}

/// Returns whether the change also adds a timeline entry to its intent. That entry's own event then sends the
/// notification. A credited payment and the first refund add one, unless the intent is continuous.
fn adds_timeline_entry(kind: &str, intent: &PaymentIntent) -> bool {
    match kind {
        "payment.paid" => intent.amount_due().is_some(),
        "refund.created" => intent.ends_with_refund() && intent.status() != IntentStatus::Refunded,
        _ => false,
    }
}

async fn subscriptions(
    transaction: &mut Transaction,
    event: &RecordedEvent<'_>,
) -> Result<Vec<ActiveSubscription>, Error> {
    let sql = "select id, url, topic from webhook_endpoints
        where merchant_id = $1 and form = 'circle' and confirmed_at is not null and deleted_at is null
        and disabled_at is null order by created_at, id";
    let rows = transaction.all(sql, values![event.merchant]).await?;
    let subscription = |row: &crate::store::engine::Row| {
        Ok(ActiveSubscription { id: WebhookEndpointId(row.get("id")?), url: row.get("url")?, topic: row.get("topic")? })
    };
    rows.iter().map(subscription).collect()
}

async fn enqueue_for_all(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    subscriptions: &[ActiveSubscription],
    resource: Resource,
) -> Result<(), Error> {
    let message = message(event.merchant, resource)?;
    // A merchant has three subscriptions at most.
    for ActiveSubscription { id, url, topic } in subscriptions {
        let envelope = Envelope { id: event.id, topic, at: work.context.now };
        let stored = StoredMessage {
            url: url.clone(),
            body: envelope.notification(event.merchant, &message).to_string(),
            callback_format: None,
        };
        enqueue(work, event, *id, DeliveryState::Waiting, Some(&stored)).await?;
    }
    Ok(())
}

//! Circle's notifications: what has changed, as its clients read it, written down with the change for everybody who subscribed.

use crate::store::{
    address_book,
    engine::Transaction,
    intents::{self, payments},
    people::users::load_merchant,
    records::{Recorded, record_along},
    refunds,
    webhooks::queue::{OwnMessage, add},
};
use crate::{
    context::Context,
    domain::{
        ids::{PaymentId, PaymentIntentId, RecipientId, RefundId, WebhookEndpointId},
        intents::payment_intent::{IntentStatus, PaymentIntent},
        webhooks::{
            DeliveryState,
            event::{AMOUNTS_CHANGED, OF_NOTIFICATIONS},
        },
    },
    error::Error,
    values,
    wire::circle::{
        IntentShape, RecipientShape, TransferShape,
        notification::{Envelope, Resource, message},
    },
};
use serde_json::Value as Json;
use uuid::Uuid;

/// After these a refund reads otherwise to Circle's clients, or is new; what comes in between is all `pending` to them.
const REFUND_EVENTS: [&str; 3] = ["refund.created", "refund.completed", "refund.rejected"];
/// After these a payment does.
const PAYMENT_EVENTS: [&str; 4] = ["payment.pending", "payment.paid", "payment.failed", "unsupported_funds.received"];
/// After these an intent has other amounts, payments or refunds, though perhaps the status that it had.
const AMOUNT_EVENTS: [&str; 6] =
    ["payment.pending", "payment.paid", "payment.failed", "refund.created", "refund.completed", "refund.rejected"];
/// How the events of an intent's own timeline begin.
const INTENT_EVENTS: &str = "payment_intent.";
/// How those of the address book do; that an entry is no more leaves nothing to tell of.
const RECIPIENT_EVENTS: &str = "address_book_recipient.";

/// A subscription that is told.
struct Subscriber {
    id: WebhookEndpointId,
    url: String,
    topic: String,
}

/// Makes the deliveries of an event to everybody who subscribed.
pub(in crate::store) async fn tell(
    transaction: &mut Transaction,
    context: &Context<'_>,
    event: &Recorded<'_>,
    facts: &Json,
) -> Result<(), Error> {
    let transfer = REFUND_EVENTS.contains(&event.kind) || PAYMENT_EVENTS.contains(&event.kind);
    let amounts = AMOUNT_EVENTS.contains(&event.kind);
    let status = event.kind.starts_with(INTENT_EVENTS);
    let recipient = event.kind.starts_with(RECIPIENT_EVENTS) && OF_NOTIFICATIONS.contains(&event.kind);
    if !(transfer || amounts || status || recipient) {
        return Ok(());
    }
    let subscribers = subscribers(transaction, event).await?;
    if subscribers.is_empty() {
        return Ok(());
    }
    if recipient {
        let recipient = address_book::load(transaction, event.merchant, RecipientId(event.subject), "").await?;
        let resource = Resource::AddressBookRecipient(Box::new(RecipientShape::from(recipient)));
        return send(transaction, context, event, &subscribers, resource).await;
    }
    let merchant = load_merchant(transaction, event.merchant).await?;
    if transfer {
        let shape = if REFUND_EVENTS.contains(&event.kind) {
            let refund = refunds::load(transaction, event.merchant, RefundId(event.subject), "").await?;
            TransferShape::refund(refund, &merchant)
        } else {
            TransferShape::payment(
                payments::load(transaction, event.merchant, PaymentId(event.subject)).await?,
                &merchant,
            )
        };
        send(transaction, context, event, &subscribers, Resource::Payment(Box::new(shape))).await?;
    }
    let intent = facts.get("paymentIntentId").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
    let Some(intent) = intent.filter(|_| status || amounts) else { return Ok(()) };
    let intent = intents::load(transaction, event.merchant, PaymentIntentId(intent), "").await?;
    if brings_an_entry(event.kind, &intent) {
        return Ok(());
    }
    let id = intent.id.0;
    let resource = Resource::PaymentIntent(Box::new(IntentShape::new(intent, &merchant)));
    if status {
        return send(transaction, context, event, &subscribers, resource).await;
    }
    let along = record_along(transaction, context, event, AMOUNTS_CHANGED, id, facts).await?;
    send(transaction, context, &along, &subscribers, resource).await
}

/// Whether a change also gives its intent a new timeline entry, which is told next and by itself: a credited payment and the first
/// refund do, unless the intent is continuous.
fn brings_an_entry(kind: &str, intent: &PaymentIntent) -> bool {
    match kind {
        "payment.paid" => intent.asked().is_some(),
        "refund.created" => intent.ends_with_refund() && intent.status() != IntentStatus::Refunded,
        _ => false,
    }
}

async fn subscribers(transaction: &mut Transaction, event: &Recorded<'_>) -> Result<Vec<Subscriber>, Error> {
    let sql = "select id, url, topic from webhook_endpoints
        where merchant_id = $1 and form = 'circle' and confirmed_at is not null and deleted_at is null
        and disabled_at is null order by created_at, id";
    let rows = transaction.all(sql, values![event.merchant]).await?;
    let subscriber = |row: &crate::store::engine::Row| {
        Ok(Subscriber { id: WebhookEndpointId(row.get("id")?), url: row.get("url")?, topic: row.get("topic")? })
    };
    rows.iter().map(subscriber).collect()
}

async fn send(
    transaction: &mut Transaction,
    context: &Context<'_>,
    event: &Recorded<'_>,
    subscribers: &[Subscriber],
    resource: Resource,
) -> Result<(), Error> {
    let message = message(event.merchant, resource)
        .map_err(|error| Error::Fault(format!("a notification cannot be written: {error}")))?;
    // There are three at most.
    for Subscriber { id, url, topic } in subscribers {
        let envelope = Envelope { id: event.id, topic, at: context.now };
        let own = OwnMessage { url: url.clone(), body: envelope.notification(event.merchant, &message).to_string() };
        add(transaction, context, event, *id, DeliveryState::Waiting, Some(&own)).await?;
    }
    Ok(())
}

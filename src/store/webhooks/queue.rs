//! The queue of webhook deliveries. A delivery is enqueued in the transaction of its change; workers on several servers
//! share the queue.
//!
//! Events about one subject are sent in order: a delivery is due once every earlier one about the same subject to the
//! same endpoint is finished. Leasing or finishing a delivery locks the row of its endpoint, so two servers never lease
//! the same delivery, nor two about the same subject at the same time.

use super::endpoints;
use crate::store::{
    Error, Store,
    engine::{Row, lease::LeaseQueue},
    people::api_key::callback_format,
    records::outbox::RecordedEvent,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        ids::{WebhookDeliveryId, WebhookEndpointId},
        names::Named,
        webhooks::{
            CallbackFormat, DeliveryState, Endpoint,
            event::{EventFilter, is_sent_to_endpoints},
            payload::{Event, METADATA},
        },
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value as Json, json};
use uuid::Uuid;

pub(in crate::store) const QUEUE: LeaseQueue = LeaseQueue::new("webhook_deliveries", "state = 'waiting'");
/// Maximum number of concurrent deliveries to one endpoint, over all servers.
pub const PER_ENDPOINT: i64 = 4;
/// The same for an endpoint whose last attempt failed: probe it with one delivery at a time instead of piling up more.
const PER_FAILING_ENDPOINT: i64 = 1;
/// Maximum number of concurrent CoinGate callbacks to one server. Orders and refunds name their own URLs on it. Each
/// URL is limited like an endpoint, so that one that hangs leaves room for the others.
const PER_SERVER: i64 = 16;

/// A delivery leased to this server.
#[derive(Clone, Debug, PartialEq)]
pub struct LeasedDelivery {
    pub id: WebhookDeliveryId,
    pub endpoint: Endpoint,
    pub event: Event,
    /// URL and body, if they are stored with the delivery rather than built from endpoint and event.
    pub stored: Option<StoredMessage>,
    /// Number of attempts since the schedule began.
    pub tries: i64,
    /// End of the lease.
    pub held_until: DateTime<Utc>,
}

/// A message stored with its delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    pub url: String,
    /// JSON.
    pub body: String,
    /// How CoinGate's callbacks are encoded; without a format, it is the server's setting.
    pub callback_format: Option<CallbackFormat>,
}

/// Enqueues a delivery of an event for each endpoint that subscribed to its type. For a disabled endpoint the delivery
/// is withheld, so that it can be requested later.
pub(in crate::store) async fn enqueue_for_endpoints(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
) -> Result<(), Error> {
    if !is_sent_to_endpoints(event.kind) {
        return Ok(());
    }
    let sql = "select id, events, disabled_at from webhook_endpoints
        where merchant_id = $1 and form = 'standard' and deleted_at is null and id <> $2 order by created_at, id";
    // An endpoint receives no events about itself.
    for row in work.transaction.all(sql, values![event.merchant, event.subject]).await? {
        if !EventFilter::stored(&row.get::<String>("events")?).matches(event.kind) {
            continue;
        }
        let disabled = row.get::<Option<DateTime<Utc>>>("disabled_at")?.is_some();
        let state = if disabled { DeliveryState::Withheld } else { DeliveryState::Waiting };
        enqueue(work, event, WebhookEndpointId(row.get("id")?), state, None).await?;
    }
    Ok(())
}

/// A delivery enqueued by a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDelivery {
    /// The event type.
    pub event: String,
    pub url: String,
}

/// Returns the deliveries that this transaction has enqueued since its first event about `subject`. The transaction
/// holds the merchant's audit chain, so every event with a higher number is its own too.
pub(in crate::store) async fn planned_since(
    work: &mut UnitOfWork<'_>,
    subject: Uuid,
) -> Result<Vec<PlannedDelivery>, Error> {
    let sql = "select d.event_type, coalesce(d.url, e.url) as url
        from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
        where d.merchant_id = $1 and d.created_at = $2 and d.state = 'waiting' and d.number >=
            (select min(number) from outbox_events where subject_id = $3)
        order by d.number, d.id";
    let rows = work.transaction.all(sql, values![work.actor.merchant(), work.context.now, subject]).await?;
    rows.iter().map(|row| Ok(PlannedDelivery { event: row.get("event_type")?, url: row.get("url")? })).collect()
}

/// Enqueues one delivery and returns its id.
pub(in crate::store) async fn enqueue(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
    endpoint: WebhookEndpointId,
    state: DeliveryState,
    stored: Option<&StoredMessage>,
) -> Result<WebhookDeliveryId, Error> {
    let id = WebhookDeliveryId(work.context.id());
    work.transaction
        .execute(
            "insert into webhook_deliveries (id, merchant_id, endpoint_id, event_id, event_type, subject_id, number, state,
                attempts, tries, next_attempt_at, created_at, updated_at, url, body,
                callback_format)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $9, $9, $10, $11, $12)",
            values![
                id,
                event.merchant,
                endpoint,
                event.id,
                event.kind,
                event.subject,
                event.number,
                state.as_str(),
                work.context.now,
                stored.map(|stored| stored.url.as_str()),
                stored.map(|stored| stored.body.as_str()),
                stored.and_then(|stored| stored.callback_format).map(CallbackFormat::as_str)
            ],
        )
        .await?;
    Ok(id)
}

/// Selects the due deliveries `d` of an endpoint: their time has come, they are not leased, and no other delivery about
/// the same subject comes first (`ahead`) or is leased. `$1` is the endpoint and `$2` the time.
fn due_of_endpoint(ahead: &str) -> String {
    let due = QUEUE.due("d.", 2);
    format!(
        "from webhook_deliveries d where d.endpoint_id = $1 and {due}
         and not exists (select 1 from webhook_deliveries e where e.endpoint_id = d.endpoint_id and e.subject_id = d.subject_id
            and e.state = 'waiting' and e.id <> d.id and ({ahead} or e.leased_until > $2))"
    )
}

/// Selects the due deliveries of an endpoint that receives all events about a subject in order.
fn due_in_order() -> String {
    format!("select d.* {}", due_of_endpoint("e.number < d.number"))
}

/// Selects the due CoinGate callbacks to one server. The limit of each URL counts the callbacks already on their way to
/// it; it is one as long as a waiting callback to the URL has failed. A failed callback does not block later ones,
/// because each reports a state of its own.
fn coingate_due() -> String {
    let due = due_of_endpoint("e.number < d.number and e.tries = 0");
    format!(
        "select d.* from (
            select d.*, row_number() over (partition by d.url order by d.next_attempt_at, d.number) as place {due}
         ) d join (
            select url, sum(case when leased_until > $2 then 1 else 0 end) as busy, max(tries) as tries
            from webhook_deliveries where endpoint_id = $1 and state = 'waiting' group by url
         ) load on load.url = d.url
         where d.place + load.busy <= case when load.tries > 0 then {PER_FAILING_ENDPOINT} else {PER_ENDPOINT} end"
    )
}

impl Store {
    /// Leases due deliveries, at most `room` of them. No endpoint gets more than its share, so that one with a long
    /// queue or slow responses leaves room for the others.
    pub async fn claim_due_deliveries(
        &self,
        context: &Context<'_>,
        lease: Duration,
        room: usize,
    ) -> Result<Vec<LeasedDelivery>, Error> {
        let now = context.now;
        let sql = format!(
            "select p.id from webhook_endpoints p where p.disabled_at is null and p.deleted_at is null
             and (p.paused_until is null or p.paused_until <= $1)
             and exists (select 1 from webhook_deliveries d where d.endpoint_id = p.id and {})
             order by (select min(d.next_attempt_at) from webhook_deliveries d
                where d.endpoint_id = p.id and d.state = 'waiting'), p.id",
            QUEUE.due("d.", 1)
        );
        // Nearly always empty, so look in a read transaction first.
        let endpoints = self.database.snapshot().await?.all(sql, values![now]).await?;
        let mut assignments = Vec::new();
        for row in endpoints {
            if assignments.len() >= room {
                break;
            }
            let left = room - assignments.len();
            assignments.extend(self.claim_of_endpoint(now, lease, WebhookEndpointId(row.get("id")?), left).await?);
        }
        Ok(assignments)
    }

    async fn claim_of_endpoint(
        &self,
        now: DateTime<Utc>,
        lease: Duration,
        id: WebhookEndpointId,
        room: usize,
    ) -> Result<Vec<LeasedDelivery>, Error> {
        let mut transaction = self.database.begin().await?;
        // Skip an endpoint that another server has locked; a later round finds it again.
        let sql = format!(
            "{} where id = $1 and disabled_at is null and deleted_at is null
             and (paused_until is null or paused_until <= $2){}",
            endpoints::COLUMNS,
            transaction.for_update_skip_locked()
        );
        let Some(row) = transaction.optional(sql, values![id, now]).await? else { return Ok(Vec::new()) };
        let endpoint = endpoints::from_row(&row)?;
        let share = match endpoint.failing_since {
            _ if endpoint.format.is_coingate() => PER_SERVER,
            Some(_) => PER_FAILING_ENDPOINT,
            None => PER_ENDPOINT,
        };
        let sql = "select count(*) as number from webhook_deliveries
            where endpoint_id = $1 and state = 'waiting' and leased_until > $2";
        let busy: i64 = transaction.one(sql, values![id, now]).await?.get("number")?;
        let limit = (share - busy).clamp(0, i64::try_from(room).unwrap_or(i64::MAX));
        let due = if endpoint.format.is_coingate() { coingate_due() } else { due_in_order() };
        let sql = format!(
            "select d.id, d.event_id, d.event_type, d.subject_id, d.tries, d.url, d.body, d.callback_format,
                o.payload, o.at, (select i.metadata from payment_intents i where i.id = d.subject_id) as metadata
             from ({due}) d join outbox_events o on o.id = d.event_id order by d.next_attempt_at, d.number limit {limit}"
        );
        let rows = transaction.all(sql, values![id, now]).await?;
        let held_until = now + lease;
        let mut assignments = Vec::with_capacity(rows.len());
        for row in rows {
            let delivery = leased_delivery(&row, &endpoint, held_until)?;
            QUEUE.lease(&mut transaction, delivery.id.0, held_until, &self.server).await?;
            assignments.push(delivery);
        }
        transaction.commit().await?;
        Ok(assignments)
    }
}

fn leased_delivery(row: &Row, endpoint: &Endpoint, held_until: DateTime<Utc>) -> Result<LeasedDelivery, Error> {
    let callback_format = callback_format(row)?;
    let message = |(url, body)| StoredMessage { url, body, callback_format };
    let mut facts: Json = row.get("payload")?;
    // Not recorded with the event: the audit log has the same facts, and can never forget what may be about a customer.
    if let Some(metadata) = row.get::<Option<Json>>("metadata")?.filter(|metadata| *metadata != json!({}))
        && let Some(members) = facts.as_object_mut()
    {
        members.insert(METADATA.to_owned(), metadata);
    }
    Ok(LeasedDelivery {
        id: WebhookDeliveryId(row.get("id")?),
        endpoint: endpoint.clone(),
        event: Event {
            id: row.get("event_id")?,
            kind: row.get("event_type")?,
            subject: row.get::<Uuid>("subject_id")?,
            facts,
            at: row.get("at")?,
        },
        stored: row.get::<Option<String>>("url")?.zip(row.get("body")?).map(message),
        tries: row.get("tries")?,
        held_until,
    })
}

//! The queue of callbacks: filled in the transaction of each change, emptied by workers that share it.
//!
//! Events about one thing are sent in order: a delivery is due when every earlier one about the same thing to the same
//! endpoint is done. Whoever takes or finishes deliveries of an endpoint holds the endpoint's row, so two servers never take
//! one of them both, nor two about the same thing at once.

use super::endpoints;
use crate::store::{
    Error, Store,
    engine::{Row, lease::LeaseQueue},
    records::outbox::RecordedEvent,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        ids::{WebhookDeliveryId, WebhookEndpointId},
        names::Named,
        webhooks::{
            DeliveryState, Endpoint,
            event::{EventFilter, is_told},
            payload::Event,
        },
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

pub(super) const QUEUE: LeaseQueue = LeaseQueue::new("webhook_deliveries", "state = 'waiting'");
/// How many messages are on their way to one endpoint at once, over all servers.
pub const PER_ENDPOINT: i64 = 4;
/// The same for an endpoint whose last attempt failed: the next one is to find out, not to pile up.
const PER_FAILING_ENDPOINT: i64 = 1;
/// How many of CoinGate's callbacks are on their way to one server at once. Orders and refunds name their own addresses there, each
/// of which has the share of an endpoint, so that one that hangs leaves room for those beside it.
const PER_SERVER: i64 = 16;

/// A delivery that this server has to attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Which.
    pub id: WebhookDeliveryId,
    /// Where to.
    pub endpoint: Endpoint,
    /// The event to send.
    pub event: Event,
    /// Where to and what, when the event and the endpoint do not say it.
    pub stored: Option<StoredMessage>,
    /// How often it was tried since it began.
    pub tries: i64,
    /// Until when it is this server's.
    pub held_until: DateTime<Utc>,
}

/// A message that was written down with its delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// Where to.
    pub url: String,
    /// What, as JSON.
    pub body: String,
}

/// Makes a delivery of an event for each endpoint that subscribed to its type. For one that is disabled it is withheld, so that
/// it can be asked for later.
pub(in crate::store) async fn enqueue_for_endpoints(
    work: &mut UnitOfWork<'_>,
    event: &RecordedEvent<'_>,
) -> Result<(), Error> {
    if !is_told(event.kind) {
        return Ok(());
    }
    let sql = "select id, events, disabled_at from webhook_endpoints
        where merchant_id = $1 and form = 'standard' and deleted_at is null and id <> $2 order by created_at, id";
    // No endpoint gets events about itself.
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

/// A delivery that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDelivery {
    /// What happened.
    pub event: String,
    /// Where it is sent.
    pub url: String,
}

/// The deliveries of a transaction that began by telling of this subject for the first time. It holds the merchant's audit chain, so
/// that whatever has a higher number is its own too.
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

/// Makes one delivery; answers its id.
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
                attempts, tries, next_attempt_at, created_at, updated_at, url, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $9, $9, $10, $11)",
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
                stored.map(|stored| stored.body.as_str())
            ],
        )
        .await?;
    Ok(id)
}

/// Deliveries `d` of an endpoint that are due: their time has come, nobody holds them, and nothing about the same thing comes
/// first (`ahead`) or is on its way. Takes the endpoint and the time.
fn due_of_endpoint(ahead: &str) -> String {
    let due = QUEUE.due("d.", 2);
    format!(
        "from webhook_deliveries d where d.endpoint_id = $1 and {due}
         and not exists (select 1 from webhook_deliveries e where e.endpoint_id = d.endpoint_id and e.subject_id = d.subject_id
            and e.state = 'waiting' and e.id <> d.id and ({ahead} or e.leased_until > $2))"
    )
}

/// What is due of an endpoint that gets everything about a thing in order.
fn due_in_order() -> String {
    format!("select d.* {}", due_of_endpoint("e.number < d.number"))
}

/// What is due of CoinGate's callbacks to one server: of each address as many as may be on their way to it besides those that
/// are, and just one when something that waits for it has failed. What failed once is in nobody's way: what comes later is a
/// state of its own.
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
    /// Takes deliveries that are due, at most `room` of them, for one server and for a limited time. No endpoint gets more
    /// than its share, so one with a long queue or a slow answer leaves room for the others.
    pub async fn claim_due_deliveries(
        &self,
        context: &Context<'_>,
        lease: Duration,
        room: usize,
    ) -> Result<Vec<Assignment>, Error> {
        let now = context.now;
        let sql = format!(
            "select p.id from webhook_endpoints p where p.disabled_at is null and p.deleted_at is null
             and (p.paused_until is null or p.paused_until <= $1)
             and exists (select 1 from webhook_deliveries d where d.endpoint_id = p.id and {})
             order by (select min(d.next_attempt_at) from webhook_deliveries d
                where d.endpoint_id = p.id and d.state = 'waiting'), p.id",
            QUEUE.due("d.", 1)
        );
        // Nearly always nothing; then no writer is needed.
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
    ) -> Result<Vec<Assignment>, Error> {
        let mut transaction = self.database.begin().await?;
        // Another server that has it now will come back by itself.
        let sql = format!(
            "{} where id = $1 and disabled_at is null and deleted_at is null
             and (paused_until is null or paused_until <= $2){}",
            endpoints::COLUMNS,
            transaction.for_update_skip_locked()
        );
        let Some(row) = transaction.optional(sql, values![id, now]).await? else { return Ok(Vec::new()) };
        let endpoint = endpoints::from_row(&row)?;
        let share = match endpoint.failing_since {
            _ if endpoint.form.is_coingate() => PER_SERVER,
            Some(_) => PER_FAILING_ENDPOINT,
            None => PER_ENDPOINT,
        };
        let sql = "select count(*) as number from webhook_deliveries
            where endpoint_id = $1 and state = 'waiting' and leased_until > $2";
        let busy: i64 = transaction.one(sql, values![id, now]).await?.get("number")?;
        let limit = (share - busy).clamp(0, i64::try_from(room).unwrap_or(i64::MAX));
        let due = if endpoint.form.is_coingate() { coingate_due() } else { due_in_order() };
        let sql = format!(
            "select d.id, d.event_id, d.event_type, d.subject_id, d.tries, d.url, d.body, o.payload, o.at
             from ({due}) d join outbox_events o on o.id = d.event_id order by d.next_attempt_at, d.number limit {limit}"
        );
        let rows = transaction.all(sql, values![id, now]).await?;
        let held_until = now + lease;
        let mut assignments = Vec::with_capacity(rows.len());
        for row in rows {
            let assignment = assignment(&row, &endpoint, held_until)?;
            QUEUE.hold(&mut transaction, assignment.id.0, held_until).await?;
            assignments.push(assignment);
        }
        transaction.commit().await?;
        Ok(assignments)
    }
}

fn assignment(row: &Row, endpoint: &Endpoint, held_until: DateTime<Utc>) -> Result<Assignment, Error> {
    Ok(Assignment {
        id: WebhookDeliveryId(row.get("id")?),
        endpoint: endpoint.clone(),
        event: Event {
            id: row.get("event_id")?,
            kind: row.get("event_type")?,
            subject: row.get::<Uuid>("subject_id")?,
            facts: row.get("payload")?,
            at: row.get("at")?,
        },
        stored: row.get::<Option<String>>("url")?.zip(row.get("body")?).map(|(url, body)| StoredMessage { url, body }),
        tries: row.get("tries")?,
        held_until,
    })
}

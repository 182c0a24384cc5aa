//! More lists as CSV files: payment intents, unsupported funds, and what developers look at.

use super::exports::{at_places, attachment, file, refused, table};
use crate::{
    domain::{
        ids::WebhookEndpointId,
        intents::{
            payment::Payment,
            payment_intent::{AmountDue, PaymentIntent},
        },
        mail::Mail,
        names::Named,
        paging::PageRequest,
        webhooks::Delivery,
    },
    error::Error,
    service::{
        intents::{self, payment},
        mail,
        operations::api_log,
        people::{api_key, members},
        webhooks,
    },
    state::Requite,
    store::operations::api_log::ApiLogEntry,
    texts::next_steps,
    web::{
        forms::id,
        list_columns::{IntentColumn, RequestColumn, UnsupportedColumn},
        list_filters::{ApiLogQuery, DeliveryQuery, IntentQuery, PageQuery, UnsupportedQuery},
        periods::Calendar,
        session::SignedIn,
        time,
    },
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

const INTENT_COLUMNS: [&str; 16] = [
    "id",
    "order_number",
    "status",
    "context",
    "created_at",
    "expires_at",
    "last_paid_at",
    "amount",
    "currency",
    "paid",
    "refunded",
    "in_flight",
    "left_to_refund",
    "settlement_currency",
    "networks",
    "type",
];

const PAYMENT_COLUMNS: [&str; 10] = [
    "id",
    "arrived_at",
    "amount",
    "currency",
    "network",
    "payment_intent_id",
    "reason",
    "explanation",
    "from_address",
    "transaction_hash",
];

const REQUEST_COLUMNS: [&str; 8] = ["id", "at", "method", "path", "status", "milliseconds", "key", "request_id"];

/// `/payment-intents.csv`: every payment intent that matches the filter of the list, in its order. It has the columns that
/// are chosen in the address; without a choice, all of them, for programs.
pub async fn payment_intents(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    headers: HeaderMap,
    Query(query): Query<IntentQuery>,
) -> Response {
    let calendar = Calendar::new(&requite, &headers);
    let (filter, actor) = (query.filter(&calendar), signed_in.actor());
    let load = move |page: PageRequest| {
        let (requite, actor, filter) = (requite.clone(), actor.clone(), filter.clone());
        async move { intents::list(&requite.store, &actor, &filter, &page).await }
    };
    let places = query.columns.places::<IntentColumn>(&INTENT_COLUMNS);
    let columns = at_places(&INTENT_COLUMNS, &places);
    let record = move |intent: &PaymentIntent| at_places(&intent_line(intent), &places);
    file("payment-intents.csv", &columns, query.direction(), load, record).await
}

fn intent_line(intent: &PaymentIntent) -> [String; 16] {
    let due = intent.amount_due();
    let networks: Vec<_> = intent.payment_methods.iter().map(|method| method.network.code()).collect();
    [
        intent.id.to_string(),
        intent.order_number.to_string(),
        intent.status().as_str().to_owned(),
        intent.context().map(|context| context.as_str().to_owned()).unwrap_or_default(),
        time::iso_8601(intent.created_at),
        due.map(|due| time::iso_8601(due.expires_at)).unwrap_or_default(),
        intent.last_paid_at.map(time::iso_8601).unwrap_or_default(),
        due.map(|AmountDue { amount, .. }| amount.number()).unwrap_or_default(),
        intent.currency().code().to_owned(),
        intent.paid.number(),
        intent.refunded.number(),
        intent.in_flight.number(),
        intent.left().number(),
        intent.settlement_currency.code().to_owned(),
        networks.join(" "),
        intent.kind.as_str().to_owned(),
    ]
}

/// `/unsupported-funds.csv`: every deposit of the list.
pub async fn unsupported_funds(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Query(query): Query<UnsupportedQuery>,
) -> Response {
    let (search, actor) = (query.search(), signed_in.actor());
    let load = move |page: PageRequest| {
        let (requite, actor, search) = (requite.clone(), actor.clone(), search.clone());
        async move { payment::unsupported(&requite.store, &actor, search.as_ref(), &page).await }
    };
    let places = query.columns.places::<UnsupportedColumn>(&PAYMENT_COLUMNS);
    let columns = at_places(&PAYMENT_COLUMNS, &places);
    let record = move |payment: &Payment| at_places(&payment_line(payment), &places);
    file("unsupported-funds.csv", &columns, query.direction(), load, record).await
}

fn payment_line(payment: &Payment) -> [String; 10] {
    [
        payment.id.to_string(),
        time::iso_8601(payment.created_at),
        payment.amount.number(),
        payment.amount.currency().code().to_owned(),
        payment.network.code().to_owned(),
        payment.intent_id.to_string(),
        payment.unsupported.map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
        payment.unsupported.map(|reason| next_steps::of_unsupported(reason).to_owned()).unwrap_or_default(),
        payment.from_address.clone().unwrap_or_default(),
        payment.transaction_hash.clone().unwrap_or_default(),
    ]
}

/// `/developers/api-log.csv`: every request that matches the filter of the API log, without what was sent and answered.
pub async fn api_requests(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Query(query): Query<ApiLogQuery>,
) -> Response {
    let (filter, actor) = (query.filter(), signed_in.actor());
    let load = move |page: PageRequest| {
        let (requite, actor, filter) = (requite.clone(), actor.clone(), filter.clone());
        async move { api_log::list(&requite.store, &actor, &filter, &page).await }
    };
    let places = query.columns.places::<RequestColumn>(&REQUEST_COLUMNS);
    let columns = at_places(&REQUEST_COLUMNS, &places);
    let record = move |entry: &ApiLogEntry| at_places(&request_line(entry), &places);
    file("api-log.csv", &columns, query.direction(), load, record).await
}

fn request_line(entry: &ApiLogEntry) -> [String; 8] {
    [
        entry.id.to_string(),
        time::iso_8601(entry.created_at),
        entry.method.clone(),
        entry.path.clone(),
        entry.status.to_string(),
        entry.milliseconds.to_string(),
        entry.key_name.clone(),
        entry.request_id.clone(),
    ]
}

/// `/developers/webhooks/{id}/deliveries.csv`: every delivery to the endpoint that matches the filter of its page.
pub async fn deliveries(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Path(endpoint): Path<String>,
    Query(query): Query<DeliveryQuery>,
) -> Response {
    let actor = signed_in.actor();
    // The page of an endpoint of another merchant does not exist either.
    let endpoint = match id(&endpoint, WebhookEndpointId, "webhook endpoint") {
        Ok(endpoint) => match webhooks::target(&requite.store, &actor, endpoint).await {
            Ok(endpoint) => endpoint.id,
            Err(error) => return refused(error),
        },
        Err(error) => return refused(error.into()),
    };
    let filter = query.filter(endpoint);
    let load = move |page: PageRequest| {
        let (requite, actor, filter) = (requite.clone(), actor.clone(), filter.clone());
        async move { webhooks::deliveries(&requite.store, &actor, &filter, &page).await }
    };
    let columns = ["id", "event", "url", "state", "attempts", "happened_at", "next_attempt_at"];
    file("deliveries.csv", &columns, query.direction(), load, delivery_line).await
}

fn delivery_line(delivery: &Delivery) -> Vec<String> {
    vec![
        delivery.id.to_string(),
        delivery.event_type.clone(),
        delivery.url.clone(),
        delivery.state.as_str().to_owned(),
        delivery.attempts.to_string(),
        time::iso_8601(delivery.created_at),
        delivery.next_attempt_at.map(time::iso_8601).unwrap_or_default(),
    ]
}

/// `/developers/mail.csv`: the mails of the outbox, without their texts and links.
pub async fn mails(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    Query(query): Query<PageQuery>,
) -> Response {
    let actor = signed_in.actor();
    let load = move |page: PageRequest| {
        let (requite, actor) = (requite.clone(), actor.clone());
        async move { mail::list(&requite.store, &actor, &page).await }
    };
    file("mail.csv", &["id", "kind", "to", "state", "written_at"], query.direction(), load, mail_line).await
}

fn mail_line(mail: &Mail) -> Vec<String> {
    vec![
        mail.id.to_string(),
        mail.kind.as_str().to_owned(),
        mail.recipient.clone(),
        mail.state.as_str().to_owned(),
        time::iso_8601(mail.created_at),
    ]
}

/// `/team.csv`: everybody in the team.
pub async fn team(State(requite): State<Requite>, Extension(signed_in): Extension<SignedIn>) -> Response {
    let found = members::list(&requite.store, &requite.context(), &signed_in.actor()).await;
    let columns = ["id", "name", "email", "role", "disabled_at", "has_second_factor", "sessions"];
    whole("team.csv", &columns, found, |member| {
        vec![
            member.user.id.to_string(),
            member.user.name.clone(),
            member.user.email.clone(),
            member.user.role.as_str().to_owned(),
            member.user.disabled_at.map(time::iso_8601).unwrap_or_default(),
            yes_or_no(member.has_second_factor),
            member.sessions.to_string(),
        ]
    })
}

/// `/developers/api-keys.csv`: every API key, without its secret.
pub async fn api_keys(State(requite): State<Requite>, Extension(signed_in): Extension<SignedIn>) -> Response {
    let now = requite.context().now;
    let found = api_key::list(&requite.store, &signed_in.actor()).await;
    let columns =
        ["id", "name", "begins_with", "works", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at"];
    whole("api-keys.csv", &columns, found, |key| {
        vec![
            key.id.to_string(),
            key.name.clone(),
            key.hint.clone(),
            yes_or_no(key.is_valid(now)),
            key.scopes.to_string(),
            time::iso_8601(key.created_at),
            key.last_used_at.map(time::iso_8601).unwrap_or_default(),
            key.expires_at.map(time::iso_8601).unwrap_or_default(),
            key.revoked_at.map(time::iso_8601).unwrap_or_default(),
        ]
    })
}

/// `/developers/webhooks.csv`: every endpoint of the list, without its secret.
pub async fn webhook_endpoints(State(requite): State<Requite>, Extension(signed_in): Extension<SignedIn>) -> Response {
    let found = webhooks::list(&requite.store, &signed_in.actor()).await;
    let columns = ["id", "url", "description", "enabled", "failing_since", "events", "created_at"];
    whole("webhooks.csv", &columns, found, |endpoint| {
        vec![
            endpoint.id.to_string(),
            endpoint.url.clone(),
            endpoint.description.clone(),
            yes_or_no(endpoint.disabled.is_none()),
            endpoint.failing_since.map(time::iso_8601).unwrap_or_default(),
            endpoint.events.patterns().join(" "),
            time::iso_8601(endpoint.created_at),
        ]
    })
}

/// A list that is never long, as a file.
fn whole<T>(
    name: &str,
    columns: &[&str],
    found: Result<Vec<T>, Error>,
    record: impl Fn(&T) -> Vec<String>,
) -> Response {
    match found.and_then(|rows| table(Some(columns), &rows, record)) {
        Ok(body) => (attachment(name), body).into_response(),
        Err(error) => refused(error),
    }
}

fn yes_or_no(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

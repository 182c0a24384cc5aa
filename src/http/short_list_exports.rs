//! Lists that are never long, as CSV files without pages.

use super::{
    exports::{attachment, table},
    refused_files::refused,
};
use crate::{
    domain::{names::Named, webhooks::SubscriptionStatus},
    error::Error,
    service::{
        people::{api_key, members},
        webhooks::{self, ApiTarget},
    },
    state::Requite,
    web::{session::SignedIn, time},
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};

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

/// `/developers/webhooks/registered.csv`: the addresses that programs registered, as many as are listed.
pub async fn registered_webhooks(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
) -> Response {
    let found = webhooks::api_targets(&requite.store, &requite.context(), &signed_in.actor()).await;
    let columns = ["id", "url", "enabled", "failing_since", "subscription", "format", "created_at"];
    whole("registered-webhooks.csv", &columns, found, |ApiTarget { endpoint, subscription }| {
        vec![
            endpoint.id.to_string(),
            endpoint.url.clone(),
            yes_or_no(endpoint.disabled.is_none()),
            endpoint.failing_since.map(time::iso_8601).unwrap_or_default(),
            subscription.map(SubscriptionStatus::as_str).unwrap_or_default().to_owned(),
            endpoint.format.as_str().to_owned(),
            time::iso_8601(endpoint.created_at),
        ]
    })
}

/// A list that is never long, as a file.
pub(super) fn whole<T>(
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

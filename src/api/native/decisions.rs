//! Deciding on refunds that wait, by programs whose key has the scope for it.

use super::{
    problem::{Problem, Read},
    refunds::{detail, of_path},
    requests::text,
};
use crate::{
    api::circle::{auth::ApiCaller, body::JsonObject, requests::PathId, shapes::data},
    service::{approval, refund},
    state::Requite,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// `POST /v1/refunds/{id}/approve` with the `seal` of what was looked at.
pub async fn approve(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let seal = text(&body, "seal")?;
    let approved = approval::approve(&requite, &actor, of_path(id)?, seal, "").await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, approved).await?))
}

/// `POST /v1/refunds/{id}/decline` with a `reason`.
pub async fn decline(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let reason = text(&body, "reason")?;
    let declined = approval::decline(&requite, &actor, of_path(id)?, reason).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, declined).await?))
}

/// `POST /v1/refunds/{id}/stop` with a `reason`: while the refund is held back.
pub async fn stop(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let reason = text(&body, "reason")?;
    let stopped = approval::stop(&requite, &actor, of_path(id)?, reason).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, stopped).await?))
}

/// `POST /v1/refunds/{id}/renewQuote`: fixes today's rate for a refund whose own has expired, so that the difference can be
/// looked at before it is approved.
pub async fn renew_quote(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let id = of_path(id)?;
    approval::renew_quote(&requite, &actor, id).await?;
    let refund = refund::get(&requite, &actor, id).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, refund).await?))
}

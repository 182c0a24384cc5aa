//! Deciding on refunds that wait, by programs whose key has the scope for it.

use super::request_bodies::{ReasonBody, SealBody};
use super::shapes::RefundDetailShape;
use super::{
    problem::{Problem, Read},
    refunds::{detail, of_path},
    requests::text,
};
use crate::{
    api::circle::{auth::ApiCaller, body::JsonObject, requests::PathId, shapes::data},
    service::refunds::{self, approval},
    state::Requite,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Approves a refund that waits.
///
/// With the `seal` of what was looked at.
#[utoipa::path(
    post,
    path = "/refunds/{id}/approve",
    operation_id = "approveRefund",
    tag = "Refunds",
    security(("bearer" = ["approve"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The refund."),
    ),
    request_body = SealBody,
    responses((status = 200, description = "The refund", body = RefundDetailShape)),
)]
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

/// Declines a refund that waits.
#[utoipa::path(
    post,
    path = "/refunds/{id}/decline",
    operation_id = "declineRefund",
    tag = "Refunds",
    security(("bearer" = ["approve"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The refund."),
    ),
    request_body = ReasonBody,
    responses((status = 200, description = "The refund", body = RefundDetailShape)),
)]
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

/// Stops a refund.
///
/// While it is held back.
#[utoipa::path(
    post,
    path = "/refunds/{id}/stop",
    operation_id = "stopRefund",
    tag = "Refunds",
    security(("bearer" = ["refund"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The refund."),
    ),
    request_body = ReasonBody,
    responses((status = 200, description = "The refund", body = RefundDetailShape)),
)]
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

/// Fixes today's rate for a refund that waits.
///
/// For one whose own rate has expired, so that the difference can be looked at before it is approved.
#[utoipa::path(
    post,
    path = "/refunds/{id}/renewQuote",
    operation_id = "renewRefundQuote",
    tag = "Refunds",
    security(("bearer" = ["approve"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The refund."),
    ),
    responses((status = 200, description = "The refund", body = RefundDetailShape)),
)]
pub async fn renew_quote(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let id = of_path(id)?;
    approval::renew_quote(&requite, &actor, id).await?;
    let refund = refunds::get(&requite, &actor, id).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, refund).await?))
}

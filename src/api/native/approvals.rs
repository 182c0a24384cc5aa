//! Deciding on refunds that wait, by programs whose key has the scope for it.

use super::{
    dialect::{Caller, JsonObject},
    problem::Problem,
    refund_responses::RefundDetailResponse,
    refunds::detail,
    requests::{Approval, ReasonWhy},
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, path::PathId, reader::Reader},
    },
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
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = Approval,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn approve(
    Caller { actor, .. }: Caller<scope::Approve>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let Approval { seal } = Reader::new(&body).body()?;
    let approved = approval::approve((&requite).into(), &requite.context(), &actor, id.refund()?, &seal, None).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, approved).await?))
}

/// Declines a refund that waits.
#[utoipa::path(
    post,
    path = "/refunds/{id}/decline",
    operation_id = "declineRefund",
    tag = "Refunds",
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = ReasonWhy,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn decline(
    Caller { actor, .. }: Caller<scope::Approve>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let ReasonWhy { reason } = Reader::new(&body).body()?;
    let declined = approval::decline(&requite.store, &requite.context(), &actor, id.refund()?, &reason).await?;
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
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = ReasonWhy,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn stop(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let ReasonWhy { reason } = Reader::new(&body).body()?;
    let stopped = approval::stop(&requite.store, &requite.context(), &actor, id.refund()?, &reason).await?;
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
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn renew_quote(
    Caller { actor, .. }: Caller<scope::Approve>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let id = id.refund()?;
    approval::renew_quote((&requite).into(), &requite.context(), &actor, id).await?;
    let refund = refunds::get(&requite.store, &actor, id).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, refund).await?))
}

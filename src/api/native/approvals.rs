//! Approves, declines and stops waiting refunds, for API clients.

use super::{
    dialect::{Caller, JsonObject},
    problem::Problem,
    refund_responses::RefundDetailResponse,
    refunds::changed,
    requests::{ApprovalBody, RejectionBody},
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, path::PathId, reader::Reader},
    },
    error::Error,
    service::refunds::{self, approval},
    state::Requite,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Approves a refund that awaits approval.
///
/// The request contains the `seal` of the terms that the approver has seen.
#[utoipa::path(
    post,
    path = "/refunds/{id}/approve",
    operation_id = "approveRefund",
    tag = "Refunds",
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = ApprovalBody,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn approve(
    Caller { actor, .. }: Caller<scope::Approve>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let ApprovalBody { seal } = Reader::new(&body).body()?;
    let approved = approval::approve((&requite).into(), &requite.context(), &actor, id.refund()?, &seal, None).await?;
    Ok(data(StatusCode::OK, changed(&requite, &actor, approved).await?))
}

/// Declines a refund that awaits approval.
#[utoipa::path(
    post,
    path = "/refunds/{id}/decline",
    operation_id = "declineRefund",
    tag = "Refunds",
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = RejectionBody,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn decline(
    Caller { actor, .. }: Caller<scope::Approve>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let RejectionBody { reason } = Reader::new(&body).body()?;
    let declined = approval::decline(&requite.store, &requite.context(), &actor, id.refund()?, &reason).await?;
    Ok(data(StatusCode::OK, changed(&requite, &actor, declined).await?))
}

/// Stops a refund.
///
/// It must be in its waiting period (`heldUntil`), or await the customer's confirmation. Whoever created a refund also stops
/// it while it awaits approval; others decline it.
#[utoipa::path(
    post,
    path = "/refunds/{id}/stop",
    operation_id = "stopRefund",
    tag = "Refunds",
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    request_body = RejectionBody,
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn stop(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let RejectionBody { reason } = Reader::new(&body).body()?;
    let stopped = approval::stop(&requite.store, &requite.context(), &actor, id.refund()?, &reason).await?;
    Ok(data(StatusCode::OK, changed(&requite, &actor, stopped).await?))
}

/// Renews the quote of a refund that awaits approval.
///
/// The new quote has the current rate. If the quote of the refund has expired, the approver can compare the cost before
/// approving.
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
    let refund = refunds::get(&requite.store, &actor, id).await.map_err(Error::after_commit)?;
    Ok(data(StatusCode::OK, changed(&requite, &actor, refund).await?))
}

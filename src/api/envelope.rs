//! The envelope of every successful response below `/v1`: `{"data": …}`; and what a response carries for the layers around it.

use crate::{
    domain::ids::{MerchantId, RefundId},
    wire::Data,
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Builds a response with its content in `data`.
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    (status, Json(Data { data })).into_response()
}

/// The header of a response that repeats the result of an earlier request.
pub const REPLAYED: &str = "Idempotent-Replayed";

/// A response extension: the request created a refund and had no idempotency key, so the refund is remembered until the
/// response was sent.
#[derive(Clone, Copy)]
pub struct Unanswered {
    pub merchant: MerchantId,
    pub refund: RefundId,
}

//! What this surface answers. Payment intents, payments and refunds are in [`crate::wire::circle`], since notifications carry them
//! too.

mod subscription;

pub use crate::wire::circle::{IntentShape, MoneyShape, RecipientShape, TransferShape, utc};
pub use subscription::SubscriptionShape;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// `{"data": …}`, around every success (1.1).
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Data<T> {
        data: T,
    }
    (status, Json(Data { data })).into_response()
}

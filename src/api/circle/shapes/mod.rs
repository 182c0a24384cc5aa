//! What this surface answers. Payment intents, payments and refunds are in [`crate::circle`], since notifications carry them
//! too; what Circle does not have is here, in Requite's own shape.

mod subscription;
mod webhook;

pub use crate::circle::{IntentShape, MoneyShape, RecipientShape, TransferShape, utc};
pub use subscription::SubscriptionShape;
pub use webhook::{DeliveryDetailShape, DeliveryShape, EndpointShape};

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

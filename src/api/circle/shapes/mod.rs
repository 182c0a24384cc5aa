//! What Circle's clients read: members, order and formats as in its quickstart and OpenAPI file (1.1, 1.4, 1.6).

mod intent;
mod transfer;
mod webhook;

pub use intent::IntentShape;
pub use transfer::TransferShape;
pub use webhook::{DeliveryDetailShape, DeliveryShape, EndpointShape};

use crate::api::openapi::words;
use crate::domain::{currency::Currency, money::Money};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// `{"data": …}`, around every success (1.1).
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Data<T> {
        data: T,
    }
    (status, Json(Data { data })).into_response()
}

/// A time: ISO 8601 in UTC with microseconds.
pub fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// An amount, as a string. Dollars and euros come with at least two decimals, other coins with all of theirs.
#[derive(Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyShape {
    /// In whole units of the currency.
    #[schema(schema_with = words::amount)]
    amount: String,
    #[schema(value_type = words::Currency)]
    currency: Currency,
}

impl From<Money> for MoneyShape {
    fn from(money: Money) -> Self {
        let amount = match money.currency() {
            Currency::Usd | Currency::Eur | Currency::Usdt => money.number(),
            _ => money.number_with_all_decimals(),
        };
        Self { amount, currency: money.currency() }
    }
}

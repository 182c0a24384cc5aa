//! Circle's resources as its clients read them: members, order and formats as in its quickstart and OpenAPI file (1.1, 1.4,
//! 1.6 of `reference/circle-api.md`). The API answers with them, and notifications carry them, written down with the change
//! that they tell of.

pub mod intent;
pub mod notification;
pub mod recipient;
pub mod transfer;

pub use intent::IntentObject;
pub use recipient::RecipientObject;
pub use transfer::TransferObject;

use super::schema;
use crate::domain::money::{Money, currency::Currency};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A time: ISO 8601 in UTC with microseconds.
pub fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// An amount, as a string. Dollars and euros come with at least two decimals, other coins with all of theirs.
#[derive(Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyObject {
    /// In whole units of the currency.
    #[schema(schema_with = schema::amount)]
    amount: String,
    currency: Currency,
}

impl From<Money> for MoneyObject {
    fn from(money: Money) -> Self {
        let amount = match money.currency() {
            Currency::Usd | Currency::Eur | Currency::Usdt => money.number(),
            _ => money.number_with_all_decimals(),
        };
        Self { amount, currency: money.currency() }
    }
}

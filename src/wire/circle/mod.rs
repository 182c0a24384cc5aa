//! Circle's resources: members, order and formats as in its quickstart and OpenAPI file. The API returns them, and notifications contain them. A notification is stored together
//! with the change that it reports.

pub mod intent;
pub mod notification;
pub mod recipient;
pub mod strict;
pub mod transfer;

pub use intent::IntentObject;
pub use recipient::RecipientObject;
pub use transfer::TransferObject;

use super::schema;
use crate::domain::money::{Money, currency::Currency};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// Formats a time as ISO 8601 in UTC with microseconds.
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

impl MoneyObject {
    pub fn into_amount(self) -> String {
        self.amount
    }
}

impl From<Money> for MoneyObject {
    fn from(money: Money) -> Self {
        let amount = match money.currency() {
            Currency::Usd | Currency::Eur | Currency::Usdt | Currency::Fiat(_) => money.number(),
            Currency::Eth
            | Currency::Btc
            | Currency::Ltc
            | Currency::Sol
            | Currency::Xrp
            | Currency::Xlm
            | Currency::Trx
            | Currency::Pol
            | Currency::Avax => money.number_with_all_decimals(),
        };
        Self { amount, currency: money.currency() }
    }
}

//! How the memory's tables store values.

use super::{
    memory::Error,
    protocol::{Coin, Fees, Purpose, Remembered, Signed},
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Row, sqlite::SqliteRow};
use std::str::FromStr;

/// The period of the daily limits, which rolls.
const DAY: TimeDelta = TimeDelta::days(1);
/// The columns that [`remembered`] reads.
pub(super) const SIGNATURES: &str =
    "select s.sequence, s.transfer, s.chain_id, s.sender, s.nonce, t.coin, t.recipient, t.amount,
    s.purpose, s.gas_limit, s.max_fee_per_gas, s.max_priority_fee_per_gas, s.hash, s.raw, s.signed_at
    from signatures s join transfers t on t.transfer = s.transfer ";

pub(super) fn remembered(row: &SqliteRow) -> Result<Remembered, Error> {
    let sequence = unsigned(row.try_get(0)?)?;
    let purpose = match row.try_get::<&str, _>(8)? {
        "payment" => Purpose::Payment,
        "cancellation" => Purpose::Cancellation,
        _ => return Err(Error::Value),
    };
    let fees = Fees {
        gas_limit: value(row.try_get(9)?)?,
        max_fee_per_gas: value(row.try_get(10)?)?,
        max_priority_fee_per_gas: value(row.try_get(11)?)?,
    };
    Ok(Remembered {
        transfer: value(row.try_get(1)?)?,
        chain_id: unsigned(row.try_get(2)?)?,
        nonce: unsigned(row.try_get(4)?)?,
        coin: match row.try_get::<&str, _>(5)? {
            "native" => Coin::Native,
            contract => Coin::Token(value(contract)?),
        },
        recipient: value(row.try_get(6)?)?,
        amount: value(row.try_get(7)?)?,
        purpose,
        fees,
        signed_at: time(row.try_get(14)?)?,
        signed: Signed {
            from: value(row.try_get(3)?)?,
            hash: value(row.try_get(12)?)?,
            raw: value(row.try_get(13)?)?,
            memory: sequence,
        },
    })
}

pub(super) fn value<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Value)
}

pub(super) fn number(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Value)
}

pub(super) fn unsigned(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Value)
}

pub(super) fn time(millis: i64) -> Result<DateTime<Utc>, Error> {
    DateTime::from_timestamp_millis(millis).ok_or(Error::Value)
}

pub(super) fn day_before(now: DateTime<Utc>) -> i64 {
    now.checked_sub_signed(DAY).map_or(i64::MIN, |time| time.timestamp_millis())
}

/// In lower case, unlike the display of an address.
pub(super) fn text(bytes: impl std::fmt::LowerHex) -> String {
    format!("{bytes:#x}")
}

pub(super) fn coin_text(coin: Coin) -> String {
    match coin {
        Coin::Native => "native".to_owned(),
        Coin::Token(contract) => text(contract),
    }
}

pub(super) const fn purpose_text(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Payment => "payment",
        Purpose::Cancellation => "cancellation",
    }
}

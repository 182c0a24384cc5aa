//! What `requite check` verifies of closed months.

use super::check::Findings;
use crate::domain::reports::{
    month::Month,
    statement::{Booked as BookedSum, CurrencyTotals, Holdings, Movement, totals_forwards},
};
use crate::store::{
    Error,
    engine::{Row, Transaction},
    reports::{months, movements},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A closed month as it was stored.
#[derive(Default)]
struct Stored {
    bookings: i64,
    last: Option<Uuid>,
    totals: Vec<CurrencyTotals>,
}

/// What the ledger has in a month.
#[derive(Default)]
struct Booked {
    bookings: i64,
    last: Option<Uuid>,
    movements: Vec<Movement>,
}

type ByMonth<T> = BTreeMap<Uuid, BTreeMap<Month, T>>;

/// 15. A closed month has the totals of its bookings and no other bookings than when it was closed. It opens with what the
///     month before closed with, and the first one with nothing.
pub(super) async fn check_closed_months(t: &mut Transaction, findings: &mut Findings) -> Result<(), Error> {
    let stored = stored(t).await?;
    findings.looked_at.insert("closed month", stored.values().map(BTreeMap::len).sum());
    if stored.is_empty() {
        return Ok(());
    }
    let mut booked = booked(t).await?;
    for row in t.all("select merchant_id, closed_until from ledger_periods", vec![]).await? {
        let merchant: Uuid = row.get("merchant_id")?;
        let closed_until: Option<DateTime<Utc>> = row.get("closed_until")?;
        let last = stored.get(&merchant).and_then(|months| months.last_key_value()).map(|(month, _)| month.end());
        if closed_until != last {
            findings.add_violation(
                15,
                format!("the ledger of merchant {merchant} is closed until another time than its months"),
            );
        }
    }
    for (merchant, months) in stored {
        let mut booked = booked.remove(&merchant).unwrap_or_default();
        let mut opening = Holdings::new();
        let mut expected: Option<Month> = None;
        for (month, stored) in months {
            let booked = booked.remove(&month).unwrap_or_default();
            let totals = totals_forwards(&opening, booked.movements.iter().map(BookedSum::from));
            if totals != stored.totals {
                findings.add_violation(
                    15,
                    format!("{month} of merchant {merchant} was closed with other totals than its bookings"),
                );
            }
            if (booked.bookings, booked.last) != (stored.bookings, stored.last) {
                findings.add_violation(
                    15,
                    format!("{month} of merchant {merchant} has other bookings than when it was closed"),
                );
            }
            if expected.is_some_and(|expected| expected != month) {
                findings.add_violation(15, format!("a month before {month} of merchant {merchant} is not closed"));
            }
            opening = totals.iter().map(|totals| (totals.currency, totals.closing)).collect();
            expected = Some(month.following());
        }
        if let Some(month) = booked.keys().next() {
            findings.add_violation(15, format!("{month} of merchant {merchant} has bookings and is not closed"));
        }
    }
    Ok(())
}

async fn stored(t: &mut Transaction) -> Result<ByMonth<Stored>, Error> {
    let mut stored: ByMonth<Stored> = ByMonth::new();
    for row in t.all("select merchant_id, month, bookings, last_transaction_id from closed_months", vec![]).await? {
        let one = Stored { bookings: row.get("bookings")?, last: row.get("last_transaction_id")?, totals: Vec::new() };
        stored.entry(row.get("merchant_id")?).or_default().insert(row.parse("month", Month::parse)?, one);
    }
    let sql = "select merchant_id, month, currency, opening, received, paid, fees, closing, movements from closed_month_totals";
    for row in t.all(sql, vec![]).await? {
        let month = row.parse("month", Month::parse)?;
        let months = stored.entry(row.get("merchant_id")?).or_default();
        months.entry(month).or_default().totals.push(months::totals(&row)?);
    }
    for month in stored.values_mut().flat_map(BTreeMap::values_mut) {
        month.totals.sort_by_key(|totals| totals.currency);
    }
    Ok(stored)
}

/// Reads the bookings of closed months.
async fn booked(t: &mut Transaction) -> Result<ByMonth<Booked>, Error> {
    let mut booked: ByMonth<Booked> = ByMonth::new();
    let sql = "select t.merchant_id, t.id, t.at from ledger_transactions t
        join ledger_periods c on c.merchant_id = t.merchant_id where t.at < c.closed_until order by t.at, t.id";
    for row in t.all(sql, vec![]).await? {
        let month = Month::of(row.get("at")?);
        let one = booked.entry(row.get("merchant_id")?).or_default().entry(month).or_default();
        one.bookings += 1;
        one.last = Some(row.get("id")?);
    }
    let sql = format!(
        "{}, t.merchant_id{} join ledger_periods c on c.merchant_id = t.merchant_id
         where t.at < c.closed_until and t.movement in ({}){}",
        movements::columns(),
        movements::FROM,
        movements::kinds(),
        movements::ORDER
    );
    let mut rows: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
    for row in t.all(sql, vec![]).await? {
        rows.entry(row.get("merchant_id")?).or_default().push(row);
    }
    for (merchant, rows) in rows {
        let months = booked.entry(merchant).or_default();
        for movement in movements::from_rows(&rows)? {
            months.entry(Month::of(movement.at)).or_default().movements.push(movement);
        }
    }
    Ok(booked)
}

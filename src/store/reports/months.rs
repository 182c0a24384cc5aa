//! The totals of months: those of closed months as they were stored, those of the others computed from what the last closed
//! month closed with, or backwards from what is held now.

use super::{
    house_currency,
    movements::{booked_between, totals_by_kind},
    periods::{closed_until, first_booking},
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, Value},
};
use crate::{
    domain::{
        ids::MerchantId,
        money::currency::Currency,
        reports::{
            house_currency::HouseCurrencies,
            month::{Month, next_to_close},
            statement::{
                Closing, CurrencyTotals, Holdings, KindTotals, MonthTotals, totals_backwards, totals_of_months,
            },
        },
    },
    values,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Months of a ledger, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthsPage {
    pub months: Vec<MonthTotals>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// The month that is closed next.
    pub next_to_close: Option<Month>,
}

/// A month with what moved in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthDetail {
    pub totals: MonthTotals,
    pub kinds: Vec<KindTotals>,
    /// The month that is closed next.
    pub next_to_close: Option<Month>,
}

impl Store {
    /// Returns the totals of up to `size` months: `newest`, and those before it since the first booking.
    pub async fn month_totals(&self, merchant: MerchantId, newest: Month, size: u32) -> Result<MonthsPage, Error> {
        let _turn = self.statement_turns.of(merchant).await;
        let mut snapshot = self.database.snapshot().await?;
        let first_booking = first_booking(&mut snapshot, merchant).await?;
        let next_to_close = next_to_close(closed_until(&mut snapshot, merchant).await?, first_booking);
        let first = first_booking.map_or(newest, Month::of);
        // None if the newest one is before the first booking.
        let months: Vec<Month> = (0..size).map(|back| newest.back(back)).take_while(|month| *month >= first).collect();
        let has_older = months.last().is_some_and(|oldest| *oldest > first);
        let months = totals_of(&mut snapshot, merchant, &months, next_to_close).await?;
        Ok(MonthsPage { months, has_older, next_to_close })
    }

    /// Returns one month; `None` if it is before the first booking.
    pub async fn month_detail(&self, merchant: MerchantId, month: Month) -> Result<Option<MonthDetail>, Error> {
        let _turn = self.statement_turns.of(merchant).await;
        let mut snapshot = self.database.snapshot().await?;
        let Some(first_booking) = first_booking(&mut snapshot, merchant).await? else { return Ok(None) };
        if month < Month::of(first_booking) {
            return Ok(None);
        }
        let next_to_close = next_to_close(closed_until(&mut snapshot, merchant).await?, Some(first_booking));
        let Some(totals) = totals_of(&mut snapshot, merchant, &[month], next_to_close).await?.pop() else {
            return Ok(None);
        };
        let kinds = totals_by_kind(&mut snapshot, merchant, month).await?;
        Ok(Some(MonthDetail { totals, kinds, next_to_close }))
    }
}

/// Returns the totals of months that follow each other, the newest first. Closed months are the oldest ones; `next` is the one
/// after them.
async fn totals_of(
    transaction: &mut Transaction,
    merchant: MerchantId,
    months: &[Month],
    next: Option<Month>,
) -> Result<Vec<MonthTotals>, Error> {
    let (Some(newest), Some(oldest)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    let house = house_currency::load(transaction, merchant).await?;
    let mut closed = closed_months(transaction, merchant, *oldest, *newest, &house).await?;
    let open: Vec<Month> = months.iter().copied().filter(|month| !closed.contains_key(month)).collect();
    let totals = totals_of_open(transaction, merchant, &open, next).await?;
    let open = open.iter().zip(totals);
    let open = open.map(|(month, currencies)| MonthTotals {
        month: *month,
        house_currency: house.of(*month),
        closed: None,
        currencies,
    });
    let mut all: Vec<MonthTotals> = open.collect();
    all.extend(months.iter().filter_map(|month| closed.remove(month)));
    Ok(all)
}

async fn totals_of_open(
    transaction: &mut Transaction,
    merchant: MerchantId,
    months: &[Month],
    next: Option<Month>,
) -> Result<Vec<Vec<CurrencyTotals>>, Error> {
    let (Some(newest), Some(oldest)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    if next == Some(*oldest) {
        // What it opens with is known, so nothing after the newest month has to be read.
        let opening = closings(transaction, merchant, oldest.back(1)).await?;
        let booked = booked_between(transaction, merchant, oldest.start(), Some(newest.end())).await?;
        let oldest_first: Vec<Month> = months.iter().rev().copied().collect();
        let mut totals = totals_of_months(&oldest_first, opening, &booked);
        totals.reverse();
        return Ok(totals);
    }
    let holdings = holdings(transaction, merchant).await?;
    let booked = booked_between(transaction, merchant, oldest.start(), None).await?;
    Ok(totals_backwards(months, &holdings, &booked))
}

/// Returns what a closed month closed with; nothing for the month before the first booking.
pub(super) async fn closings(
    transaction: &mut Transaction,
    merchant: MerchantId,
    month: Month,
) -> Result<Holdings, Error> {
    let values = values![merchant, month.to_string()];
    let totals = closed_totals(transaction, "merchant_id = $1 and month = $2", values).await?;
    Ok(totals.into_iter().map(|(_, totals)| (totals.currency, totals.closing)).collect())
}

/// Returns what is held now, available and reserved together.
async fn holdings(transaction: &mut Transaction, merchant: MerchantId) -> Result<Holdings, Error> {
    let sql = "select currency, balance from ledger_accounts
        where merchant_id = $1 and kind in ('available', 'reserved')";
    let mut holdings = Holdings::new();
    for row in transaction.all(sql, values![merchant]).await? {
        *holdings.entry(currency(&row)?).or_default() += row.get::<Decimal>("balance")?;
    }
    Ok(holdings)
}

async fn closed_months(
    transaction: &mut Transaction,
    merchant: MerchantId,
    oldest: Month,
    newest: Month,
    house: &HouseCurrencies,
) -> Result<BTreeMap<Month, MonthTotals>, Error> {
    let range = || values![merchant, oldest.to_string(), newest.to_string()];
    let sql = "select month, closed_by_name, closed_at from closed_months
        where merchant_id = $1 and month >= $2 and month <= $3";
    let mut closed = BTreeMap::new();
    for row in transaction.all(sql, range()).await? {
        let month = row.parse("month", Month::parse)?;
        let closing = Closing { by: row.get("closed_by_name")?, at: row.get("closed_at")? };
        let house_currency = house.of(month);
        closed.insert(month, MonthTotals { month, house_currency, closed: Some(closing), currencies: Vec::new() });
    }
    for (month, totals) in
        closed_totals(transaction, "merchant_id = $1 and month >= $2 and month <= $3", range()).await?
    {
        if let Some(closed) = closed.get_mut(&month) {
            closed.currencies.push(totals);
        }
    }
    for month in closed.values_mut() {
        month.currencies.sort_by_key(|totals| totals.currency);
    }
    Ok(closed)
}

/// Returns the stored totals that match a condition.
async fn closed_totals(
    transaction: &mut Transaction,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<(Month, CurrencyTotals)>, Error> {
    let sql = format!(
        "select month, currency, opening, received, paid, fees, closing, movements from closed_month_totals
         where {condition}"
    );
    transaction
        .all(sql, values)
        .await?
        .iter()
        .map(|row| Ok((row.parse("month", Month::parse)?, totals(row)?)))
        .collect()
}

/// Reads the stored totals of a currency.
pub(in crate::store) fn totals(row: &Row) -> Result<CurrencyTotals, Error> {
    let amount = |name: &str| row.get::<Decimal>(name).map(|amount| amount.normalize());
    Ok(CurrencyTotals {
        currency: currency(row)?,
        opening: amount("opening")?,
        received: amount("received")?,
        paid: amount("paid")?,
        fees: amount("fees")?,
        closing: amount("closing")?,
        movements: row.get("movements")?,
    })
}

fn currency(row: &Row) -> Result<Currency, Error> {
    Ok(row.parse("currency", |code| Currency::parse(code).ok())?)
}

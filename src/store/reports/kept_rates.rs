//! The rates that are kept of movements, so that statements can say what they were worth.

use super::{house_currency::of_booking, movements::kinds};
use crate::store::{
    Error, Store,
    engine::{Row, Value, listing::Conditions},
};
use crate::{
    context::Context,
    domain::{money::currency::Currency, refunds::quote::Rate, reports::house_currency},
    values,
};
use chrono::Duration;
use uuid::Uuid;

/// How old a movement may be to get a rate. The rate of a later time would not be that of the movement.
const KEPT_WITHIN: Duration = Duration::minutes(10);
/// The most movements that get a rate at once.
const BATCH: u32 = 100;

impl Store {
    /// Keeps the rates of movements that have none yet, the oldest first. Returns how many got one.
    pub async fn keep_rates(&self, context: &Context<'_>, rates: &[Rate]) -> Result<usize, Error> {
        let found = self.without_rate(context, rates).await?;
        let rows: Vec<_> = found.iter().filter_map(|moved| Some((moved.transaction, rate_of(rates, moved)?))).collect();
        if rows.is_empty() {
            return Ok(0);
        }
        let mut values = Vec::new();
        let mut places = Vec::new();
        for (id, rate) in &rows {
            let from = values.len();
            values.extend(values![*id, rate.price, &*rate.source, rate.at]);
            places.push(format!("(${}, ${}, ${}, ${})", from + 1, from + 2, from + 3, from + 4));
        }
        // Another server may keep the same ones at this moment.
        let sql = format!(
            "insert into ledger_rates (transaction_id, price, source, price_at) values {} on conflict do nothing",
            places.join(", ")
        );
        let mut transaction = self.database.begin().await?;
        transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(rows.len())
    }

    /// Returns the newest movements without a rate that one of these rates is for.
    async fn without_rate(&self, context: &Context<'_>, rates: &[Rate]) -> Result<Vec<Moved>, Error> {
        if rates.is_empty() {
            return Ok(Vec::new());
        }
        let mut conditions = Conditions::new("t.at > ?", values![context.now - KEPT_WITHIN]);
        conditions.and(&format!("t.movement in ({})", kinds()), vec![]);
        let house_currency = of_booking();
        let places = vec!["?"; rates.len()].join(", ");
        let pairs = rates.iter().map(|rate| Value::from(format!("{}/{}", rate.of, rate.per))).collect();
        conditions.and(&format!("(p.currency || '/' || {house_currency}) in ({places})"), pairs);
        conditions.and("not exists (select 1 from ledger_rates k where k.transaction_id = t.id)", vec![]);
        let (sql, values) = conditions.finish(
            &format!(
                "select distinct t.id, t.at, p.currency, {house_currency} as house_currency from ledger_transactions t
                 join ledger_postings p on p.transaction_id = t.id and p.kind in ('available', 'reserved')"
            ),
            &format!(" order by t.at, t.id limit {BATCH}"),
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(moved).collect()
    }
}

/// A booking, the currency that it moved, and that of the books in its month.
struct Moved {
    transaction: Uuid,
    currency: Currency,
    house_currency: Currency,
}

fn moved(row: &Row) -> Result<Moved, Error> {
    Ok(Moved {
        transaction: row.get("id")?,
        currency: row.parse("currency", |code| Currency::parse(code).ok())?,
        house_currency: row.parse("house_currency", |code| house_currency::parse(code).ok())?,
    })
}

fn rate_of<'r>(rates: &'r [Rate], moved: &Moved) -> Option<&'r Rate> {
    rates.iter().find(|rate| (rate.of, rate.per) == (moved.currency, moved.house_currency))
}

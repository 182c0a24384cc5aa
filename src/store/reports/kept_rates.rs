//! The rates that are kept of movements, so that statements can say what they were worth.

use super::movements::kinds;
use crate::store::{
    Error, Store,
    engine::{Row, Value, listing::Conditions},
};
use crate::{
    context::Context,
    domain::{money::currency::Currency, refunds::quote::Rate},
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
        let rows: Vec<_> = found.iter().filter_map(|(id, currency)| Some((*id, rate_of(rates, *currency)?))).collect();
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

    /// Returns the newest movements without a rate, in the currencies of these rates.
    async fn without_rate(&self, context: &Context<'_>, rates: &[Rate]) -> Result<Vec<(Uuid, Currency)>, Error> {
        if rates.is_empty() {
            return Ok(Vec::new());
        }
        let mut conditions = Conditions::new("t.at > ?", values![context.now - KEPT_WITHIN]);
        conditions.and(&format!("t.movement in ({})", kinds()), vec![]);
        let places = vec!["?"; rates.len()].join(", ");
        let currencies = rates.iter().map(|rate| Value::from(rate.of)).collect();
        conditions.and(&format!("p.currency in ({places})"), currencies);
        conditions.and("not exists (select 1 from ledger_rates k where k.transaction_id = t.id)", vec![]);
        let (sql, values) = conditions.finish(
            "select distinct t.id, t.at, p.currency from ledger_transactions t
             join ledger_postings p on p.transaction_id = t.id and p.kind in ('available', 'reserved')",
            &format!(" order by t.at, t.id limit {BATCH}"),
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(moved).collect()
    }
}

/// A booking, and the currency that it moved.
fn moved(row: &Row) -> Result<(Uuid, Currency), Error> {
    Ok((row.get("id")?, row.parse("currency", |code| Currency::parse(code).ok())?))
}

fn rate_of(rates: &[Rate], currency: Currency) -> Option<&Rate> {
    rates.iter().find(|rate| rate.of == currency)
}

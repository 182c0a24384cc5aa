//! The currencies of merchants' books.

use super::periods::lock_period;
use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{
        ids::MerchantId,
        money::currency::Currency,
        people::actor::Actor,
        reports::{
            house_currency::{self, HouseCurrencies},
            month::Month,
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::BTreeSet;

/// The currency of the books in the month of the booking `t`, as an expression in SQL.
pub(in crate::store) fn of_booking() -> String {
    format!(
        "coalesce((select h.currency from house_currencies h where h.merchant_id = t.merchant_id and h.since <= t.at
            order by h.since desc limit 1), '{}')",
        house_currency::DEFAULT.code()
    )
}

/// Returns the currencies of a merchant's books.
pub(super) async fn load(transaction: &mut Transaction, merchant: MerchantId) -> Result<HouseCurrencies, Error> {
    let sql = "select since, currency from house_currencies where merchant_id = $1";
    let rows = transaction.all(sql, values![merchant]).await?;
    rows.iter()
        .map(|row| {
            let since: DateTime<Utc> = row.get("since")?;
            Ok((Month::of(since), row.parse("currency", |code| house_currency::parse(code).ok())?))
        })
        .collect()
}

impl Store {
    pub async fn house_currencies(&self, merchant: MerchantId) -> Result<HouseCurrencies, Error> {
        load(&mut self.database.snapshot().await?, merchant).await
    }

    /// Returns every currency that the books of any merchant are in.
    pub async fn house_currencies_in_use(&self) -> Result<BTreeSet<Currency>, Error> {
        let sql = "select distinct currency from house_currencies";
        let rows = self.database.snapshot().await?.all(sql, vec![]).await?;
        let mut in_use = BTreeSet::from([house_currency::DEFAULT]);
        for row in rows {
            in_use.insert(row.parse("currency", |code| house_currency::parse(code).ok())?);
        }
        Ok(in_use)
    }

    /// Sets the currency of the books. It counts from the first month in which nothing was booked.
    pub async fn choose_house_currency(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        currency: Currency,
    ) -> Result<(), Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        // Keeps bookings from beginning, so that none gets into the month meanwhile.
        lock_period(&mut work.transaction, merchant).await?;
        let sql = "select at from ledger_transactions where merchant_id = $1 order by at desc limit 1";
        let last = work.transaction.optional(sql, values![merchant]).await?;
        let last: Option<DateTime<Utc>> = last.map(|row| row.get("at")).transpose()?;
        let since = house_currency::countable_from(Month::of(context.now), last.map(Month::of));
        let before = load(&mut work.transaction, merchant).await?.of(since);
        if before == currency {
            return Ok(());
        }
        let sql = "insert into house_currencies (merchant_id, since, currency) values ($1, $2, $3)
            on conflict (merchant_id, since) do update set currency = excluded.currency";
        work.transaction.execute(sql, values![merchant, since.start(), currency]).await?;
        let detail = json!({ "since": since.to_string(), "before": before.code(), "currency": currency.code() });
        work.audit(Change { action: "ledger.house_currency_chosen", subject: merchant.0, detail }).await?;
        work.commit().await
    }
}

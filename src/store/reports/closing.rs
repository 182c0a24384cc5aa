//! Closing a month: its totals are stored, and nothing is booked in it any more.

use super::{
    months::closings,
    movements::booked_between,
    periods::{closed_until, first_booking, lock_period},
};
use crate::store::{
    Error, Store,
    engine::{Transaction, Value},
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        ids::MerchantId,
        people::actor::Actor,
        reports::{
            month::{Month, next_to_close, require_closable},
            statement::{CurrencyTotals, totals_forwards},
        },
    },
    values,
};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// The bookings of a month. They are never changed or removed, so as many are the same ones.
#[derive(PartialEq, Eq)]
struct Bookings {
    number: i64,
    last: Option<Uuid>,
}

impl Store {
    /// Closes a month. Months are closed one after another, each when it has ended.
    pub async fn close_month(&self, context: &Context<'_>, actor: &Actor, month: Month) -> Result<(), Error> {
        let merchant = actor.merchant();
        // The month is added up before anything is locked: nobody waits meanwhile.
        let (seen, seen_totals) = {
            let mut snapshot = self.database.snapshot().await?;
            let closed_until = closed_until(&mut snapshot, merchant).await?;
            let first_booking = first_booking(&mut snapshot, merchant).await?;
            require_closable(month, next_to_close(closed_until, first_booking), context.now)?;
            let seen = bookings(&mut snapshot, merchant, month).await?;
            (seen, totals(&mut snapshot, merchant, month).await?)
        };
        let mut work = self.begin(context, actor).await?;
        // Waits for every booking that is not committed yet, and keeps others from beginning.
        let closed_until = lock_period(&mut work.transaction, merchant).await?;
        let first_booking = first_booking(&mut work.transaction, merchant).await?;
        require_closable(month, next_to_close(closed_until, first_booking), context.now)?;
        let bookings = bookings(&mut work.transaction, merchant, month).await?;
        // An operation that began before the month ended was booked meanwhile.
        let totals =
            if bookings == seen { seen_totals } else { totals(&mut work.transaction, merchant, month).await? };
        let sql =
            "insert into closed_months (merchant_id, month, bookings, last_transaction_id, closed_by, closed_by_name,
            closed_at) values ($1, $2, $3, $4, $5, $6, $7)";
        let (name, by) = (month.to_string(), actor.label().stored());
        let row = values![merchant, &name, bookings.number, bookings.last, actor.id(), by, context.now];
        work.transaction.execute(sql, row).await?;
        insert_totals(&mut work.transaction, merchant, &name, &totals).await?;
        let sql = "update ledger_periods set closed_until = $1 where merchant_id = $2";
        work.transaction.execute(sql, values![month.end(), merchant]).await?;
        let closing: Map<String, Json> = totals
            .iter()
            .map(|totals| (totals.currency.code().to_owned(), json!(totals.closing.to_string())))
            .collect();
        let detail = json!({ "month": name, "bookings": bookings.number, "closing": closing });
        work.audit(Change { action: "ledger.month_closed", subject: merchant.0, detail }).await?;
        work.commit().await
    }
}

/// Computes the totals of the month that is closed next.
async fn totals(
    transaction: &mut Transaction,
    merchant: MerchantId,
    month: Month,
) -> Result<Vec<CurrencyTotals>, Error> {
    let opening = closings(transaction, merchant, month.back(1)).await?;
    let booked = booked_between(transaction, merchant, month.start(), Some(month.end())).await?;
    Ok(totals_forwards(&opening, booked))
}

async fn bookings(transaction: &mut Transaction, merchant: MerchantId, month: Month) -> Result<Bookings, Error> {
    let range = || values![merchant, month.start(), month.end()];
    let condition = "from ledger_transactions where merchant_id = $1 and at >= $2 and at < $3";
    let row = transaction.one(format!("select count(*) as number {condition}"), range()).await?;
    let last = format!("select id {condition} order by at desc, id desc limit 1");
    let last = transaction.optional(last, range()).await?;
    Ok(Bookings { number: row.get("number")?, last: last.map(|row| row.get("id")).transpose()? })
}

async fn insert_totals(
    transaction: &mut Transaction,
    merchant: MerchantId,
    month: &str,
    totals: &[CurrencyTotals],
) -> Result<(), Error> {
    if totals.is_empty() {
        return Ok(());
    }
    let mut values = Vec::new();
    let mut rows = Vec::new();
    for line in totals {
        let from = values.len();
        let amounts = [line.opening, line.received, line.paid, line.fees, line.closing];
        values.extend(values![merchant, month, line.currency]);
        values.extend(amounts.map(Value::from));
        values.push(Value::from(line.movements));
        let places: Vec<_> = (from..values.len()).map(|place| format!("${}", place + 1)).collect();
        rows.push(format!("({})", places.join(", ")));
    }
    let sql = format!(
        "insert into closed_month_totals (merchant_id, month, currency, opening, received, paid, fees, closing, movements)
         values {}",
        rows.join(", ")
    );
    transaction.execute(sql, values).await.map(drop).map_err(Error::from)
}

//! Totals of each day, which a worker adds up from the audit log.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction, Value},
};
use crate::{
    domain::{
        address::network::Network,
        ids::MerchantId,
        money::currency::Currency,
        names::Named,
        refunds::refund::RefundReason,
        reports::activity::{ActivityEvent, ActivityKey, ActivityTotal, Period},
    },
    values,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// How many audit entries are read at once.
const ENTRIES: i64 = 2_000;
/// How many totals are written with one statement.
const ROWS: usize = 100;
const DAY: &str = "%Y-%m-%d";

impl Store {
    /// Adds what has ended since it was last called, for one merchant and a limited number of audit entries. Returns
    /// whether there may be more.
    pub async fn count_activity(&self) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let behind = "select c.merchant_id, c.length, coalesce(a.number, 0) as number
            from audit_chains c left join activity_cursors a on a.merchant_id = c.merchant_id
            where c.length > coalesce(a.number, 0) limit 1";
        let Some(row) = transaction.optional(behind, values![]).await? else { return Ok(false) };
        let merchant = MerchantId(row.get("merchant_id")?);
        let counted = lock_cursor(&mut transaction, merchant).await?;
        let last = row.get::<i64>("length")?.min(counted + ENTRIES);
        let added = ended_between(&mut transaction, merchant, counted, last).await?;
        add(&mut transaction, merchant, added).await?;
        let sql = "update activity_cursors set number = $1 where merchant_id = $2 and number = $3";
        transaction.execute(sql, values![last.max(counted), merchant, counted]).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The totals of a period and of the one before it.
    pub async fn activity(
        &self,
        merchant: MerchantId,
        period: Period,
    ) -> Result<Vec<(ActivityKey, ActivityTotal)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        totals_between(&mut snapshot, merchant, period.before().first(), period.last).await
    }
}

/// Locks the cursor, so that another server counts nothing twice, and returns its number.
async fn lock_cursor(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    let sql = "insert into activity_cursors (merchant_id, number) values ($1, 0) on conflict do nothing";
    transaction.execute(sql, values![merchant]).await?;
    let sql = format!("select number from activity_cursors where merchant_id = $1{}", transaction.for_update());
    Ok(transaction.one(sql, values![merchant]).await?.get("number")?)
}

/// What the audit entries with these numbers say; `after` is not included.
async fn ended_between(
    transaction: &mut Transaction,
    merchant: MerchantId,
    after: i64,
    last: i64,
) -> Result<BTreeMap<ActivityKey, ActivityTotal>, Error> {
    let sql = "select a.action, a.at, coalesce(r.network, p.network) as network, coalesce(r.currency, p.currency) as currency,
            coalesce(r.amount, p.amount) as amount, r.reason, r.created_at as asked_at
        from audit_entries a
        left join refunds r on r.id = a.subject_id
        left join payments p on p.id = a.subject_id
        where a.merchant_id = $1 and a.number > $2 and a.number <= $3
            and a.action in ('payment.paid', 'refund.completed', 'refund.rejected')
            and (r.id is not null or p.id is not null)";
    let rows = transaction.all(sql, values![merchant, after, last]).await?;
    let mut added = BTreeMap::<_, ActivityTotal>::new();
    for row in &rows {
        let at: DateTime<Utc> = row.get("at")?;
        let asked_at: Option<DateTime<Utc>> = row.get("asked_at")?;
        let event = row.parse("action", |action| match action {
            "payment.paid" => Some(ActivityEvent::Paid),
            "refund.completed" => Some(ActivityEvent::Refunded),
            "refund.rejected" => Some(ActivityEvent::Rejected),
            _ => None,
        })?;
        let reason = match row.get::<Option<String>>("reason")? {
            Some(_) => Some(row.parse("reason", RefundReason::parse)?),
            None => None,
        };
        let key = key(row, at.date_naive(), event, reason)?;
        let seconds = asked_at.map_or(0, |asked_at| (at - asked_at).num_seconds());
        *added.entry(key).or_default() += ActivityTotal { number: 1, amount: row.get("amount")?, seconds };
    }
    Ok(added)
}

/// Adds to what the days have already. The cursor is locked.
async fn add(
    transaction: &mut Transaction,
    merchant: MerchantId,
    mut added: BTreeMap<ActivityKey, ActivityTotal>,
) -> Result<(), Error> {
    let days = added.keys().map(|key| key.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Ok(()) };
    for (key, total) in totals_between(transaction, merchant, first, last).await? {
        if let Some(sum) = added.get_mut(&key) {
            *sum += total;
        }
    }
    let rows: Vec<_> = added.into_iter().collect();
    for rows in rows.chunks(ROWS) {
        let mut values: Vec<Value> = Vec::with_capacity(rows.len() * 9);
        for (key, total) in rows {
            values.extend(values![
                merchant,
                key.day.format(DAY).to_string(),
                key.event.as_str(),
                key.network,
                key.currency,
                key.reason.map_or("", RefundReason::as_str),
                total.number,
                total.amount,
                total.seconds
            ]);
        }
        let row = |row: usize| {
            let places: Vec<_> = (row * 9 + 1..=row * 9 + 9).map(|place| format!("${place}")).collect();
            format!("({})", places.join(", "))
        };
        let places: Vec<_> = (0..rows.len()).map(row).collect();
        let sql = format!(
            "insert into daily_activity (merchant_id, day, event, network, currency, reason, number, amount, seconds)
             values {}
             on conflict (merchant_id, day, event, network, currency, reason) do update
                set number = excluded.number, amount = excluded.amount, seconds = excluded.seconds",
            places.join(", ")
        );
        transaction.execute(sql, values).await?;
    }
    Ok(())
}

async fn totals_between(
    transaction: &mut Transaction,
    merchant: MerchantId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<(ActivityKey, ActivityTotal)>, Error> {
    let sql = "select day, event, network, currency, reason, number, amount, seconds from daily_activity
        where merchant_id = $1 and day >= $2 and day <= $3";
    let values = values![merchant, first.format(DAY).to_string(), last.format(DAY).to_string()];
    transaction.all(sql, values).await?.iter().map(total).collect()
}

fn total(row: &Row) -> Result<(ActivityKey, ActivityTotal), Error> {
    let day = row.parse("day", |day| NaiveDate::parse_from_str(day, DAY).ok())?;
    let event = row.parse("event", ActivityEvent::parse)?;
    let reason = match row.get::<String>("reason")?.as_str() {
        "" => None,
        _ => Some(row.parse("reason", RefundReason::parse)?),
    };
    let key = key(row, day, event, reason)?;
    Ok((key, ActivityTotal { number: row.get("number")?, amount: row.get("amount")?, seconds: row.get("seconds")? }))
}

fn key(row: &Row, day: NaiveDate, event: ActivityEvent, reason: Option<RefundReason>) -> Result<ActivityKey, Error> {
    let network = row.parse("network", |code| Network::parse(code).ok())?;
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(ActivityKey { day, event, network, currency, reason })
}

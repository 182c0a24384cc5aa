//! The database's side of the daily reconciliation.

use crate::store::{
    Error, Store,
    engine::{Transaction, listing::id_list},
    intents::payments,
    refunds,
};
use crate::{
    domain::{
        ids::MerchantId,
        ledger::{AccountKind, Posting, PostingReason},
        money::currency::Currency,
        names::Named,
        refunds::refund::RefundStatus,
        reports::reconciliation::{DayRecords, LedgerTransaction},
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Store {
    /// Returns the merchant's payments, refunds and ledger transactions from `from` until before `to`, the current
    /// holdings, and how much these have changed since `to`.
    pub async fn records_of_day(
        &self,
        merchant: MerchantId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<DayRecords, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{} from payments where merchant_id = $1 and unsupported is null
             and (updated_at >= $2 and updated_at < $3 and status = 'paid'
                or id in (select s.subject_id from ledger_transactions s
                    join ledger_transactions b on b.subject_id = s.subject_id and b.movement = 'payment_taken_back'
                    where s.movement = 'payment_settled' and s.merchant_id = $1 and s.at >= $2 and s.at < $3))
             order by updated_at, id",
            payments::COLUMNS
        );
        let paid = snapshot.all(sql, values![merchant, from, to]).await?;
        let sql = format!(
            "{} from refunds where merchant_id = $1 and updated_at >= $2 and updated_at < $3 and status = 'completed'
             order by updated_at, id",
            refunds::COLUMNS
        );
        let completed = snapshot.all(sql, values![merchant, from, to]).await?;
        Ok(DayRecords {
            payments: paid.iter().map(payments::from_row).collect::<Result<_, _>>()?,
            refunds: refunds::assemble(&mut snapshot, &completed).await?,
            bookings: ledger_transactions(&mut snapshot, merchant, from, to).await?,
            balances: balances(&mut snapshot, merchant).await?,
            later: changes_since(&mut snapshot, merchant, to).await?,
            ..DayRecords::default()
        })
    }

    /// Returns the status of each refund with one of these ids, and whether it is the merchant's. Other merchants'
    /// refunds are included, because a chain does not know which merchant a transfer belongs to.
    pub async fn refund_states(
        &self,
        merchant: MerchantId,
        ids: &[Uuid],
    ) -> Result<BTreeMap<Uuid, (bool, RefundStatus)>, Error> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (list, values) = id_list(ids);
        let sql = format!("select id, merchant_id, status from refunds where id in ({list})");
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter()
            .map(|row| {
                let own = row.get::<Uuid>("merchant_id")? == merchant.0;
                Ok((row.get("id")?, (own, row.parse("status", RefundStatus::parse)?)))
            })
            .collect()
    }
}

async fn ledger_transactions(
    snapshot: &mut Transaction,
    merchant: MerchantId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<LedgerTransaction>, Error> {
    let rows = snapshot
        .all(
            "select t.id, t.movement, coalesce(d.payment_id, t.subject_id) as subject_id, p.currency, p.kind, p.amount
             from ledger_transactions t join ledger_postings p on p.transaction_id = t.id
             left join deposit_decisions d on d.id = t.subject_id
             where t.merchant_id = $1 and t.at >= $2 and t.at < $3 order by t.at, t.id, p.seq",
            values![merchant, from, to],
        )
        .await?;
    let mut bookings: Vec<(Uuid, LedgerTransaction)> = Vec::new();
    for row in rows {
        let id: Uuid = row.get("id")?;
        let posting = Posting {
            account: row.parse("kind", AccountKind::parse)?,
            currency: row.parse("currency", |code| Currency::parse(code).ok())?,
            amount: row.get("amount")?,
        };
        match bookings.last_mut() {
            Some((last, booking)) if *last == id => booking.postings.push(posting),
            _ => {
                let reason = row.parse("movement", PostingReason::parse)?;
                bookings
                    .push((id, LedgerTransaction { reason, subject: row.get("subject_id")?, postings: vec![posting] }));
            }
        }
    }
    Ok(bookings.into_iter().map(|(_, booking)| booking).collect())
}

async fn balances(snapshot: &mut Transaction, merchant: MerchantId) -> Result<BTreeMap<Currency, Decimal>, Error> {
    sums(
        snapshot,
        "select currency, balance as amount from ledger_accounts where merchant_id = $1 and kind in ('available', 'reserved')",
        values![merchant],
    )
    .await
}

/// Returns how much the holdings have changed since a time. Reads only the postings written since then.
async fn changes_since(
    snapshot: &mut Transaction,
    merchant: MerchantId,
    since: DateTime<Utc>,
) -> Result<BTreeMap<Currency, Decimal>, Error> {
    sums(
        snapshot,
        "select p.currency, p.amount from ledger_transactions t join ledger_postings p on p.transaction_id = t.id
         where t.merchant_id = $1 and t.at >= $2 and p.kind in ('available', 'reserved')",
        values![merchant, since],
    )
    .await
}

/// Returns sums by currency. Added up here and not in SQL, because SQLite would add decimals as floats.
async fn sums(
    snapshot: &mut Transaction,
    sql: &str,
    values: Vec<crate::store::engine::Value>,
) -> Result<BTreeMap<Currency, Decimal>, Error> {
    let mut sums = BTreeMap::new();
    for row in snapshot.all(sql, values).await? {
        let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
        *sums.entry(currency).or_insert(Decimal::ZERO) += row.get::<Decimal>("amount")?;
    }
    Ok(sums)
}

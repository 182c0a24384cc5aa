//! Account statements: the changes of a merchant's balances, with the balance after each.

use crate::store::{
    Error, Store,
    engine::{Row, Transaction, Value, listing::Conditions},
    intents::orders::NumberedPage,
};
use crate::{
    domain::{
        ids::MerchantId,
        ledger::{BalanceChange, BalanceEntry, EntrySource, PaymentReference, PostingReason},
        money::currency::Currency,
        names::Named,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The source of balance entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFilter {
    /// The payments of the order with this number.
    Order(i64),
    /// The refund with this short number.
    Refund(i64),
}

/// Filters of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Earliest time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time, inclusive.
    pub to: Option<DateTime<Utc>>,
    pub currency: Option<Currency>,
    pub source: Option<SourceFilter>,
}

const FROM: &str = " from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
    left join deposit_decisions d on t.movement in ('deposit_written_off', 'deposit_recovered') and d.id = t.subject_id
    left join payments y on t.movement in ('payment_settled', 'payment_taken_back', 'deposit_written_off',
        'deposit_recovered') and y.id = coalesce(d.payment_id, t.subject_id)
    left join refunds r on r.id = t.subject_id
    left join payment_intents i on i.id = coalesce(r.intent_id, y.intent_id)";
/// `earlier` identifies fees: a fee follows the entry that it belongs to.
const COLUMNS: &str =
    "select p.transaction_id, p.seq, p.currency, p.amount, t.movement, t.at, i.order_number, i.kind as paid_on,
    r.number as refund_number, (select count(*) from ledger_postings e
        where e.transaction_id = p.transaction_id and e.kind = 'available' and e.seq < p.seq) as earlier";

impl EntryFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = all_of(merchant);
        conditions.and_some("t.at >= ?", self.from);
        conditions.and_some("t.at <= ?", self.to);
        conditions.and_some("p.currency = ?", self.currency);
        match self.source {
            Some(SourceFilter::Order(number)) => {
                conditions.and("r.id is null and i.kind = 'transient' and i.order_number = ?", values![number]);
            }
            Some(SourceFilter::Refund(number)) => conditions.and("r.number = ?", values![number]),
            None => {}
        }
        conditions
    }
}

fn all_of(merchant: MerchantId) -> Conditions {
    Conditions::new("p.merchant_id = ? and p.kind = 'available'", values![merchant])
}

impl Store {
    /// Returns one page of changes of the merchant's balances, and the total number of entries that match.
    pub async fn balance_entries(
        &self,
        merchant: MerchantId,
        filter: &EntryFilter,
        page: NumberedPage,
    ) -> Result<(Vec<BalanceEntry>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant).finish(&format!("select count(*) as total{FROM}"), "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let tail = page.order_and_limit_sql(&["t.at", "t.id", "p.seq"]);
        let (sql, values) = filter.conditions(merchant).finish(&format!("{COLUMNS}{FROM}"), &tail);
        let rows = snapshot.all(sql, values).await?;
        Ok((entries(&mut snapshot, merchant, &rows).await?, total))
    }

    /// Returns the balance changes made by the payments of an order, oldest first. Balances after each change are left
    /// out: an order is read often, and computing them takes the longer the older it is.
    pub async fn balance_changes_of_order(
        &self,
        merchant: MerchantId,
        number: i64,
    ) -> Result<Vec<BalanceChange>, Error> {
        let filter = EntryFilter { source: Some(SourceFilter::Order(number)), ..EntryFilter::default() };
        let tail = " order by t.at, t.id, p.seq limit 500";
        let (sql, values) = filter.conditions(merchant).finish(&format!("{COLUMNS}{FROM}"), tail);
        self.database.snapshot().await?.all(sql, values).await?.iter().map(change).collect()
    }

    /// Returns the entries of these ledger transactions.
    pub async fn balance_entries_of(
        &self,
        merchant: MerchantId,
        transactions: [Uuid; 2],
    ) -> Result<Vec<BalanceEntry>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let mut conditions = all_of(merchant);
        conditions.and("t.id in (?, ?)", transactions.map(Value::from).to_vec());
        let (sql, values) = conditions.finish(&format!("{COLUMNS}{FROM}"), "");
        let rows = snapshot.all(sql, values).await?;
        entries(&mut snapshot, merchant, &rows).await
    }
}

async fn entries(snapshot: &mut Transaction, merchant: MerchantId, rows: &[Row]) -> Result<Vec<BalanceEntry>, Error> {
    let since = rows.iter().map(|row| row.get::<DateTime<Utc>>("at")).collect::<Result<Vec<_>, _>>()?;
    let Some(since) = since.into_iter().min() else { return Ok(Vec::new()) };
    let closings = closings(snapshot, merchant, since).await?;
    rows.iter().map(|row| entry(row, &closings)).collect()
}

type Closings = HashMap<(Uuid, i64), Decimal>;

/// Returns the balance after each entry since a time. Computed backwards from the current balances, so that no entry
/// has to store it. Added up here and not in SQL, because SQLite would add decimals as floats.
async fn closings(snapshot: &mut Transaction, merchant: MerchantId, since: DateTime<Utc>) -> Result<Closings, Error> {
    let sql = "select currency, balance from ledger_accounts where merchant_id = $1 and kind = 'available'";
    let mut balances: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in snapshot.all(sql, values![merchant]).await? {
        balances.insert(row.get("currency")?, row.get("balance")?);
    }
    let mut conditions = all_of(merchant);
    conditions.and("t.at >= ?", values![since]);
    let (sql, values) = conditions.finish(
        "select p.transaction_id, p.seq, p.currency, p.amount from ledger_transactions t
         join ledger_postings p on p.transaction_id = t.id",
        " order by t.at desc, t.id desc, p.seq desc",
    );
    let mut closings = Closings::new();
    for row in snapshot.all(sql, values).await? {
        let balance = balances.entry(row.get("currency")?).or_default();
        closings.insert((row.get("transaction_id")?, row.get("seq")?), *balance);
        *balance -= row.get::<Decimal>("amount")?;
    }
    Ok(closings)
}

fn entry(row: &Row, closings: &Closings) -> Result<BalanceEntry, Error> {
    let change = change(row)?;
    let closing = closings.get(&(change.transaction, row.get("seq")?)).copied().unwrap_or_default();
    Ok(BalanceEntry { change, closing })
}

fn change(row: &Row) -> Result<BalanceChange, Error> {
    let refund: Option<i64> = row.get("refund_number")?;
    Ok(BalanceChange {
        transaction: row.get("transaction_id")?,
        is_fee: row.get::<i64>("earlier")? > 0,
        at: row.get("at")?,
        reason: row.parse("movement", PostingReason::parse)?,
        source: paid_on(row)?.map(|of| match refund {
            Some(number) => EntrySource::Refund { number, of },
            None => EntrySource::Payment(of),
        }),
        currency: row.parse("currency", |code| Currency::parse(code).ok())?,
        amount: row.get("amount")?,
    })
}

fn paid_on(row: &Row) -> Result<Option<PaymentReference>, Error> {
    let Some(number) = row.get::<Option<i64>>("order_number")? else { return Ok(None) };
    let of_kind = |kind: &str| match kind {
        "transient" => Some(PaymentReference::Order(number)),
        "continuous" => Some(PaymentReference::Continuous(number)),
        _ => None,
    };
    Ok(Some(row.parse("paid_on", of_kind)?))
}

//! Account statements: the changes of a merchant's balances, with the balance after each.
//!
//! Entries are numbered without gaps in the order in which they were booked (`records/balance_entries.rs`), and none is earlier
//! than the one before it. The first and the last entry of a time are found through an index, and the numbers between them
//! are every page: no read takes the longer the more was booked since or before.

use crate::store::{
    Error, Store,
    engine::{Row, SearchSyntax, Transaction, Value, listing::Conditions},
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

/// How many changes the details of an order have.
const OF_ORDER_MAX: u32 = 500;

pub(super) const FROM: &str = " from balance_entries b
    join ledger_postings p on p.transaction_id = b.transaction_id and p.seq = b.seq
    join ledger_transactions t on t.id = b.transaction_id
    left join deposit_decisions d on t.movement in ('deposit_written_off', 'deposit_recovered') and d.id = t.subject_id
    left join payments y on t.movement in ('payment_settled', 'payment_taken_back', 'deposit_written_off',
        'deposit_recovered') and y.id = coalesce(d.payment_id, t.subject_id)
    left join refunds r on r.id = t.subject_id
    left join payment_intents i on i.id = coalesce(r.intent_id, y.intent_id)";
/// `earlier` identifies fees: a fee follows the entry that it belongs to.
pub(super) const COLUMNS: &str =
    "select b.transaction_id, b.currency, b.at, b.closing, p.amount, t.movement, i.order_number, i.kind as paid_on,
    r.number as refund_number, (select count(*) from ledger_postings e
        where e.transaction_id = p.transaction_id and e.kind = 'available' and e.seq < p.seq) as earlier";

/// Selects the ledger transactions about the payments of an order, and about what was decided of them.
const OF_ORDER: &str = "select paid.id from payment_intents o
        join payments p on p.intent_id = o.id join ledger_transactions paid on paid.subject_id = p.id
    where o.merchant_id = ? and o.order_number = ? and o.kind = 'transient'
    union select decided.id from payment_intents o
        join payments p on p.intent_id = o.id join deposit_decisions w on w.payment_id = p.id
        join ledger_transactions decided on decided.subject_id = w.id
    where o.merchant_id = ? and o.order_number = ? and o.kind = 'transient'";
const OF_REFUND: &str =
    "select refunded.id from refunds o join ledger_transactions refunded on refunded.subject_id = o.id
    where o.merchant_id = ? and o.number = ?";

impl SourceFilter {
    /// A `select` of the ledger transactions that are about it, with `?` for values.
    fn transactions(self, merchant: MerchantId) -> (&'static str, Vec<Value>) {
        match self {
            Self::Order(number) => (OF_ORDER, values![merchant, number, merchant, number]),
            Self::Refund(number) => (OF_REFUND, values![merchant, number]),
        }
    }
}

impl EntryFilter {
    /// The column that numbers the entries without gaps: those of one balance, or those of all.
    const fn numbers(&self) -> &'static str {
        if self.currency.is_some() { "currency_number" } else { "number" }
    }

    /// Selects the number of the first entry from the beginning of the time on, or of the last one until its end.
    pub(super) fn edge(&self, merchant: MerchantId, is_first: bool) -> (String, Vec<Value>) {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("currency = ?", self.currency);
        let direction = if is_first {
            conditions.and_some("at >= ?", self.from);
            "asc"
        } else {
            conditions.and_some("at <= ?", self.to);
            "desc"
        };
        let number = self.numbers();
        let tail = format!(" order by at {direction}, {number} {direction} limit 1");
        conditions.finish(&format!("select {number} as number from balance_entries"), &tail)
    }

    /// Selects a page of the entries between two numbers.
    fn page(&self, merchant: MerchantId, (first, last): (i64, i64), page: NumberedPage) -> (String, Vec<Value>) {
        let (first, last) = page.numbers(first, last);
        let number = self.numbers();
        let mut conditions = Conditions::new("b.merchant_id = ?", values![merchant]);
        conditions.and_some("b.currency = ?", self.currency);
        conditions.and(&format!("b.{number} between ? and ?"), values![first, last]);
        let direction = if page.oldest_first { "asc" } else { "desc" };
        conditions.finish(&format!("{COLUMNS}{FROM}"), &format!(" order by b.{number} {direction}"))
    }

    /// The entries of a source, which are few. They are found by the merchant's orders and refunds.
    fn of_source(&self, merchant: MerchantId, source: SourceFilter, syntax: SearchSyntax) -> Conditions {
        let [before, after] = syntax.id_among;
        let (sql, values) = source.transactions(merchant);
        let mut conditions = Conditions::new(&format!("t.{before}{sql}{after}"), values);
        conditions.and_some("b.currency = ?", self.currency);
        conditions.and_some("b.at >= ?", self.from);
        conditions.and_some("b.at <= ?", self.to);
        conditions
    }
}

/// The statements of a list, for the test that no table is scanned. `numbers` are those of its first and last entry.
pub fn statements(
    merchant: MerchantId,
    filter: &EntryFilter,
    numbers: (i64, i64),
    page: NumberedPage,
    syntax: SearchSyntax,
) -> Vec<(String, Vec<Value>)> {
    match filter.source {
        Some(source) => {
            let conditions = || filter.of_source(merchant, source, syntax);
            vec![count(conditions()), page_of_source(conditions(), page)]
        }
        None => vec![filter.edge(merchant, true), filter.edge(merchant, false), filter.page(merchant, numbers, page)],
    }
}

fn count(conditions: Conditions) -> (String, Vec<Value>) {
    let from = "select count(*) as total from balance_entries b join ledger_transactions t on t.id = b.transaction_id";
    conditions.finish(from, "")
}

fn page_of_source(conditions: Conditions, page: NumberedPage) -> (String, Vec<Value>) {
    conditions.finish(&format!("{COLUMNS}{FROM}"), &page.order_and_limit_sql(&["b.number"]))
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
        if let Some(source) = filter.source {
            let conditions = || filter.of_source(merchant, source, self.database.search_syntax());
            let (sql, values) = count(conditions());
            let total = snapshot.one(sql, values).await?.get("total")?;
            return Ok((entries(&mut snapshot, page_of_source(conditions(), page)).await?, total));
        }
        let first = number(&mut snapshot, filter.edge(merchant, true)).await?;
        let last = number(&mut snapshot, filter.edge(merchant, false)).await?;
        let Some((first, last)) = first.zip(last).filter(|(first, last)| first <= last) else {
            return Ok((Vec::new(), 0));
        };
        let found = entries(&mut snapshot, filter.page(merchant, (first, last), page)).await?;
        Ok((found, last - first + 1))
    }

    /// Returns the balance changes made by the payments of an order, oldest first.
    pub async fn balance_changes_of_order(
        &self,
        merchant: MerchantId,
        number: i64,
    ) -> Result<Vec<BalanceChange>, Error> {
        let syntax = self.database.search_syntax();
        let conditions = EntryFilter::default().of_source(merchant, SourceFilter::Order(number), syntax);
        let page = NumberedPage { number: 1, size: OF_ORDER_MAX, oldest_first: true };
        let found = entries(&mut self.database.snapshot().await?, page_of_source(conditions, page)).await?;
        Ok(found.into_iter().map(|entry| entry.change).collect())
    }

    /// Returns the entries of these ledger transactions.
    pub async fn balance_entries_of(
        &self,
        merchant: MerchantId,
        transactions: [Uuid; 2],
    ) -> Result<Vec<BalanceEntry>, Error> {
        let mut conditions = Conditions::new("t.id in (?, ?)", transactions.map(Value::from).to_vec());
        conditions.and("t.merchant_id = ?", values![merchant]);
        let statement = conditions.finish(&format!("{COLUMNS}{FROM}"), "");
        entries(&mut self.database.snapshot().await?, statement).await
    }
}

pub(super) async fn number(
    snapshot: &mut Transaction,
    (sql, values): (String, Vec<Value>),
) -> Result<Option<i64>, Error> {
    Ok(snapshot.optional(sql, values).await?.map(|row| row.get("number")).transpose()?)
}

async fn entries(snapshot: &mut Transaction, (sql, values): (String, Vec<Value>)) -> Result<Vec<BalanceEntry>, Error> {
    snapshot.all(sql, values).await?.iter().map(entry).collect()
}

pub(super) fn entry(row: &Row) -> Result<BalanceEntry, Error> {
    Ok(BalanceEntry { change: change(row)?, closing: row.get("closing")? })
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

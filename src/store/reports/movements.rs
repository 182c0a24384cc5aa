//! The movements of monthly statements: bookings that changed what a merchant holds.

use super::house_currency::of_booking;
use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, id_list, in_reading_order},
    },
};
use crate::{
    domain::{
        ids::{MerchantId, PaymentIntentId, RefundId},
        ledger::{AccountKind, PostingReason},
        money::currency::Currency,
        names::Named,
        paging::{PAGE_SIZE_MAX, Page, PageRequest, Position, SortDirection, Total},
        reports::{
            house_currency,
            month::Month,
            statement::{Booked, KeptRate, KindSums, KindTotals, ListedMovement, Movement, MovementSubject},
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The movements of a month that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovementFilter {
    pub month: Month,
    pub currency: Option<Currency>,
    pub reason: Option<PostingReason>,
}

pub(in crate::store) const FROM: &str = " from ledger_transactions t
    join ledger_postings p on p.transaction_id = t.id and p.kind in ('available', 'reserved', 'fees')
    left join ledger_rates k on k.transaction_id = t.id";
/// The columns that [`from_rows`] reads.
pub(in crate::store) fn columns() -> String {
    let house_currency = of_booking();
    format!(
        "select t.id, t.at, t.movement, p.currency, p.kind, p.amount, k.price, k.source, k.price_at,
            {house_currency} as house_currency"
    )
}

/// The postings of a booking follow each other.
pub(in crate::store) const ORDER: &str = " order by t.at, t.id, p.seq";

/// The kinds of bookings that are movements, as a list in SQL.
pub(in crate::store) fn kinds() -> String {
    let names = PostingReason::all().filter(|reason| reason.changes_holdings());
    names.map(|reason| format!("'{}'", reason.as_str())).collect::<Vec<_>>().join(", ")
}

/// The movements of a merchant from a time on, and before another one if it is given.
fn between(merchant: MerchantId, from: DateTime<Utc>, before: Option<DateTime<Utc>>) -> Conditions {
    let mut conditions = Conditions::new("t.merchant_id = ? and t.at >= ?", values![merchant, from]);
    conditions.and_some("t.at < ?", before);
    conditions.and(&format!("t.movement in ({})", kinds()), vec![]);
    conditions
}

/// Returns the movements of a month by currency and kind. They are read in parts, so that the memory this takes does not grow
/// with their number.
pub(in crate::store) async fn totals_by_kind(
    transaction: &mut Transaction,
    merchant: MerchantId,
    month: Month,
) -> Result<Vec<KindTotals>, Error> {
    let filter = MovementFilter { month, currency: None, reason: None };
    let mut request = PageRequest::new(PAGE_SIZE_MAX, Position::Start, SortDirection::OldestFirst);
    let mut sums = KindSums::default();
    loop {
        let part = bookings(transaction, merchant, &filter, &request).await?;
        if part.items.is_empty() {
            return Ok(sums.totals());
        }
        let (list, values) = id_list(&part.items);
        let sql = format!("{}{FROM} where t.id in ({list}){ORDER}", columns());
        for movement in from_rows(&transaction.all(sql, values).await?)? {
            sums.add(&movement);
        }
        let Some(last) = part.next else { return Ok(sums.totals()) };
        request = PageRequest::long_after(last, SortDirection::OldestFirst);
    }
}

/// Returns the bookings on a page of the movements of a month.
async fn bookings(
    transaction: &mut Transaction,
    merchant: MerchantId,
    filter: &MovementFilter,
    request: &PageRequest,
) -> Result<Page<Uuid>, Error> {
    let (sql, values) = filter.conditions(merchant).page("select id", "ledger_transactions", "at", request);
    let rows = in_reading_order(transaction.all(sql, values).await?, request);
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<Uuid>, _>>()?;
    Ok(Page::from_rows(ids, request, |id| *id))
}

/// Returns the sums of the movements of a merchant from a time on, and before another one if it is given. The database adds
/// them up, so that the memory this takes does not grow with their number. What came and what went are added apart,
/// because sums are exact for amounts that are not negative.
pub(in crate::store) async fn booked_between(
    transaction: &mut Transaction,
    merchant: MerchantId,
    from: DateTime<Utc>,
    before: Option<DateTime<Utc>>,
) -> Result<Vec<Booked>, Error> {
    let (month, sum) = (transaction.month_of("t.at"), transaction.exact_sum(&transaction.magnitude("p.amount")));
    // A booking has several postings, and is counted with the first of them.
    let select = format!(
        "select {month} as month, p.currency, t.movement, case when p.kind = 'fees' then 'fees' else 'held' end as part,
            case when p.amount < '0' then 'out' else 'in' end as flow, {sum} as total,
            count(case when not exists (select 1 from ledger_postings e where e.transaction_id = p.transaction_id
                and e.seq < p.seq and e.kind in ('available', 'reserved', 'fees')) then 1 end) as bookings
         from ledger_transactions t
         join ledger_postings p on p.transaction_id = t.id and p.kind in ('available', 'reserved', 'fees')"
    );
    let (sql, values) = between(merchant, from, before).finish(&select, " group by 1, 2, 3, 4, 5");
    let mut sums: BTreeMap<(Month, Currency, PostingReason), Booked> = BTreeMap::new();
    for row in transaction.all(sql, values).await? {
        let month = row.parse("month", Month::parse)?;
        let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
        let reason = row.parse("movement", PostingReason::parse)?;
        let nothing = Booked { month, currency, change: Decimal::ZERO, fee: Decimal::ZERO, movements: 0 };
        let booked = sums.entry((month, currency, reason)).or_insert(nothing);
        let total: Decimal = row.get("total")?;
        let amount = if row.get::<String>("flow")? == "out" { -total } else { total };
        match row.get::<String>("part")?.as_str() {
            "fees" => booked.fee += amount,
            _ => booked.change += amount,
        }
        booked.movements += row.get::<i64>("bookings")?;
    }
    Ok(sums.into_values().collect())
}

/// Adds the postings of each booking.
pub(in crate::store) fn from_rows(rows: &[Row]) -> Result<Vec<Movement>, Error> {
    let mut movements: Vec<Movement> = Vec::new();
    for row in rows {
        let transaction: Uuid = row.get("id")?;
        if movements.last().is_none_or(|last| last.transaction != transaction) {
            movements.push(without_amount(row, transaction)?);
        }
        let Some(movement) = movements.last_mut() else { continue };
        let amount: Decimal = row.get("amount")?;
        match row.parse("kind", AccountKind::parse)? {
            AccountKind::Available | AccountKind::Reserved => movement.change += amount,
            AccountKind::Fees => movement.fee += amount,
            AccountKind::Deposits | AccountKind::PaidOut | AccountKind::Rounding | AccountKind::Exchange => {}
        }
    }
    Ok(movements)
}

fn without_amount(row: &Row, transaction: Uuid) -> Result<Movement, Error> {
    let at: DateTime<Utc> = row.get("at")?;
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    let per = row.parse("house_currency", |code| house_currency::parse(code).ok())?;
    let rate = match row.get::<Option<Decimal>>("price")? {
        _ if currency == per => Some(KeptRate::of_same(per, at)),
        Some(price) => {
            let source: String = row.get("source")?;
            Some(KeptRate { per, price: price.normalize(), source: source.into(), at: row.get("price_at")? })
        }
        None => None,
    };
    let reason = row.parse("movement", PostingReason::parse)?;
    Ok(Movement { transaction, at, reason, currency, change: Decimal::ZERO, fee: Decimal::ZERO, rate })
}

impl Store {
    /// Returns how many movements of a month match.
    pub async fn total_of_movements(&self, merchant: MerchantId, filter: &MovementFilter) -> Result<Total, Error> {
        filter.conditions(merchant).total(&mut self.database.snapshot().await?, "ledger_transactions").await
    }

    /// Returns one page of the movements of a month.
    pub async fn movements_of_month(
        &self,
        merchant: MerchantId,
        filter: &MovementFilter,
        request: &PageRequest,
    ) -> Result<Page<ListedMovement>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let page = bookings(&mut snapshot, merchant, filter, request).await?;
        let mut found = listed(&mut snapshot, &page.items).await?;
        let items = page.items.iter().filter_map(|id| found.remove(id)).collect();
        Ok(Page { items, next: page.next, previous: page.previous })
    }
}

impl MovementFilter {
    /// A booking that changed no balance is not listed.
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let (from, before) = (self.month.start(), self.month.end());
        let mut conditions = Conditions::new("merchant_id = ? and at >= ? and at < ?", values![merchant, from, before]);
        conditions.and(&format!("movement in ({})", kinds()), vec![]);
        conditions.and_some("movement = ?", self.reason.map(Named::as_str));
        let moves = |more: &str| {
            format!(
                "exists (select 1 from ledger_postings p where p.transaction_id = ledger_transactions.id and p.kind in {more})"
            )
        };
        match self.currency {
            Some(currency) => {
                conditions.and(&moves("('available', 'reserved') and p.currency = ?"), values![currency]);
            }
            None => conditions.and(&moves("('available', 'reserved', 'fees')"), vec![]),
        }
        conditions
    }
}

/// Returns movements by their bookings, with what they belong to.
async fn listed(snapshot: &mut Transaction, ids: &[Uuid]) -> Result<HashMap<Uuid, ListedMovement>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (list, values) = id_list(ids);
    let sql = format!(
        "{}, r.id as refund_id, r.number as refund_number, i.id as intent_id, i.order_number{FROM}
            left join refunds r on r.id = t.subject_id
            left join deposit_decisions d on d.id = t.subject_id
            left join payments y on y.id = coalesce(d.payment_id, t.subject_id)
            left join payment_intents i on i.id = y.intent_id
         where t.id in ({list}){ORDER}",
        columns()
    );
    let rows = snapshot.all(sql, values).await?;
    let mut subjects = HashMap::new();
    for row in &rows {
        subjects.insert(row.get::<Uuid>("id")?, subject(row)?);
    }
    let listed = from_rows(&rows)?.into_iter().map(|movement| {
        let subject = subjects.get(&movement.transaction).cloned().flatten();
        (movement.transaction, ListedMovement { movement, subject })
    });
    Ok(listed.collect())
}

/// Reads the columns `refund_id`, `refund_number`, `intent_id` and `order_number`.
pub(super) fn subject(row: &Row) -> Result<Option<MovementSubject>, Error> {
    if let Some(id) = row.get::<Option<Uuid>>("refund_id")? {
        return Ok(Some(MovementSubject::Refund { id: RefundId(id), number: row.get("refund_number")? }));
    }
    let Some(id) = row.get::<Option<Uuid>>("intent_id")? else { return Ok(None) };
    Ok(Some(MovementSubject::Payment { intent: PaymentIntentId(id), order: row.get("order_number")? }))
}

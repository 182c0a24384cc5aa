//! The entries of one balance as its page lists them: with what each belongs to, by kind and time, a page after another.
//!
//! Entries are numbered without gaps, so a page begins at a number and needs none of the entries before it.

use super::{
    movements::subject,
    statements::{COLUMNS, EntryFilter, FROM, entry, number},
};
use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction, Value,
        listing::{Conditions, in_reading_order},
    },
};
use crate::{
    domain::{
        ids::MerchantId,
        ledger::PostingReason,
        money::currency::Currency,
        names::Named,
        paging::{COUNTED_MAX, Page, PageRequest, Position, SortDirection, Total},
        reports::balance::ListedEntry,
    },
    values,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The entries of a balance that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceListFilter {
    pub currency: Currency,
    pub reason: Option<PostingReason>,
    /// Earliest time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time, inclusive.
    pub to: Option<DateTime<Utc>>,
}

impl BalanceListFilter {
    /// The first and the last entry of the time, whatever their kind.
    async fn edges(&self, snapshot: &mut Transaction, merchant: MerchantId) -> Result<Option<(i64, i64)>, Error> {
        let of_time = EntryFilter { from: self.from, to: self.to, currency: Some(self.currency), source: None };
        let first = number(snapshot, of_time.edge(merchant, true)).await?;
        let last = number(snapshot, of_time.edge(merchant, false)).await?;
        Ok(first.zip(last).filter(|(first, last)| first <= last))
    }

    fn between(&self, merchant: MerchantId, (first, last): (i64, i64)) -> Conditions {
        let mut conditions = Conditions::new("b.merchant_id = ? and b.currency = ?", values![merchant, self.currency]);
        conditions.and("b.currency_number between ? and ?", values![first, last]);
        conditions.and_some("b.movement = ?", self.reason.map(Named::as_str));
        conditions
    }

    /// Selects one row more than the page has, to tell whether there is another page.
    fn page(&self, merchant: MerchantId, edges: (i64, i64), request: &PageRequest) -> (String, Vec<Value>) {
        let direction = if is_ascending(request) { "asc" } else { "desc" };
        self.between(merchant, beyond_position(edges, request)).finish(
            &format!("{COLUMNS}, b.currency_number, r.id as refund_id, i.id as intent_id{FROM}"),
            &format!(" order by b.currency_number {direction} limit {}", request.size + 1),
        )
    }

    /// Counts the entries of a kind. It ends after one entry more than is told apart.
    fn count(&self, merchant: MerchantId, edges: (i64, i64)) -> (String, Vec<Value>) {
        self.between(merchant, edges).finish(
            "select count(*) as total from (select 1 as one from balance_entries b",
            // Without an order, SQLite reads the whole table if one merchant has most of it.
            &format!(" order by b.currency_number limit {}) as counted", COUNTED_MAX + 1),
        )
    }
}

/// The statements of a list whose first and last entry have these numbers, for the test that no table is scanned.
pub fn statements(
    merchant: MerchantId,
    filter: &BalanceListFilter,
    edges: (i64, i64),
    request: &PageRequest,
) -> [(String, Vec<Value>); 2] {
    [filter.page(merchant, edges, request), filter.count(merchant, edges)]
}

/// Pages name the row at which they begin by an id. That of an entry is its number.
fn id_of(number: i64) -> Uuid {
    Uuid::from_u128(number.unsigned_abs().into())
}

/// An id that somebody has typed is that of no entry, or of one far beyond the last.
fn number_of(id: Uuid) -> i64 {
    i64::try_from(id.as_u128()).unwrap_or(i64::MAX)
}

/// Whether the query goes from small numbers to large ones. For the page before a row it goes against the order of the list.
fn is_ascending(request: &PageRequest) -> bool {
    let backwards = matches!(request.position, Position::Before(_));
    (request.direction == SortDirection::OldestFirst) != backwards
}

/// The numbers that are left beyond the row at which a page begins.
fn beyond_position((first, last): (i64, i64), request: &PageRequest) -> (i64, i64) {
    match request.position {
        Position::Start => (first, last),
        Position::After(row) | Position::Before(row) if is_ascending(request) => {
            (first.max(number_of(row).saturating_add(1)), last)
        }
        Position::After(row) | Position::Before(row) => (first, last.min(number_of(row).saturating_sub(1))),
    }
}

impl Store {
    /// Returns one page of the entries of a balance.
    pub async fn balance_list(
        &self,
        merchant: MerchantId,
        filter: &BalanceListFilter,
        request: &PageRequest,
    ) -> Result<Page<ListedEntry>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let Some(edges) = filter.edges(&mut snapshot, merchant).await? else {
            return Ok(Page { items: Vec::new(), next: None, previous: None });
        };
        let (sql, values) = filter.page(merchant, edges, request);
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let entries = rows.iter().map(listed).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::from_rows(entries, request, |listed| id_of(listed.number)))
    }

    /// Returns how many entries of a balance match.
    pub async fn total_of_balance_list(
        &self,
        merchant: MerchantId,
        filter: &BalanceListFilter,
    ) -> Result<Total, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let Some((first, last)) = filter.edges(&mut snapshot, merchant).await? else { return Ok(Total::Exactly(0)) };
        if filter.reason.is_none() {
            return Ok(Total::of_counted(last - first + 1));
        }
        let (sql, values) = filter.count(merchant, (first, last));
        Ok(Total::of_counted(snapshot.one(sql, values).await?.get("total")?))
    }
}

fn listed(row: &Row) -> Result<ListedEntry, Error> {
    Ok(ListedEntry { number: row.get("currency_number")?, entry: entry(row)?, subject: subject(row)? })
}

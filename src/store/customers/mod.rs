//! Everything that was recorded with one e-mail address or one address of a customer.
//!
//! Of each kind only the newest [`CONSIDERED_MAX`] rows are listed and added up, so that the page of an exchange's address, which
//! thousands of customers share, shows no more than another. Rows are counted up to [`COUNTED_MAX`], as in every list: through
//! indexes, and only such a page has so many.

pub mod fields;
mod finder;

use super::{
    Error, Store,
    engine::{Row, SearchSyntax, Transaction, Value, listing::in_reading_order},
    intents::{
        self,
        notes::{self, Note},
        payments,
    },
    refunds,
};
use crate::domain::{
    customers::{CustomerKey, CustomerPart, CustomerSum, CustomerTotals},
    ids::{MerchantId, PaymentIntentId},
    intents::{
        payment::{Payment, PaymentStatus},
        payment_intent::PaymentIntent,
    },
    money::{Money, currency::Currency},
    names::Named,
    paging::{COUNTED_MAX, Page, PageRequest, Total},
    refunds::refund::{Refund, RefundStatus},
};
use finder::Finder;
use std::collections::HashMap;

/// How many rows of each kind are listed and added up.
pub const CONSIDERED_MAX: u32 = 1_000;

/// What was recorded of a customer. Lists that were not asked for are empty, and so are the totals if one list was.
#[derive(Clone, Debug)]
pub struct Customer {
    pub totals: CustomerTotals,
    pub intents: Page<PaymentIntent>,
    /// Without those that are not credited and need a person.
    pub payments: Page<Payment>,
    pub refunds: Page<Refund>,
    pub unsupported: Page<Payment>,
    pub notes: Page<CustomerNote>,
}

/// A note about one of the customer's payment intents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerNote {
    pub intent: PaymentIntentId,
    pub order_number: i64,
    pub note: Note,
}

/// Which lists are read, and which page of each.
#[derive(Clone, Copy, Debug)]
pub enum CustomerLists {
    /// This page of every list.
    All(PageRequest),
    One(CustomerPart, PageRequest),
}

impl CustomerLists {
    fn page_of(&self, part: CustomerPart) -> Option<&PageRequest> {
        match self {
            Self::All(request) => Some(request),
            Self::One(wanted, request) => (*wanted == part).then_some(request),
        }
    }
}

/// The statements of the page of a customer, for the test that no table is scanned.
pub fn statements(
    merchant: MerchantId,
    key: &CustomerKey,
    syntax: SearchSyntax,
    request: &PageRequest,
) -> Vec<(String, Vec<Value>)> {
    let finder = Finder { merchant, key, syntax, most: CONSIDERED_MAX };
    let counting = Finder { most: COUNTED_MAX, ..finder };
    let mut statements = vec![finder.payment_sums(), finder.refund_sums(), counting.too_many_of_any()];
    for part in CustomerPart::all() {
        let (table, conditions) = counting.list(part);
        statements.extend([page(&finder, part, request), conditions.count(table)]);
    }
    if matches!(key, CustomerKey::Email(_)) {
        statements.extend([finder.too_many_orders(), finder.too_many_refunds()]);
    }
    statements
}

fn page(finder: &Finder<'_>, part: CustomerPart, request: &PageRequest) -> (String, Vec<Value>) {
    let columns = match part {
        CustomerPart::Intents => intents::rows::COLUMNS,
        CustomerPart::Payments | CustomerPart::Unsupported => payments::COLUMNS,
        CustomerPart::Refunds => refunds::COLUMNS,
        CustomerPart::Notes => NOTE_COLUMNS,
    };
    let (table, conditions) = finder.list(part);
    conditions.page(columns, table, "created_at", request)
}

const NOTE_COLUMNS: &str = "select id, intent_id, text, created_at,
    (select u.name from users u where u.id = author_id) as author,
    (select i.order_number from payment_intents i where i.id = intent_id) as order_number";

impl Store {
    /// Returns what was recorded of a customer.
    pub async fn customer(
        &self,
        merchant: MerchantId,
        key: &CustomerKey,
        lists: &CustomerLists,
    ) -> Result<Customer, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let finder = Finder { merchant, key, syntax: snapshot.search_syntax(), most: CONSIDERED_MAX };
        let totals = match lists {
            CustomerLists::All(_) => totals(&mut snapshot, &finder).await?,
            CustomerLists::One(..) => CustomerTotals::default(),
        };
        Ok(Customer {
            totals,
            intents: intents_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Intents)).await?,
            payments: payments_of(&mut snapshot, &finder, CustomerPart::Payments, lists).await?,
            refunds: refunds_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Refunds)).await?,
            unsupported: payments_of(&mut snapshot, &finder, CustomerPart::Unsupported, lists).await?,
            notes: notes_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Notes)).await?,
        })
    }

    /// Returns how many rows these lists of a customer have. Of a customer with more rows of one kind than are counted, at least so
    /// many: rows of other kinds are found by them.
    pub async fn customer_counts(
        &self,
        merchant: MerchantId,
        key: &CustomerKey,
        parts: &[CustomerPart],
    ) -> Result<HashMap<CustomerPart, Total>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let finder = Finder { merchant, key, syntax: snapshot.search_syntax(), most: COUNTED_MAX };
        let is_cut = is_found(&mut snapshot, finder.too_many_of_any()).await?;
        let mut counts = HashMap::new();
        for part in parts {
            let (table, conditions) = finder.list(*part);
            let total = match conditions.total(&mut snapshot, table).await? {
                Total::Exactly(number) if is_cut => Total::AtLeast(number),
                total => total,
            };
            counts.insert(*part, total);
        }
        Ok(counts)
    }
}

const fn nothing<T>() -> Page<T> {
    Page { items: Vec::new(), next: None, previous: None }
}

async fn intents_of(
    snapshot: &mut Transaction,
    finder: &Finder<'_>,
    request: Option<&PageRequest>,
) -> Result<Page<PaymentIntent>, Error> {
    let Some(request) = request else { return Ok(nothing()) };
    let (sql, values) = page(finder, CustomerPart::Intents, request);
    let rows = in_reading_order(snapshot.all(sql, values).await?, request);
    let found = intents::rows::assemble(snapshot, rows).await?;
    Ok(Page::from_rows(found, request, |intent| intent.id.0))
}

async fn payments_of(
    snapshot: &mut Transaction,
    finder: &Finder<'_>,
    part: CustomerPart,
    lists: &CustomerLists,
) -> Result<Page<Payment>, Error> {
    let Some(request) = lists.page_of(part) else { return Ok(nothing()) };
    let (sql, values) = page(finder, part, request);
    let rows = in_reading_order(snapshot.all(sql, values).await?, request);
    let found = rows.iter().map(payments::from_row).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(found, request, |payment| payment.id.0))
}

async fn refunds_of(
    snapshot: &mut Transaction,
    finder: &Finder<'_>,
    request: Option<&PageRequest>,
) -> Result<Page<Refund>, Error> {
    let Some(request) = request else { return Ok(nothing()) };
    let (sql, values) = page(finder, CustomerPart::Refunds, request);
    let rows = in_reading_order(snapshot.all(sql, values).await?, request);
    let found = refunds::assemble(snapshot, &rows).await?;
    Ok(Page::from_rows(found, request, |refund| refund.id.0))
}

async fn notes_of(
    snapshot: &mut Transaction,
    finder: &Finder<'_>,
    request: Option<&PageRequest>,
) -> Result<Page<CustomerNote>, Error> {
    let Some(request) = request else { return Ok(nothing()) };
    let (sql, values) = page(finder, CustomerPart::Notes, request);
    let rows = in_reading_order(snapshot.all(sql, values).await?, request);
    let note = |row: &Row| {
        Ok::<_, Error>(CustomerNote {
            intent: PaymentIntentId(row.get("intent_id")?),
            order_number: row.get("order_number")?,
            note: notes::from_row(row)?,
        })
    };
    let found = rows.iter().map(note).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(found, request, |found| found.note.id.0))
}

async fn totals(snapshot: &mut Transaction, finder: &Finder<'_>) -> Result<CustomerTotals, Error> {
    let most = usize::try_from(CONSIDERED_MAX).unwrap_or(usize::MAX);
    let mut totals = CustomerTotals::default();
    if matches!(finder.key, CustomerKey::Email(_)) {
        // These are found through payment intents, of which only the newest are considered.
        let is_without_orders = is_found(snapshot, finder.too_many_orders()).await?;
        totals.is_without_refunds = is_without_orders;
        totals.is_without_payments = is_without_orders || is_found(snapshot, finder.too_many_refunds()).await?;
    }
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    let (sql, values) = finder.payment_sums();
    let rows = snapshot.all(sql, values).await?;
    totals.is_without_payments |= rows.len() > most;
    for row in rows.iter().take(most) {
        let is_unsupported = row.get::<Option<String>>("unsupported")?.is_some();
        match (row.parse("status", PaymentStatus::parse)?, is_unsupported) {
            (PaymentStatus::Paid, false) => totals.add(CustomerSum::Paid, amount(row)?),
            (PaymentStatus::Paid, true) => totals.add(CustomerSum::NotCredited, amount(row)?),
            (PaymentStatus::Pending | PaymentStatus::Failed, _) => {}
        }
    }
    let (sql, values) = finder.refund_sums();
    let rows = snapshot.all(sql, values).await?;
    totals.is_without_refunds |= rows.len() > most;
    for row in rows.iter().take(most) {
        match row.parse("status", RefundStatus::parse)? {
            RefundStatus::Completed => totals.add(CustomerSum::Refunded, amount(row)?),
            RefundStatus::Rejected => {}
            RefundStatus::AwaitingConfirmation
            | RefundStatus::AwaitingApproval
            | RefundStatus::Pending
            | RefundStatus::Processing => totals.add(CustomerSum::OnTheirWay, amount(row)?),
        }
    }
    Ok(totals)
}

async fn is_found(snapshot: &mut Transaction, (sql, values): (String, Vec<Value>)) -> Result<bool, Error> {
    Ok(snapshot.optional(sql, values).await?.is_some())
}

fn amount(row: &Row) -> Result<Money, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(Money::new(row.get("amount")?, currency)?)
}

//! Everything that was recorded with one e-mail address or one address of a customer.
//!
//! Rows are found by the exact value, through the indexes of the search. Of each kind only the newest are considered, so
//! that a page of an exchange's address, which thousands of customers share, costs no more than any other.

pub mod fields;

use super::{
    Error, Store,
    engine::{
        Row, SearchSyntax, Transaction, Value,
        listing::{Conditions, in_reading_order},
    },
    intents::{
        self,
        notes::{self, Note},
        payments,
    },
    refunds,
};
use crate::{
    domain::{
        customers::{CustomerKey, CustomerPart, CustomerSum, CustomerTotals},
        ids::{MerchantId, PaymentIntentId},
        intents::{
            payment::{Payment, PaymentStatus},
            payment_intent::PaymentIntent,
        },
        money::{Money, currency::Currency},
        names::Named,
        paging::{Page, PageRequest},
        refunds::refund::{Refund, RefundStatus},
    },
    values,
};

/// How many rows of each kind are considered.
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

/// A `select` of ids, with `?` for values.
#[derive(Clone, Debug)]
struct Ids {
    sql: String,
    values: Vec<Value>,
}

impl Ids {
    /// Everything that is in one of two selects, once.
    fn or(self, other: Self) -> Self {
        Self { sql: format!("{} union {}", self.sql, other.sql), values: [self.values, other.values].concat() }
    }

    /// The newest rows of a table that belong to these payment intents.
    fn of_intents(self, table: &str) -> Self {
        let sql = format!(
            "select id from (select theirs.id from ({}) as wanted join {table} theirs on theirs.intent_id = wanted.id
                order by theirs.created_at desc limit {}) as found",
            self.sql,
            CONSIDERED_MAX + 1
        );
        Self { sql, values: self.values }
    }

    /// Finds a row if these are more than are considered.
    fn too_many(self) -> (String, Vec<Value>) {
        let condition = format!("(select count(*) from ({}) as counted) > {CONSIDERED_MAX}", self.sql);
        Conditions::new(&condition, self.values).finish("select 1 as found", "")
    }
}

/// Finds the rows of one customer.
struct Finder<'a> {
    merchant: MerchantId,
    key: &'a CustomerKey,
    syntax: SearchSyntax,
}

impl Finder<'_> {
    /// The newest rows of a table that have the customer's key in this column. `condition` names what a partial index has.
    fn newest(&self, id: &str, table: &str, column: &str, condition: &str) -> Ids {
        let (order, byte_order) =
            (format!("order by created_at desc limit {}", CONSIDERED_MAX + 1), self.syntax.byte_order);
        let mut values = values![self.merchant];
        let is_theirs = match self.key {
            CustomerKey::Email(email) => {
                values.push(email.into());
                format!("{column}{byte_order} = ?")
            }
            CustomerKey::Address(address) => {
                values.push(address.to_ascii_lowercase().into());
                let in_any_case = format!("lower({column}{byte_order}) = ?");
                // The case of an EVM address is a checksum. In other addresses it makes the difference.
                if address.starts_with("0x") {
                    in_any_case
                } else {
                    values.push(address.into());
                    format!("{in_any_case} and {column} = ?")
                }
            }
        };
        let sql = format!(
            "select id from (select {id} as id from {table} where merchant_id = ? and {condition}{is_theirs} {order}) as found"
        );
        Ids { sql, values }
    }

    fn of_orders(&self) -> Ids {
        self.newest(
            "intent_id",
            "orders",
            "purchaser_email",
            "intent_id is not null and purchaser_email is not null and ",
        )
    }

    fn by_refunds(&self, id: &str) -> Ids {
        let column = match self.key {
            CustomerKey::Email(_) => "customer_email",
            CustomerKey::Address(_) => "address",
        };
        self.newest(id, "refunds", column, "")
    }

    fn by_sender(&self, id: &str) -> Ids {
        self.newest(id, "payments", "from_address", "from_address is not null and ")
    }

    fn intents(&self) -> Ids {
        let paid = match self.key {
            CustomerKey::Email(_) => self.of_orders(),
            CustomerKey::Address(_) => self.by_sender("intent_id"),
        };
        paid.or(self.by_refunds("intent_id"))
    }

    /// By e-mail address, those to the customer's payment intents: a payment itself has only a sender.
    fn payments(&self) -> Ids {
        match self.key {
            CustomerKey::Email(_) => self.intents().of_intents("payments"),
            CustomerKey::Address(_) => self.by_sender("id"),
        }
    }

    fn refunds(&self) -> Ids {
        let own = self.by_refunds("id");
        match self.key {
            CustomerKey::Email(_) => own.or(self.of_orders().of_intents("refunds")),
            CustomerKey::Address(_) => own,
        }
    }

    fn notes(&self) -> Ids {
        self.intents().of_intents("intent_notes")
    }

    fn of_merchant(&self, Ids { sql, values }: Ids) -> Conditions {
        let [before, after] = self.syntax.id_among;
        let mut conditions = Conditions::new("merchant_id = ?", values![self.merchant]);
        conditions.and(&format!("{before}{sql}{after}"), values);
        conditions
    }

    fn payments_page(&self, is_unsupported: bool, request: &PageRequest) -> (String, Vec<Value>) {
        let mut conditions = self.of_merchant(self.payments());
        conditions.and(if is_unsupported { "unsupported is not null" } else { "unsupported is null" }, vec![]);
        conditions.page(payments::COLUMNS, "payments", "created_at", request)
    }

    fn notes_page(&self, request: &PageRequest) -> (String, Vec<Value>) {
        let [before, after] = self.syntax.id_among;
        let Ids { sql, values } = self.notes();
        // They are found by intents of the merchant.
        let conditions = Conditions::new(&format!("{before}{sql}{after}"), values);
        let columns = "select id, intent_id, text, created_at,
            (select u.name from users u where u.id = author_id) as author,
            (select i.order_number from payment_intents i where i.id = intent_id) as order_number";
        conditions.page(columns, "intent_notes", "created_at", request)
    }

    fn sums(&self, columns: &str, ids: Ids) -> (String, Vec<Value>) {
        let tail = format!(" order by created_at desc, id desc limit {}", CONSIDERED_MAX + 1);
        self.of_merchant(ids).finish(columns, &tail)
    }
}

/// The statements of the page of a customer, for the test that no table is scanned.
pub fn statements(
    merchant: MerchantId,
    key: &CustomerKey,
    syntax: SearchSyntax,
    request: &PageRequest,
) -> Vec<(String, Vec<Value>)> {
    let finder = Finder { merchant, key, syntax };
    let mut statements = vec![
        finder.of_merchant(finder.intents()).page(intents::rows::COLUMNS, "payment_intents", "created_at", request),
        finder.payments_page(false, request),
        finder.payments_page(true, request),
        finder.of_merchant(finder.refunds()).page(refunds::COLUMNS, "refunds", "created_at", request),
        finder.notes_page(request),
        finder.sums(PAYMENT_SUMS, finder.payments()),
        finder.sums(REFUND_SUMS, finder.refunds()),
    ];
    if matches!(key, CustomerKey::Email(_)) {
        statements.extend([finder.of_orders().too_many(), finder.by_refunds("intent_id").too_many()]);
    }
    statements
}

const PAYMENT_SUMS: &str = "select status, unsupported, currency, amount from payments";
const REFUND_SUMS: &str = "select status, currency, amount from refunds";

impl Store {
    /// Returns what was recorded of a customer.
    pub async fn customer(
        &self,
        merchant: MerchantId,
        key: &CustomerKey,
        lists: &CustomerLists,
    ) -> Result<Customer, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let finder = Finder { merchant, key, syntax: snapshot.search_syntax() };
        let totals = match lists {
            CustomerLists::All(_) => totals(&mut snapshot, &finder).await?,
            CustomerLists::One(..) => CustomerTotals::default(),
        };
        Ok(Customer {
            totals,
            intents: intents_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Intents)).await?,
            payments: payments_of(&mut snapshot, &finder, false, lists.page_of(CustomerPart::Payments)).await?,
            refunds: refunds_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Refunds)).await?,
            unsupported: payments_of(&mut snapshot, &finder, true, lists.page_of(CustomerPart::Unsupported)).await?,
            notes: notes_of(&mut snapshot, &finder, lists.page_of(CustomerPart::Notes)).await?,
        })
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
    let conditions = finder.of_merchant(finder.intents());
    let (sql, values) = conditions.page(intents::rows::COLUMNS, "payment_intents", "created_at", request);
    let rows = in_reading_order(snapshot.all(sql, values).await?, request);
    let found = intents::rows::assemble(snapshot, rows).await?;
    Ok(Page::from_rows(found, request, |intent| intent.id.0))
}

async fn payments_of(
    snapshot: &mut Transaction,
    finder: &Finder<'_>,
    is_unsupported: bool,
    request: Option<&PageRequest>,
) -> Result<Page<Payment>, Error> {
    let Some(request) = request else { return Ok(nothing()) };
    let (sql, values) = finder.payments_page(is_unsupported, request);
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
    let conditions = finder.of_merchant(finder.refunds());
    let (sql, values) = conditions.page(refunds::COLUMNS, "refunds", "created_at", request);
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
    let (sql, values) = finder.notes_page(request);
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
        let is_without_orders = is_too_many(snapshot, finder.of_orders()).await?;
        totals.is_without_refunds = is_without_orders;
        totals.is_without_payments = is_without_orders || is_too_many(snapshot, finder.by_refunds("intent_id")).await?;
    }
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    let (sql, values) = finder.sums(PAYMENT_SUMS, finder.payments());
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
    let (sql, values) = finder.sums(REFUND_SUMS, finder.refunds());
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

async fn is_too_many(snapshot: &mut Transaction, ids: Ids) -> Result<bool, Error> {
    let (sql, values) = ids.too_many();
    Ok(snapshot.optional(sql, values).await?.is_some())
}

fn amount(row: &Row) -> Result<Money, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(Money::new(row.get("amount")?, currency)?)
}

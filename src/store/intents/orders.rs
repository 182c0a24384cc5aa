//! Orders: the shop's side of payment intents, found by a short number.

use super::payments;
use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, id_list},
    },
    intents,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, PayPageId, PaymentIntentId},
        intents::{
            order::{LIFETIME, NewOrder, Order, OrderStatus, OrderText},
            payment_intent::PaymentIntent,
        },
        money::{Money, currency::Currency},
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::HashMap;
use uuid::Uuid;

/// The number before a merchant's first.
const NUMBER_BEFORE_FIRST: i64 = 1000;

const COLUMNS: &str =
    "select merchant_id, number, page_id, intent_id, title, description, reference, price_amount, price_currency, receive_currency,
    token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at, canceled_at";

/// Which orders a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Only those made at or after.
    pub from: Option<DateTime<Utc>>,
    /// Only those made at or before.
    pub to: Option<DateTime<Utc>>,
    /// Only those that were first paid in full at or after.
    pub paid_from: Option<DateTime<Utc>>,
    /// Only those that were first paid in full at or before.
    pub paid_to: Option<DateTime<Utc>>,
    /// Only those that stand here at that moment.
    pub status: Option<(OrderStatus, DateTime<Utc>)>,
}

impl OrderFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions.and_some(&format!("{PAID_AT} >= ?"), self.paid_from);
        conditions.and_some(&format!("{PAID_AT} <= ?"), self.paid_to);
        if let Some((status, now)) = self.status {
            add_status_condition(&mut conditions, status, now);
        }
        conditions
    }
}

/// As `Order::paid_at` says it.
const PAID_AT: &str = "(select min(t.at) from intent_timeline t
    where t.intent_id = orders.intent_id and t.status = 'complete' and coalesce(t.context, '') <> 'underpaid')";
/// Of an intent that the customer may still pay, or pay the rest of.
const UNPAID: &str = "i.pending_payments = 0
    and (i.status in ('created', 'pending') or i.status = 'complete' and i.context = 'underpaid')";

/// Leaves only orders with this status, as `Order::status` says it.
fn add_status_condition(conditions: &mut Conditions, status: OrderStatus, now: DateTime<Utc>) {
    let mut of_intent = |condition: &str, values| {
        let intent = "select 1 from payment_intents i where i.id = orders.intent_id and";
        conditions.and(&format!("exists ({intent} {condition})"), values);
    };
    let zero = Decimal::ZERO;
    match status {
        OrderStatus::New => {
            conditions.and("intent_id is null and canceled_at is null and expires_at > ?", values![now])
        }
        OrderStatus::Pending => of_intent(&format!("{UNPAID} and i.expires_at > ?"), values![now]),
        OrderStatus::Confirming => of_intent("i.pending_payments > 0", values![]),
        OrderStatus::Paid => of_intent(
            "i.pending_payments = 0 and (i.status = 'complete' and coalesce(i.context, '') <> 'underpaid'
                or i.status = 'refunded' and i.refunded = ? and i.paid >= i.amount)",
            values![zero],
        ),
        OrderStatus::Invalid => of_intent("i.pending_payments = 0 and i.status = 'failed'", values![]),
        // Canceling ends an intent.
        OrderStatus::Canceled => conditions.and("canceled_at is not null", values![]),
        OrderStatus::Expired => {
            conditions.and("canceled_at is null", values![]);
            let over = format!(
                "i.pending_payments = 0 and (i.status = 'expired'
                    or i.status = 'refunded' and i.refunded = ? and i.paid < i.amount)
                 or {UNPAID} and i.expires_at <= ?"
            );
            let intent = format!("select 1 from payment_intents i where i.id = orders.intent_id and ({over})");
            conditions
                .and(&format!("(intent_id is null and expires_at <= ? or exists ({intent}))"), values![now, zero, now]);
        }
        OrderStatus::Refunded => of_intent(
            "i.pending_payments = 0 and i.status = 'refunded' and i.refunded > ? and i.refunded = i.paid",
            values![zero],
        ),
        OrderStatus::PartiallyRefunded => of_intent(
            "i.pending_payments = 0 and i.status = 'refunded' and i.refunded > ? and i.refunded <> i.paid",
            values![zero],
        ),
    }
}

/// A page of a list that is counted in pages, as CoinGate's clients do. It moves while rows are added; lists of Requite's own
/// are paged by rows instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedPage {
    /// From 1.
    pub number: u32,
    /// Rows on a page.
    pub size: u32,
    /// Whether the oldest comes first.
    pub oldest_first: bool,
}

impl NumberedPage {
    /// What a query ends with to answer this page.
    pub fn tail(self, columns: &[&str]) -> String {
        let direction = if self.oldest_first { "asc" } else { "desc" };
        let order = columns.iter().map(|column| format!("{column} {direction}")).collect::<Vec<_>>().join(", ");
        let offset = u64::from(self.number.saturating_sub(1)) * u64::from(self.size);
        format!(" order by {order} limit {} offset {offset}", self.size)
    }
}

impl Store {
    /// Makes an order that waits for a coin to be chosen.
    pub async fn create_order(
        &self,
        merchant: MerchantId,
        context: &Context<'_>,
        new: &NewOrder,
    ) -> Result<Order, Error> {
        let mut transaction = self.database.begin().await?;
        let number = next_number(&mut transaction, merchant).await?;
        insert(&mut transaction, merchant, context, number, None, new).await?;
        let order = load(&mut transaction, merchant, number).await?;
        transaction.commit().await?;
        Ok(order)
    }

    /// Writes down another address of an order's customer; answers the order with it.
    pub async fn set_purchaser(&self, merchant: MerchantId, number: i64, email: &str) -> Result<Order, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update orders set purchaser_email = $1 where merchant_id = $2 and number = $3";
        transaction.execute(sql, values![email, merchant, number]).await?;
        let order = load(&mut transaction, merchant, number).await?;
        transaction.commit().await?;
        Ok(order)
    }

    /// One order of a merchant.
    pub async fn order(&self, merchant: MerchantId, number: i64) -> Result<Order, Error> {
        load(&mut self.database.snapshot().await?, merchant, number).await
    }

    /// The order that is paid on a page.
    pub async fn order_of_page(&self, page: PayPageId) -> Result<Order, Error> {
        load_of_page(&mut self.database.snapshot().await?, page).await
    }

    /// One page of a merchant's orders, and how many there are in all.
    pub async fn orders(
        &self,
        merchant: MerchantId,
        filter: &OrderFilter,
        page: NumberedPage,
    ) -> Result<(Vec<Order>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant).finish("select count(*) as total from orders", "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let (sql, values) = filter
            .conditions(merchant)
            .finish(&format!("{COLUMNS} from orders"), &page.tail(&["created_at", "number"]));
        let rows = snapshot.all(sql, values).await?;
        Ok((assemble(&mut snapshot, merchant, &rows).await?, total))
    }

    /// The orders of these intents, by intent.
    pub async fn orders_of(
        &self,
        merchant: MerchantId,
        intents: &[PaymentIntentId],
    ) -> Result<HashMap<PaymentIntentId, Order>, Error> {
        if intents.is_empty() {
            return Ok(HashMap::new());
        }
        let mut snapshot = self.database.snapshot().await?;
        let (list, values) = id_list(intents);
        let rows = snapshot.all(format!("{COLUMNS} from orders where intent_id in ({list})"), values).await?;
        let orders = assemble(&mut snapshot, merchant, &rows).await?;
        Ok(orders.into_iter().filter_map(|order| Some((order.intent_id?, order))).collect())
    }
}

/// The next number of a merchant's orders and intents, whose row is held so that no two orders get the same.
pub(in crate::store) async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    lock_merchant(transaction, merchant).await?;
    // Two queries, each answered by the end of an index. Not every intent has an order, nor every order an intent.
    let mut last = NUMBER_BEFORE_FIRST;
    for sql in [
        "select max(number) as last from orders where merchant_id = $1",
        "select max(order_number) as last from payment_intents where merchant_id = $1",
    ] {
        last = last.max(transaction.one(sql, values![merchant]).await?.get::<Option<i64>>("last")?.unwrap_or_default());
    }
    Ok(last + 1)
}

/// Holds a merchant's row until the transaction ends: taken for numbers, after intents and balances and before the audit chain.
pub(in crate::store) async fn lock_merchant(transaction: &mut Transaction, merchant: MerchantId) -> Result<(), Error> {
    let lock = format!("select id from merchants where id = $1{}", transaction.for_update());
    transaction.one(lock, values![merchant]).await?;
    Ok(())
}

/// Gives an intent that was made without an order one of its own.
pub(in crate::store) async fn insert_for_intent(
    work: &mut UnitOfWork<'_>,
    number: i64,
    intent: PaymentIntentId,
    price: Money,
    receive: Currency,
) -> Result<(), Error> {
    let order = NewOrder { price, receive: Some(receive), text: OrderText::default() };
    insert(&mut work.transaction, work.actor.merchant(), &work.context, number, Some(intent), &order).await
}

/// Notes which intent an order became. An order becomes only one.
pub(in crate::store) async fn attach(
    transaction: &mut Transaction,
    merchant: MerchantId,
    number: i64,
    intent: PaymentIntentId,
) -> Result<(), Error> {
    // One that was reported as over stays over.
    let sql = "update orders set intent_id = $1
        where merchant_id = $2 and number = $3 and intent_id is null and told_status is null";
    if transaction.execute(sql, values![intent, merchant, number]).await? == 1 {
        return Ok(());
    }
    let message = "A coin was already chosen for this order, or the time to choose one is over.";
    Err(DomainError::new(ErrorCode::PaymentNotPossible, message).into())
}

async fn insert(
    transaction: &mut Transaction,
    merchant: MerchantId,
    context: &Context<'_>,
    number: i64,
    intent: Option<PaymentIntentId>,
    new: &NewOrder,
) -> Result<(), Error> {
    let text = &new.text;
    transaction
        .execute(
            "insert into orders (merchant_id, number, intent_id, title, description, reference, price_amount, price_currency,
                receive_currency, token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at,
                page_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            values![
                merchant,
                number,
                intent.map(|id| id.0),
                &text.title,
                &text.description,
                &text.reference,
                new.price,
                new.price.currency(),
                new.receive.map(Currency::code),
                &text.token,
                &text.callback_url,
                &text.success_url,
                &text.cancel_url,
                &text.purchaser_email,
                context.now,
                context.now + LIFETIME,
                uuid::Builder::from_random_bytes(context.random::<16>()).into_uuid()
            ],
        )
        .await?;
    Ok(())
}

async fn load(transaction: &mut Transaction, merchant: MerchantId, number: i64) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and number = $2");
    let rows = transaction.all(sql, values![merchant, number]).await?;
    assemble(transaction, merchant, &rows).await?.pop().ok_or_else(|| DomainError::not_found("order").into())
}

/// The order of an intent; each has one that is not continuous.
pub(in crate::store) async fn load_of_intent(
    transaction: &mut Transaction,
    merchant: MerchantId,
    intent: PaymentIntentId,
) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and intent_id = $2");
    let rows = transaction.all(sql, values![merchant, intent]).await?;
    assemble(transaction, merchant, &rows).await?.pop().ok_or_else(|| DomainError::not_found("order").into())
}

/// The order that is paid on a page, whosever it is: who knows the page may see it.
pub(in crate::store) async fn load_of_page(transaction: &mut Transaction, page: PayPageId) -> Result<Order, Error> {
    let rows = transaction.all(format!("{COLUMNS} from orders where page_id = $1"), values![page]).await?;
    let Some(row) = rows.first() else { return Err(DomainError::not_found("order").into()) };
    let merchant = MerchantId(row.get("merchant_id")?);
    assemble(transaction, merchant, &rows).await?.pop().ok_or_else(|| DomainError::not_found("order").into())
}

/// Builds orders from their rows, with the intents that they became and what was credited of these: a few more queries,
/// however many orders there are.
async fn assemble(transaction: &mut Transaction, merchant: MerchantId, rows: &[Row]) -> Result<Vec<Order>, Error> {
    let orders = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<_> = orders.iter().filter_map(|order| order.intent_id).collect();
    let intents = intents::load_all(transaction, merchant, &ids).await?;
    let mut intents: HashMap<_, PaymentIntent> = intents.into_iter().map(|intent| (intent.id, intent)).collect();
    let mut credited = payments::credited(transaction, &ids).await?;
    let with_intent = |order: Order| Order {
        intent: order.intent_id.and_then(|id| intents.remove(&id)),
        credited: order.intent_id.and_then(|id| credited.remove(&id)),
        ..order
    };
    Ok(orders.into_iter().map(with_intent).collect())
}

fn from_row(row: &Row) -> Result<Order, Error> {
    let currency = |column| row.parse(column, |code| Currency::parse(code).ok());
    Ok(Order {
        merchant_id: MerchantId(row.get("merchant_id")?),
        number: row.get("number")?,
        page: PayPageId(row.get("page_id")?),
        price: Money::new(row.get("price_amount")?, currency("price_currency")?)?,
        receive: row.get::<Option<String>>("receive_currency")?.map(|_| currency("receive_currency")).transpose()?,
        text: OrderText {
            title: row.get("title")?,
            description: row.get("description")?,
            reference: row.get("reference")?,
            token: row.get("token")?,
            callback_url: row.get("callback_url")?,
            success_url: row.get("success_url")?,
            cancel_url: row.get("cancel_url")?,
            purchaser_email: row.get("purchaser_email")?,
        },
        intent_id: row.get::<Option<Uuid>>("intent_id")?.map(PaymentIntentId),
        intent: None,
        credited: None,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        canceled_at: row.get("canceled_at")?,
    })
}

//! Orders: the shop's view of payment intents, identified by a short number.

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
        people::actor::Actor,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::HashMap;
use uuid::Uuid;

/// A merchant's first order number is one higher.
const NUMBER_BEFORE_FIRST: i64 = 1000;

const COLUMNS: &str =
    "select merchant_id, number, page_id, intent_id, title, description, reference, price_amount, price_currency, receive_currency,
    token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at, canceled_at";

/// Filters of a list of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Earliest creation time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest creation time, inclusive.
    pub to: Option<DateTime<Utc>>,
    /// Earliest time at which the order was first paid in full, inclusive.
    pub paid_from: Option<DateTime<Utc>>,
    /// Latest time at which the order was first paid in full, inclusive.
    pub paid_to: Option<DateTime<Utc>>,
    /// The status of the order at the given time.
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

/// The same time as `Order::paid_at`.
const PAID_AT: &str = "(select min(t.at) from intent_timeline t
    where t.intent_id = orders.intent_id and t.status = 'complete' and coalesce(t.context, '') <> 'underpaid')";
/// Condition of an intent that the customer may still pay, in full or the rest of it.
const UNPAID: &str = "i.pending_payments = 0
    and (i.status in ('created', 'pending') or i.status = 'complete' and i.context = 'underpaid')";

/// Adds the condition that an order has this status. It must agree with `Order::status`.
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
        // No condition on the intent: canceling the order has expired it.
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

/// A page by page number, as CoinGate's clients request it. Rows shift between pages while rows are added, so Requite's
/// own lists use keyset pagination instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedPage {
    /// Starts at 1.
    pub number: u32,
    /// Rows per page.
    pub size: u32,
    /// Sorts oldest first if true, newest first otherwise.
    pub oldest_first: bool,
}

impl NumberedPage {
    /// Returns the `order by … limit … offset …` of this page.
    pub fn order_and_limit_sql(self, columns: &[&str]) -> String {
        let direction = if self.oldest_first { "asc" } else { "desc" };
        let order = columns.iter().map(|column| format!("{column} {direction}")).collect::<Vec<_>>().join(", ");
        let offset = u64::from(self.number.saturating_sub(1)) * u64::from(self.size);
        format!(" order by {order} limit {} offset {offset}", self.size)
    }

    /// Returns the first and the last number on this page of rows that are numbered without gaps, from `first` to `last`. Beyond
    /// the last page there is no number between the two.
    pub fn numbers(self, first: i64, last: i64) -> (i64, i64) {
        let size = i64::from(self.size);
        let before = i64::from(self.number.saturating_sub(1)).saturating_mul(size);
        if self.oldest_first {
            let begin = first.saturating_add(before);
            (begin, begin.saturating_add(size - 1).min(last))
        } else {
            let end = last.saturating_sub(before);
            (end.saturating_sub(size - 1).max(first), end)
        }
    }
}

impl Store {
    /// Creates an order for which no coin is chosen yet.
    pub async fn create_order(&self, context: &Context<'_>, actor: &Actor, new: &NewOrder) -> Result<Order, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let number = next_number(&mut work.transaction, merchant).await?;
        insert(&mut work, number, None, new).await?;
        let order = load(&mut work.transaction, merchant, number).await?;
        work.commit().await?;
        Ok(order)
    }

    /// Sets the customer's e-mail address and returns the updated order.
    pub async fn set_purchaser(&self, merchant: MerchantId, number: i64, email: &str) -> Result<Order, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update orders set purchaser_email = $1 where merchant_id = $2 and number = $3";
        transaction.execute(sql, values![email, merchant, number]).await?;
        let order = load(&mut transaction, merchant, number).await?;
        transaction.commit().await?;
        Ok(order)
    }

    /// Returns one of the merchant's orders.
    pub async fn order(&self, merchant: MerchantId, number: i64) -> Result<Order, Error> {
        load(&mut self.database.snapshot().await?, merchant, number).await
    }

    /// Returns the order of a payment page.
    pub async fn order_of_page(&self, page: PayPageId) -> Result<Order, Error> {
        load_of_page(&mut self.database.snapshot().await?, page).await
    }

    /// Returns one page of the merchant's orders, and the total number of orders that match.
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
            .finish(&format!("{COLUMNS} from orders"), &page.order_and_limit_sql(&["created_at", "number"]));
        let rows = snapshot.all(sql, values).await?;
        Ok((assemble(&mut snapshot, merchant, &rows).await?, total))
    }

    /// Returns the orders of these intents, by intent id.
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

/// Returns the merchant's next number for orders and intents. Locks the merchant's row, so that no two orders get the
/// same number.
pub(in crate::store) async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    lock_merchant(transaction, merchant).await?;
    // Two queries, each of which reads the end of an index. Both are needed: some intents have no order, and some
    // orders no intent.
    let mut last = NUMBER_BEFORE_FIRST;
    for sql in [
        "select max(number) as last from orders where merchant_id = $1",
        "select max(order_number) as last from payment_intents where merchant_id = $1",
    ] {
        last = last.max(transaction.one(sql, values![merchant]).await?.get::<Option<i64>>("last")?.unwrap_or_default());
    }
    Ok(last + 1)
}

/// Locks the merchant's row until the transaction ends. The row serialises the allocation of numbers. It is locked
/// after intents and balances and before the audit chain.
pub(in crate::store) async fn lock_merchant(transaction: &mut Transaction, merchant: MerchantId) -> Result<(), Error> {
    let lock = format!("select id from merchants where id = $1{}", transaction.for_update());
    transaction.one(lock, values![merchant]).await?;
    Ok(())
}

/// Creates the order of an intent that was created without one.
pub(in crate::store) async fn insert_for_intent(
    work: &mut UnitOfWork<'_>,
    number: i64,
    intent: PaymentIntentId,
    price: Money,
    receive: Currency,
) -> Result<(), Error> {
    let order = NewOrder { price, receive: Some(receive), text: OrderText::default() };
    insert(work, number, Some(intent), &order).await
}

/// Links an order to its payment intent. An order can be linked only once.
pub(in crate::store) async fn attach(
    transaction: &mut Transaction,
    merchant: MerchantId,
    number: i64,
    intent: PaymentIntentId,
) -> Result<(), Error> {
    // An order whose end was already reported cannot be reopened.
    let sql = "update orders set intent_id = $1
        where merchant_id = $2 and number = $3 and intent_id is null and told_status is null";
    if transaction.execute(sql, values![intent, merchant, number]).await? == 1 {
        return Ok(());
    }
    let message = "error-order-coin-chosen-or-over";
    Err(DomainError::new(ErrorCode::PaymentNotPossible, message).into())
}

async fn insert(
    work: &mut UnitOfWork<'_>,
    number: i64,
    intent: Option<PaymentIntentId>,
    new: &NewOrder,
) -> Result<(), Error> {
    let UnitOfWork { transaction, actor, context, .. } = work;
    let text = &new.text;
    transaction
        .execute(
            "insert into orders (merchant_id, number, intent_id, title, description, reference, price_amount, price_currency,
                receive_currency, token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at,
                page_id, api_key_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            values![
                actor.merchant(),
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
                uuid::Builder::from_random_bytes(context.random::<16>()).into_uuid(),
                actor.api_key().map(|key| key.0)
            ],
        )
        .await?;
    Ok(())
}

async fn load(transaction: &mut Transaction, merchant: MerchantId, number: i64) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and number = $2");
    let rows = transaction.all(sql, values![merchant, number]).await?;
    assemble(transaction, merchant, &rows)
        .await?
        .pop()
        .ok_or_else(|| DomainError::not_found("error-unknown-order").into())
}

/// Returns the order of an intent. Every intent except a continuous one has an order.
pub(in crate::store) async fn load_of_intent(
    transaction: &mut Transaction,
    merchant: MerchantId,
    intent: PaymentIntentId,
) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and intent_id = $2");
    let rows = transaction.all(sql, values![merchant, intent]).await?;
    assemble(transaction, merchant, &rows)
        .await?
        .pop()
        .ok_or_else(|| DomainError::not_found("error-unknown-order").into())
}

/// Returns the order of a payment page without checking the merchant: whoever knows the page's random id may see it.
pub(in crate::store) async fn load_of_page(transaction: &mut Transaction, page: PayPageId) -> Result<Order, Error> {
    let rows = transaction.all(format!("{COLUMNS} from orders where page_id = $1"), values![page]).await?;
    let Some(row) = rows.first() else { return Err(DomainError::not_found("error-unknown-order").into()) };
    let merchant = MerchantId(row.get("merchant_id")?);
    assemble(transaction, merchant, &rows)
        .await?
        .pop()
        .ok_or_else(|| DomainError::not_found("error-unknown-order").into())
}

/// Builds orders from their rows, with their payment intents and the amounts credited from them. Takes a few further
/// queries, whatever the number of orders.
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
    let currency = row.parse("price_currency", |code| Currency::parse_of_price(code).ok())?;
    let received = || row.parse("receive_currency", |code| Currency::parse(code).ok());
    Ok(Order {
        merchant_id: MerchantId(row.get("merchant_id")?),
        number: row.get("number")?,
        page: PayPageId(row.get("page_id")?),
        price: Money::new(row.get("price_amount")?, currency)?,
        receive: row.get::<Option<String>>("receive_currency")?.map(|_| received()).transpose()?,
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

//! Orders: the shop's side of payment intents, found by a short number.

use super::{
    Store,
    database::{Row, Transaction},
    intents,
    listing::{Conditions, id_list},
};
use crate::{
    domain::{
        currency::Currency,
        ids::{MerchantId, PaymentIntentId},
        money::Money,
        order::{LIFETIME, NewOrder, Order, OrderText},
        payment_intent::PaymentIntent,
        refusal::{ErrorCode, Refusal},
    },
    environment::Moment,
    error::Error,
    values,
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// The number before a merchant's first.
const NUMBER_BEFORE_FIRST: i64 = 1000;

const COLUMNS: &str =
    "select merchant_id, number, intent_id, title, description, reference, price_amount, price_currency, receive_currency,
    token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at";

/// Which orders a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Only those made at or after.
    pub from: Option<DateTime<Utc>>,
    /// Only those made at or before.
    pub to: Option<DateTime<Utc>>,
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
        moment: &Moment<'_>,
        new: &NewOrder,
    ) -> Result<Order, Error> {
        let mut transaction = self.database.begin().await?;
        let number = next_number(&mut transaction, merchant).await?;
        insert(&mut transaction, merchant, moment, number, None, new).await?;
        let order = load(&mut transaction, merchant, number).await?;
        transaction.commit().await?;
        Ok(order)
    }

    /// One order of a merchant.
    pub async fn order(&self, merchant: MerchantId, number: i64) -> Result<Order, Error> {
        load(&mut self.database.snapshot().await?, merchant, number).await
    }

    /// One page of a merchant's orders, and how many there are in all.
    pub async fn orders(
        &self,
        merchant: MerchantId,
        filter: &OrderFilter,
        page: NumberedPage,
    ) -> Result<(Vec<Order>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let conditions = || {
            let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
            conditions.and_some("created_at >= ?", filter.from);
            conditions.and_some("created_at <= ?", filter.to);
            conditions
        };
        let (sql, values) = conditions().finish("select count(*) as total from orders", "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let (sql, values) =
            conditions().finish(&format!("{COLUMNS} from orders"), &page.tail(&["created_at", "number"]));
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
pub(super) async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    hold_merchant(transaction, merchant).await?;
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
pub(super) async fn hold_merchant(transaction: &mut Transaction, merchant: MerchantId) -> Result<(), Error> {
    let lock = format!("select id from merchants where id = $1{}", transaction.for_update());
    transaction.one(lock, values![merchant]).await?;
    Ok(())
}

/// Gives an intent that was made without an order one of its own.
pub(super) async fn insert_for_intent(
    transaction: &mut Transaction,
    merchant: MerchantId,
    moment: &Moment<'_>,
    number: i64,
    intent: PaymentIntentId,
    price: Money,
    receive: Currency,
) -> Result<(), Error> {
    let order = NewOrder { price, receive: Some(receive), text: OrderText::default() };
    insert(transaction, merchant, moment, number, Some(intent), &order).await
}

/// Notes which intent an order became. An order becomes only one.
pub(super) async fn attach(
    transaction: &mut Transaction,
    merchant: MerchantId,
    number: i64,
    intent: PaymentIntentId,
) -> Result<(), Error> {
    let sql = "update orders set intent_id = $1 where merchant_id = $2 and number = $3 and intent_id is null";
    if transaction.execute(sql, values![intent, merchant, number]).await? == 1 {
        return Ok(());
    }
    Err(Refusal::new(ErrorCode::PaymentNotPossible, "A coin was already chosen for this order.").into())
}

async fn insert(
    transaction: &mut Transaction,
    merchant: MerchantId,
    moment: &Moment<'_>,
    number: i64,
    intent: Option<PaymentIntentId>,
    new: &NewOrder,
) -> Result<(), Error> {
    let text = &new.text;
    transaction
        .execute(
            "insert into orders (merchant_id, number, intent_id, title, description, reference, price_amount, price_currency,
                receive_currency, token, callback_url, success_url, cancel_url, purchaser_email, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
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
                moment.now,
                moment.now + LIFETIME
            ],
        )
        .await?;
    Ok(())
}

async fn load(transaction: &mut Transaction, merchant: MerchantId, number: i64) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and number = $2");
    let rows = transaction.all(sql, values![merchant, number]).await?;
    assemble(transaction, merchant, &rows).await?.pop().ok_or_else(|| Refusal::not_found("order").into())
}

/// The order of an intent; each has one that is not continuous.
pub(super) async fn load_of_intent(
    transaction: &mut Transaction,
    merchant: MerchantId,
    intent: PaymentIntentId,
) -> Result<Order, Error> {
    let sql = format!("{COLUMNS} from orders where merchant_id = $1 and intent_id = $2");
    let rows = transaction.all(sql, values![merchant, intent]).await?;
    assemble(transaction, merchant, &rows).await?.pop().ok_or_else(|| Refusal::not_found("order").into())
}

/// Builds orders from their rows, with the intents that they became.
async fn assemble(transaction: &mut Transaction, merchant: MerchantId, rows: &[Row]) -> Result<Vec<Order>, Error> {
    let orders = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<_> = orders.iter().filter_map(|order| order.intent_id).collect();
    let intents = intents::load_all(transaction, merchant, &ids).await?;
    let mut intents: HashMap<_, PaymentIntent> = intents.into_iter().map(|intent| (intent.id, intent)).collect();
    Ok(orders
        .into_iter()
        .map(|order| Order { intent: order.intent_id.and_then(|id| intents.remove(&id)), ..order })
        .collect())
}

fn from_row(row: &Row) -> Result<Order, Error> {
    let currency = |column| row.parse(column, |code| Currency::parse(code).ok());
    Ok(Order {
        merchant_id: MerchantId(row.get("merchant_id")?),
        number: row.get("number")?,
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
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}

//! Orders, and their conversion to payment intents.

use crate::service::{intents, policy};
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId},
        intents::{
            new_intent::{NewIntent, NewIntentTerms, OrderTerms},
            order::{NewOrder, Order, OrderStatus, PAYMENT_LIFETIME},
        },
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        policy::refund_rules::refundable,
        refunds::{
            quote::{Rounding, multiply},
            refund::RefundStatus,
        },
    },
    error::Error,
    rates,
    state::Requite,
    store::intents::orders::{NumberedPage, OrderFilter},
};
use data_encoding::BASE64URL_NOPAD;
use std::collections::HashMap;

/// Length of the generated callback token, for shops that send none.
const TOKEN_BYTES: usize = 24;

pub async fn create(requite: &Requite, actor: &Actor, new: &NewOrder) -> Result<Order, Error> {
    actor.require(Permission::ManageIntents)?;
    let context = requite.context();
    let mut new = new.clone();
    if new.text.token.is_empty() {
        new.text.token = BASE64URL_NOPAD.encode(&context.random::<TOKEN_BYTES>());
    }
    Ok(requite.store.create_order(actor.merchant(), &context, &new).await?)
}

pub async fn get(requite: &Requite, actor: &Actor, number: i64) -> Result<Order, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.order(actor.merchant(), number).await?)
}

/// A page of orders, and the total number.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &OrderFilter,
    page: NumberedPage,
) -> Result<(Vec<Order>, i64), Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.orders(actor.merchant(), filter, page).await?)
}

/// Orders by their intent.
pub async fn of_intents(
    requite: &Requite,
    actor: &Actor,
    intents: &[PaymentIntentId],
) -> Result<HashMap<PaymentIntentId, Order>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.orders_of(actor.merchant(), intents).await?)
}

/// An order with information about its refunds.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderView {
    pub order: Order,
    /// Whether it can be refunded now.
    pub refundable: bool,
    /// Its refunds by short number, oldest first.
    pub refunds: Vec<(i64, RefundStatus)>,
}

/// Adds refund information to orders, with two queries regardless of their number.
pub async fn with_refunds(requite: &Requite, actor: &Actor, orders: Vec<Order>) -> Result<Vec<OrderView>, Error> {
    actor.require(Permission::Read)?;
    let now = requite.context().now;
    let policy = policy::current(requite, actor.merchant()).await?;
    let intents: Vec<_> = orders.iter().filter_map(|order| order.intent_id).collect();
    let mut refunds = requite.store.refund_numbers(actor.merchant(), &intents).await?;
    let can_send = requite.rail.is_some() && actor.may(Permission::Refund);
    let view = |order: Order| OrderView {
        refundable: can_send && order.intent.as_ref().is_some_and(|intent| refundable(intent, &policy, now).is_ok()),
        refunds: order.intent_id.and_then(|id| refunds.remove(&id)).unwrap_or_default(),
        order,
    };
    Ok(orders.into_iter().map(view).collect())
}

/// The amount of a coin that a price buys today, rounded up like every debit.
pub fn price_in(requite: &Requite, price: Money, coin: Currency) -> Result<Money, Error> {
    let rate = rates::require(requite.rates.as_ref(), price.currency(), coin, requite.context().now)?;
    let too_large = || DomainError::new(ErrorCode::AmountTooLarge, "The price is too large to convert.");
    let due = multiply(price.amount(), rate.price, coin.decimals(), Rounding::Up).ok_or_else(too_large)?;
    Ok(Money::new(due, coin)?)
}

/// The choices at checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutChoice {
    pub coin: Currency,
    /// The network; by default the coin's first.
    pub network: Option<Network>,
    /// Replaces the order's e-mail address.
    pub purchaser_email: Option<String>,
}

/// Chooses the coin: the order becomes a payment intent for what its price buys today. The deposit address is created
/// at once, since the customer is waiting for it.
pub async fn checkout(requite: &Requite, actor: &Actor, number: i64, choice: CheckoutChoice) -> Result<Order, Error> {
    actor.require(Permission::ManageIntents)?;
    let CheckoutChoice { coin, network, purchaser_email } = choice;
    let order = requite.store.order(actor.merchant(), number).await?;
    let network =
        network.or_else(|| Network::carrying(coin).next()).ok_or_else(|| DomainError::required(Field::Network))?;
    let order = begin_payment(requite, actor, order, coin, network).await?;
    // Last, so that a rejected checkout changes nothing.
    match purchaser_email {
        Some(email) => Ok(requite.store.set_purchaser(actor.merchant(), number, &email).await?),
        None => Ok(order),
    }
}

/// Like [`checkout`], for a caller whose permission was already checked: an actor, or the customer with the link.
pub(super) async fn begin_payment(
    requite: &Requite,
    actor: &Actor,
    order: Order,
    coin: Currency,
    network: Network,
) -> Result<Order, Error> {
    let context = requite.context();
    let number = order.number;
    match order.status(context.now) {
        OrderStatus::New => {}
        OrderStatus::Expired if order.intent.is_none() => {
            return Err(DomainError::new(ErrorCode::PaymentNotPossible, "The time to pay this order is over.").into());
        }
        _ => {
            let message = "A coin was already chosen for this order.";
            return Err(DomainError::new(ErrorCode::PaymentNotPossible, message).into());
        }
    }
    let due = price_in(requite, order.price, coin)?;
    let lifetime = requite.settings.intent_lifetime.min(PAYMENT_LIFETIME);
    let terms = OrderTerms { number, price: order.price };
    let intent_terms = NewIntentTerms::Transient { amount: due, lifetime, order: Some(terms) };
    let new = NewIntent::new(intent_terms, order.receive.unwrap_or(coin), vec![network])?;
    intents::create_as(requite, actor, &new, IdempotencyKey(context.id())).await?;
    if let Some(rail) = &requite.rail {
        // A new context, because the intent was created after the earlier one.
        let context = requite.context();
        let address = |network| rail.deposit_address(&context, network);
        requite.store.assign_deposit_addresses(&context, context.now, address).await?;
    }
    Ok(requite.store.order(actor.merchant(), number).await?)
}

//! Orders, and their conversion to payment intents.

use crate::service::{
    customers::masking,
    intents::{self, addresses},
    pairs,
    refunds::RefundServices,
};
use crate::{
    chain::Chain,
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId},
        intents::{
            new_intent::{Expiry, NewIntent, NewIntentTerms, OrderTerms},
            order::{ListedOrder, NewOrder, Order, OrderStatus, PAYMENT_LIFETIME},
            payment_intent::PaymentIntent,
        },
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        policy::refund_rules::refundable,
        refunds::{
            quote::{Rounding, multiply},
            refund::Refund,
        },
    },
    error::{Error, with_causes},
    rates::{self, RateSource},
    state::Requite,
    store::{
        Store,
        intents::orders::{NumberedPage, OrderFilter},
    },
};
use chrono::{DateTime, Duration, Utc};
use data_encoding::BASE64URL_NOPAD;
use std::collections::HashMap;

/// Length of the generated callback token, for shops that send none.
const TOKEN_BYTES: usize = 24;

pub async fn create(
    store: &Store,
    rates: &dyn RateSource,
    chain: Option<&Chain>,
    context: &Context<'_>,
    actor: &Actor,
    new: &NewOrder,
) -> Result<Order, Error> {
    actor.require(Permission::ManageIntents)?;
    require_convertible(rates, context.now, new.price.currency())?;
    if let Some(receive) = new.receive {
        pairs::require_credited(chain, receive).map_err(|error| error.on(Field::ReceiveCurrency))?;
    }
    let mut new = new.clone();
    if new.text.token.is_empty() {
        new.text.token = BASE64URL_NOPAD.encode(&context.random::<TOKEN_BYTES>());
    }
    Ok(store.create_order(context, actor, &new).await?)
}

/// Rejects a currency that nothing can be paid in if this server does not know its rate either: the customer could
/// choose no coin. An outdated rate may be current again when the customer chooses.
pub fn require_convertible(rates: &dyn RateSource, now: DateTime<Utc>, currency: Currency) -> Result<(), DomainError> {
    if matches!(currency, Currency::Fiat(_)) && rates.price(currency, now).is_none() {
        let message = "error-price-without-rate";
        return Err(DomainError::new(ErrorCode::CurrencyUnknown, message).on(Field::PriceCurrency));
    }
    Ok(())
}

pub async fn get(store: &Store, actor: &Actor, number: i64) -> Result<Order, Error> {
    actor.require(Permission::Read)?;
    Ok(masking::order(actor, store.order(actor.merchant(), number).await?))
}

/// A page of orders, and the total number.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &OrderFilter,
    page: NumberedPage,
) -> Result<(Vec<Order>, i64), Error> {
    actor.require(Permission::Read)?;
    let (orders, total) = store.orders(actor.merchant(), filter, page).await?;
    Ok((orders.into_iter().map(|order| masking::order(actor, order)).collect(), total))
}

/// Orders by their intent.
pub async fn of_intents(
    store: &Store,
    actor: &Actor,
    intents: &[PaymentIntentId],
) -> Result<HashMap<PaymentIntentId, Order>, Error> {
    actor.require(Permission::Read)?;
    let orders = store.orders_of(actor.merchant(), intents).await?;
    Ok(orders.into_iter().map(|(id, order)| (id, masking::order(actor, order))).collect())
}

/// What is listed of the orders of these intents, with one query regardless of their number.
pub async fn listed(
    store: &Store,
    actor: &Actor,
    intents: &[PaymentIntent],
) -> Result<HashMap<PaymentIntentId, ListedOrder>, Error> {
    actor.require(Permission::Read)?;
    let ids: Vec<_> = intents.iter().map(|intent| intent.id).collect();
    let orders = store.listed_orders(actor.merchant(), &ids).await?;
    Ok(orders.into_iter().map(|(id, order)| (id, masking::listed_order(actor, order))).collect())
}

/// An order with information about its refunds.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderView {
    pub order: Order,
    /// Whether the order can be refunded now.
    pub refundable: bool,
    /// Its refunds, oldest first; if there are very many, only the newest.
    pub refunds: Vec<Refund>,
}

/// Adds refund information to orders, with a few queries regardless of their number.
pub async fn with_refunds(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    orders: Vec<Order>,
) -> Result<Vec<OrderView>, Error> {
    actor.require(Permission::Read)?;
    let policy = services.policy(actor.merchant()).await?;
    let intents: Vec<_> = orders.iter().filter_map(|order| order.intent_id).collect();
    let mut refunds = services.store.newest_refunds(actor.merchant(), &intents).await?;
    let can_send = services.chain.is_some() && actor.may(Permission::Refund);
    let view = |order: Order| OrderView {
        refundable: can_send
            && order.intent.as_ref().is_some_and(|intent| refundable(intent, &policy, context.now).is_ok()),
        refunds: order
            .intent_id
            .and_then(|id| refunds.remove(&id))
            .unwrap_or_default()
            .into_iter()
            .map(|refund| masking::refund(actor, refund))
            .collect(),
        order,
    };
    Ok(orders.into_iter().map(view).collect())
}

/// The amount of a coin that a price buys today, rounded up like every debit.
pub fn price_in(rates: &dyn RateSource, now: DateTime<Utc>, price: Money, coin: Currency) -> Result<Money, Error> {
    let rate = rates::require(rates, price.currency(), coin, now)?;
    let too_large = || DomainError::new(ErrorCode::AmountTooLarge, "error-price-too-large");
    let due = multiply(price.amount(), rate.price, coin.decimals(), Rounding::Up).ok_or_else(too_large)?;
    Ok(Money::new(due, coin)?)
}

/// The dependencies of a checkout.
#[derive(Clone, Copy)]
pub struct CheckoutServices<'a> {
    pub store: &'a Store,
    pub rates: &'a dyn RateSource,
    /// Provides deposit addresses, if this server is connected to a chain.
    pub chain: Option<&'a Chain>,
    /// How long a customer has to pay.
    pub intent_lifetime: Duration,
}

impl<'a> From<&'a Requite> for CheckoutServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            rates: requite.rates.as_ref(),
            chain: requite.chain.as_ref(),
            intent_lifetime: requite.settings.intent_lifetime,
        }
    }
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
pub async fn checkout(
    services: CheckoutServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    number: i64,
    choice: CheckoutChoice,
) -> Result<Order, Error> {
    actor.require(Permission::ManageIntents)?;
    let CheckoutChoice { coin, network, purchaser_email } = choice;
    let order = services.store.order(actor.merchant(), number).await?;
    let offered = pairs::received(services.chain);
    offered.require_coin(coin)?;
    let network =
        network.or_else(|| offered.supporting(coin).next()).ok_or_else(|| DomainError::required(Field::Network))?;
    let order = begin_payment(services, context, actor, order, coin, network).await?;
    // Last, so that a rejected checkout changes nothing.
    match purchaser_email {
        Some(email) => {
            let stored = services.store.set_purchaser(actor.merchant(), number, &email).await;
            stored.map_err(|error| Error::from(error).after_commit())
        }
        None => Ok(order),
    }
}

/// Like [`checkout`], for a caller whose permission was already checked: an actor, or the customer with the link.
pub(super) async fn begin_payment(
    services: CheckoutServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    order: Order,
    coin: Currency,
    network: Network,
) -> Result<Order, Error> {
    let number = order.number;
    match order.status(context.now) {
        OrderStatus::New => {}
        OrderStatus::Expired if order.intent.is_none() => {
            return Err(DomainError::new(ErrorCode::PaymentNotPossible, "error-order-over").into());
        }
        OrderStatus::Pending
        | OrderStatus::Confirming
        | OrderStatus::Paid
        | OrderStatus::Invalid
        | OrderStatus::Expired
        | OrderStatus::Canceled
        | OrderStatus::Refunded
        | OrderStatus::PartiallyRefunded => {
            let message = "error-order-coin-chosen";
            return Err(DomainError::new(ErrorCode::PaymentNotPossible, message).into());
        }
    }
    // Before the rate: a client would repeat what fails without one.
    pairs::require_received(services.chain, network, coin)?;
    let due = price_in(services.rates, context.now, order.price, coin)?;
    let lifetime = services.intent_lifetime.min(PAYMENT_LIFETIME);
    let terms = OrderTerms { number, price: order.price };
    let intent_terms = NewIntentTerms::Transient { amount: due, expiry: Expiry::After(lifetime), order: Some(terms) };
    let new = NewIntent::new(intent_terms, order.receive.unwrap_or(coin), vec![network])?;
    let key = IdempotencyKey(context.id());
    let intent = intents::create_as(services.store, services.chain, context, actor, &new, key).await?.into_inner().id;
    if let Some(chain) = services.chain {
        let (deposits, merchant) = (chain.deposits.as_ref(), actor.merchant());
        if let Err(error) = addresses::assign_to(services.store, deposits, context, merchant, intent).await {
            // The coin is chosen, and the worker assigns what is missing.
            tracing::error!(error = %with_causes(&error), "the deposit address of order {number} is delayed");
        }
    }
    services.store.order(actor.merchant(), number).await.map_err(|error| Error::from(error).after_commit())
}

//! The payment page of an order. Anyone with the link can open it without an account.
//!
//! The link is the only credential, so the page shows nothing that the shop would not show its customer, and allows
//! only choosing the coin once, or canceling.

use super::order::{self, CheckoutServices};
use crate::service::pairs;
use crate::{
    context::Context,
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, ErrorCode, Field},
        ids::PayPageId,
        intents::order::{Order, OrderStatus},
        money::{Money, currency::Currency},
        names::Named,
        people::actor::Actor,
    },
    error::Error,
    languages::Language,
    rates::RateSource,
    store::Store,
};
use chrono::{DateTime, Utc};
use std::net::IpAddr;

/// The path prefix of the pages.
pub const PAGE: &str = "/pay/";

/// The path of an order's page.
pub fn path(page: PayPageId) -> String {
    format!("{PAGE}{page}")
}

/// The content of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct PayPage {
    /// The merchant's name.
    pub merchant: String,
    pub order: Order,
    pub status: OrderStatus,
    /// The available coins, until one is chosen.
    pub options: Vec<PaymentOption>,
}

/// What an open page shows of the payment; it is loaded again when that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub status: OrderStatus,
    pub paid: Money,
}

/// A coin and network that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentOption {
    /// The amount due at the current rate.
    pub due: Money,
    pub network: Network,
}

pub async fn view(services: CheckoutServices<'_>, context: &Context<'_>, page: PayPageId) -> Result<PayPage, Error> {
    let order = services.store.order_of_page(page).await?;
    let merchant = services.store.merchant(order.merchant_id).await?.name;
    let status = order.status(context.now);
    let options = match status {
        OrderStatus::New => options(services.rates, &pairs::received(services.chain), context.now, order.price),
        OrderStatus::Pending
        | OrderStatus::Confirming
        | OrderStatus::Paid
        | OrderStatus::Invalid
        | OrderStatus::Expired
        | OrderStatus::Canceled
        | OrderStatus::Refunded
        | OrderStatus::PartiallyRefunded => Vec::new(),
    };
    Ok(PayPage { merchant, order, status, options })
}

/// The status of an order, which the open page polls.
pub async fn status(store: &Store, context: &Context<'_>, page: PayPageId) -> Result<OrderStatus, Error> {
    Ok(store.order_of_page(page).await?.status(context.now))
}

/// Every coin with a known rate, on every network on which this server receives it.
fn options(rates: &dyn RateSource, received: &Pairs, now: DateTime<Utc>, price: Money) -> Vec<PaymentOption> {
    let due = |coin: Currency| order::price_in(rates, now, price, coin).ok();
    let on_networks =
        |due: Money| received.supporting(due.currency()).map(move |network| PaymentOption { due, network });
    Currency::all().filter_map(due).flat_map(on_networks).collect()
}

/// Chooses the coin for the customer, whose language is stored: mails about refunds of this order are in it.
pub async fn choose(
    services: CheckoutServices<'_>,
    context: &Context<'_>,
    page: PayPageId,
    (origin, language): (Option<IpAddr>, Language),
    (coin, network): (Currency, Network),
) -> Result<(), Error> {
    let order = services.store.order_of_page(page).await?;
    // First, so that nothing can fail after the coin is chosen.
    services.store.set_customer_language(page, language).await?;
    let customer = Actor::Customer { merchant: order.merchant_id, origin };
    match order::begin_payment(services, context, &customer, order, coin, network).await {
        // Repeating the same choice is not an error, since a double click does that.
        Err(Error::Refused(_)) if was_chosen(services.store, page, coin, network).await? => Ok(()),
        done => done.map(drop),
    }
}

/// Cancels the order for the customer.
pub async fn cancel(
    store: &Store,
    context: &Context<'_>,
    page: PayPageId,
    origin: Option<IpAddr>,
) -> Result<(), Error> {
    let merchant = store.order_of_page(page).await?.merchant_id;
    let customer = Actor::Customer { merchant, origin };
    store.cancel_order(context, &customer, page).await?;
    Ok(())
}

async fn was_chosen(store: &Store, page: PayPageId, coin: Currency, network: Network) -> Result<bool, Error> {
    let order = store.order_of_page(page).await?;
    Ok(order.intent.is_some_and(|intent| {
        intent.currency() == coin && intent.payment_methods.iter().any(|method| method.network == network)
    }))
}

/// Parses the form value of a choice: `ETH-BASE`.
pub fn parse_choice(text: &str) -> Result<(Currency, Network), DomainError> {
    let unknown = || DomainError::new(ErrorCode::CurrencyUnknown, "error-coin-of-list").on(Field::Choice);
    let (coin, network) = text.split_once('-').ok_or_else(unknown)?;
    let coin = Currency::parse(coin).map_err(|_| unknown())?;
    let network = Network::parse(network).map_err(|_| unknown())?;
    Ok((coin, network))
}

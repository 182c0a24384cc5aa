//! The page on which a customer pays an order: for whoever has its link, without an account.
//!
//! The link is all that is asked for, so the page tells nothing that the shop would not show to its customer, and all that
//! can be done on it is to choose the coin, once, or to say that nothing will be paid.

use super::order;
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::PayPageId,
        intents::order::{Order, OrderStatus},
        money::{Money, currency::Currency},
        people::actor::Actor,
    },
    error::Error,
    state::Requite,
};
use std::net::IpAddr;

/// Where the pages are.
pub const PAGE: &str = "/pay/";

/// The path of an order's page.
pub fn path(page: PayPageId) -> String {
    format!("{PAGE}{page}")
}

/// What a customer sees.
#[derive(Clone, Debug, PartialEq)]
pub struct PayPage {
    /// What the shop is called.
    pub merchant: String,
    /// What is sold.
    pub order: Order,
    /// Where it stands.
    pub status: OrderStatus,
    /// What it can be paid with, as long as no coin was chosen.
    pub choices: Vec<Choice>,
}

/// A coin that an order can be paid with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How much it would be, at the rate of this moment.
    pub due: Money,
    /// The network it would be paid on.
    pub network: Network,
}

/// What the page shows.
pub async fn view(requite: &Requite, page: PayPageId) -> Result<PayPage, Error> {
    let order = requite.store.order_of_page(page).await?;
    let merchant = requite.store.merchant(order.merchant_id).await?.name;
    let status = order.status(requite.context().now);
    let choices = if status == OrderStatus::New { choices(requite, order.price) } else { Vec::new() };
    Ok(PayPage { merchant, order, status, choices })
}

/// Where an order stands: what the page asks for while it is open.
pub async fn status(requite: &Requite, page: PayPageId) -> Result<OrderStatus, Error> {
    Ok(requite.store.order_of_page(page).await?.status(requite.context().now))
}

/// Every coin that a rate is known for, on every network that carries it.
fn choices(requite: &Requite, price: Money) -> Vec<Choice> {
    let due = |coin: Currency| order::price_in(requite, price, coin).ok();
    let on_networks = |due: Money| Network::carrying(due.currency()).map(move |network| Choice { due, network });
    Currency::ALL.into_iter().filter_map(due).flat_map(on_networks).collect()
}

/// Chooses the coin.
pub async fn choose(
    requite: &Requite,
    page: PayPageId,
    origin: Option<IpAddr>,
    (coin, network): (Currency, Network),
) -> Result<(), Error> {
    let order = requite.store.order_of_page(page).await?;
    let customer = Actor::Customer { merchant: order.merchant_id, origin };
    match order::begin_payment(requite, &customer, order, coin, network).await {
        // Asking twice for the same is what a double click does.
        Err(Error::Refused(_)) if was_chosen(requite, page, coin, network).await? => Ok(()),
        done => done.map(drop),
    }
}

/// Says that the customer will not pay.
pub async fn cancel(requite: &Requite, page: PayPageId, origin: Option<IpAddr>) -> Result<(), Error> {
    let merchant = requite.store.order_of_page(page).await?.merchant_id;
    let customer = Actor::Customer { merchant, origin };
    requite.store.cancel_order(&customer, &requite.context(), page).await?;
    Ok(())
}

async fn was_chosen(requite: &Requite, page: PayPageId, coin: Currency, network: Network) -> Result<bool, Error> {
    let order = requite.store.order_of_page(page).await?;
    Ok(order.intent.is_some_and(|intent| {
        intent.currency() == coin && intent.payment_methods.iter().any(|method| method.network == network)
    }))
}

/// What was chosen on the page: `ETH-BASE`.
pub fn parse_choice(text: &str) -> Result<(Currency, Network), DomainError> {
    let unknown = || DomainError::new(ErrorCode::CurrencyUnknown, "Choose one of the coins of the list.").on("choice");
    let (coin, network) = text.split_once('-').ok_or_else(unknown)?;
    let coin = Currency::parse(coin).map_err(|_| unknown())?;
    let network = Network::parse(network).map_err(|_| unknown())?;
    Ok((coin, network))
}

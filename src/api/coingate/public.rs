//! What CoinGate tells everybody: rates, currencies, platforms, a sign of life, and where callbacks come from. No key is asked.

use super::{
    catalog::{CurrencyShape, PlatformShape},
    error::{ApiError, Subject},
    parameters::Parameters,
};
use crate::{
    domain::{
        coingate::{Listed, time},
        currency::Currency,
        network::Network,
    },
    rates,
    state::Requite,
};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;
use std::{collections::BTreeMap, net::IpAddr};

/// The price of one currency in others, by their short names.
type Rates = BTreeMap<&'static str, BTreeMap<&'static str, String>>;

/// Every rate that is known. Requite converts without a margin, so merchants' and traders' rates, for buying and selling, are
/// the same.
fn all_rates(requite: &Requite) -> Rates {
    let prices = |of: Listed| {
        let others = Listed::all().filter(|per| *per != of);
        others.filter_map(|per| Some((per.symbol(), price(requite, of, per)?))).collect()
    };
    Listed::all().map(|of| (of.symbol(), prices(of))).collect()
}

/// What one unit costs; nothing when no rate is known, or it is too old to convert with.
fn price(requite: &Requite, of: Listed, per: Listed) -> Option<String> {
    let rate = rates::require(requite.rates.as_ref(), of.currency(), per.currency(), requite.moment().now).ok()?;
    Some(rate.price.to_string())
}

/// `GET /rates`.
pub async fn rates(State(requite): State<Requite>) -> impl IntoResponse {
    let rates = all_rates(&requite);
    Json(json!({ "merchant": &rates, "trader": { "buy": &rates, "sell": &rates } }))
}

/// `GET /rates/merchant`.
pub async fn merchant_rates(State(requite): State<Requite>) -> impl IntoResponse {
    Json(all_rates(&requite))
}

/// `GET /rates/trader`.
pub async fn trader_rates(State(requite): State<Requite>) -> impl IntoResponse {
    let rates = all_rates(&requite);
    Json(json!({ "buy": &rates, "sell": &rates }))
}

/// `GET /rates/trader/{buy or sell}`.
pub async fn trader_rates_of(
    State(requite): State<Requite>,
    Path(side): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    require_side(&side)?;
    Ok(Json(all_rates(&requite)))
}

/// `GET /rates/merchant/{from}/{to}`: the number alone, and an empty text when there is none.
pub async fn merchant_rate(
    State(requite): State<Requite>,
    Path((of, per)): Path<(String, String)>,
) -> impl IntoResponse {
    one_rate(&requite, &of, &per)
}

/// `GET /rates/trader/{buy or sell}/{from}/{to}`.
pub async fn trader_rate(
    State(requite): State<Requite>,
    Path((side, of, per)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    require_side(&side)?;
    Ok(one_rate(&requite, &of, &per))
}

fn one_rate(requite: &Requite, of: &str, per: &str) -> String {
    let pair = Listed::parse(of).ok().zip(Listed::parse(per).ok());
    pair.and_then(|(of, per)| price(requite, of, per)).unwrap_or_default()
}

fn require_side(side: &str) -> Result<(), ApiError> {
    if matches!(side, "buy" | "sell") { Ok(()) } else { Err(ApiError::no_such_page()) }
}

/// `GET /ping`.
pub async fn ping(State(requite): State<Requite>) -> impl IntoResponse {
    Json(json!({ "ping": "pong", "time": time(requite.moment().now) }))
}

/// `GET /ips-v4`: the addresses that callbacks come from, as the server's administrator named them.
pub async fn ips_v4(State(requite): State<Requite>, parameters: Parameters) -> Response {
    addresses(&requite, &parameters, IpAddr::is_ipv4)
}

/// `GET /ips-v6`.
pub async fn ips_v6(State(requite): State<Requite>, parameters: Parameters) -> Response {
    addresses(&requite, &parameters, IpAddr::is_ipv6)
}

fn addresses(requite: &Requite, parameters: &Parameters, is_wanted: impl Fn(&IpAddr) -> bool) -> Response {
    let wanted = requite.settings.callback_ips.iter().filter(|address| is_wanted(address));
    let addresses: Vec<_> = wanted.map(ToString::to_string).collect();
    addresses.join(parameters.given("separator").unwrap_or("\n")).into_response()
}

#[derive(Serialize)]
struct PublicCurrencyShape {
    #[serde(flatten)]
    currency: CurrencyShape,
    native: bool,
    disabled: bool,
    disabled_message: Option<String>,
    merchant: UsesShape,
    platforms: Vec<PlatformShape>,
}

/// What a currency can be used for.
#[derive(Serialize)]
struct UsesShape {
    price: bool,
    pay: bool,
    receive: bool,
}

/// `GET /currencies`. A filter that is true leaves only what it names; one that is false asks for nothing.
pub async fn currencies(mut parameters: Parameters) -> Result<impl IntoResponse, ApiError> {
    let native = parameters.truth("native") == Some(true);
    let pay = parameters.truth("merchant_pay") == Some(true);
    // Nothing is ever disabled, and everything can be received.
    let _ = (parameters.truth("enabled"), parameters.truth("merchant_receive"));
    let kind = parameters.text("kind").map(str::to_owned);
    parameters.finish(Subject::Request, Some(()))?;
    let shapes = Listed::all().map(|listed| {
        let coin = match listed {
            Listed::Coin(coin) => Some(coin),
            Listed::Fiat(_) => None,
        };
        PublicCurrencyShape {
            currency: listed.into(),
            native: coin.is_some_and(is_native),
            disabled: false,
            disabled_message: None,
            merchant: UsesShape { price: true, pay: coin.is_some(), receive: true },
            platforms: coin.map(Network::carrying).into_iter().flatten().map(PlatformShape::from).collect(),
        }
    });
    let is_asked_for = |shape: &PublicCurrencyShape| {
        (!native || shape.native)
            && (!pay || shape.merchant.pay)
            && kind.as_deref().is_none_or(|kind| kind == shape.currency.kind())
    };
    Ok(Json(shapes.filter(is_asked_for).collect::<Vec<_>>()))
}

/// Whether a coin is a chain's own; the others are tokens on somebody's.
const fn is_native(coin: Currency) -> bool {
    !matches!(coin, Currency::Usd | Currency::Eur | Currency::Usdt)
}

#[derive(Serialize)]
struct PublicPlatformShape {
    #[serde(flatten)]
    platform: PlatformShape,
    disabled: bool,
    disabled_message: Option<String>,
    currencies: Vec<PlatformCurrencyShape>,
}

#[derive(Serialize)]
struct PlatformCurrencyShape {
    #[serde(flatten)]
    currency: CurrencyShape,
    enabled: bool,
}

/// `GET /platforms`.
pub async fn platforms(mut parameters: Parameters) -> Result<impl IntoResponse, ApiError> {
    let _ = parameters.truth("enabled");
    parameters.finish(Subject::Request, Some(()))?;
    let shapes = Network::ALL.map(|network| PublicPlatformShape {
        platform: network.into(),
        disabled: false,
        disabled_message: None,
        currencies: network
            .coins()
            .iter()
            .map(|(coin, _)| PlatformCurrencyShape { currency: Listed::Coin(*coin).into(), enabled: true })
            .collect(),
    });
    Ok(Json(shapes.into_iter().collect::<Vec<_>>()))
}

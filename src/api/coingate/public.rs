//! CoinGate's public routes: rates, currencies, platforms, `ping`, and the addresses of callbacks. They need no key.

use super::{
    catalog::{CurrencyResponse, PlatformResponse},
    error::{ApiError, ErrorSubject},
    parameters::Parameters,
};
use crate::{
    api::input::access::Public,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        money::currency::Currency,
        names::Named,
    },
    rates,
    state::Requite,
    wire::{
        coingate::{CoinGateCurrency, time},
        schema,
    },
};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{collections::BTreeMap, net::IpAddr};
use utoipa::ToSchema;

/// The prices of currencies in other currencies, by symbol.
type RateTable = BTreeMap<&'static str, BTreeMap<&'static str, String>>;

#[derive(Serialize, ToSchema)]
#[schema(as = Rates)]
struct RatesResponse {
    merchant: RateTable,
    trader: TraderRatesResponse,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TraderRates)]
struct TraderRatesResponse {
    buy: RateTable,
    sell: RateTable,
}

impl From<RateTable> for TraderRatesResponse {
    fn from(rates: RateTable) -> Self {
        Self { buy: rates.clone(), sell: rates }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Ping)]
struct PingResponse {
    ping: &'static str,
    #[schema(format = DateTime)]
    time: String,
}

/// Every known rate. Requite converts without a margin, so the rates of merchants and traders, for buying and selling,
/// are the same.
fn all_rates(requite: &Requite) -> RateTable {
    let prices = |of: CoinGateCurrency| {
        let others = CoinGateCurrency::all().filter(|per| *per != of);
        others.filter_map(|per| Some((per.symbol(), price(requite, of, per)?))).collect()
    };
    CoinGateCurrency::all().map(|of| (of.symbol(), prices(of))).collect()
}

/// The price of one unit; `None` if no rate is known, or the rate is too old.
fn price(requite: &Requite, of: CoinGateCurrency, per: CoinGateCurrency) -> Option<String> {
    let rate = rates::require(requite.rates.as_ref(), of.currency(), per.currency(), requite.context().now).ok()?;
    Some(rate.price.to_string())
}

/// Lists all rates.
///
/// Requite converts without a margin, so the rates of merchants and traders, for buying and selling, are the same.
#[utoipa::path(
    get,
    path = "/rates",
    operation_id = "listRates",
    tag = "Rates and currencies",
    responses((status = 200, description = "The rates", body = RatesResponse)),
)]
pub async fn rates(_: Public, State(requite): State<Requite>) -> impl IntoResponse {
    let rates = all_rates(&requite);
    Json(RatesResponse { merchant: rates.clone(), trader: rates.into() })
}

/// Lists the rates for merchants.
#[utoipa::path(
    get,
    path = "/rates/merchant",
    operation_id = "listMerchantRates",
    tag = "Rates and currencies",
    responses((status = 200, description = "The price of one unit in other currencies, by symbol", body = RateTable)),
)]
pub async fn merchant_rates(_: Public, State(requite): State<Requite>) -> impl IntoResponse {
    Json(all_rates(&requite))
}

/// Lists the rates for traders.
#[utoipa::path(
    get,
    path = "/rates/trader",
    operation_id = "listTraderRates",
    tag = "Rates and currencies",
    responses((status = 200, description = "The rates for buying and for selling", body = TraderRatesResponse)),
)]
pub async fn trader_rates(_: Public, State(requite): State<Requite>) -> impl IntoResponse {
    Json(TraderRatesResponse::from(all_rates(&requite)))
}

/// Lists the rates for traders, for buying or selling.
#[utoipa::path(
    get,
    path = "/rates/trader/{side}",
    operation_id = "listTraderRatesOfSide",
    tag = "Rates and currencies",
    params(("side" = schema::TradeSide, Path, description = "`buy` or `sell`; the rates are the same.")),
    responses((status = 200, description = "The price of one unit in other currencies, by symbol", body = RateTable)),
)]
pub async fn trader_rates_of(
    _: Public,
    State(requite): State<Requite>,
    Path(side): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    require_side(&side)?;
    Ok(Json(all_rates(&requite)))
}

/// Returns one rate for merchants.
///
/// The response is only the number, or empty if there is no rate.
#[utoipa::path(
    get,
    path = "/rates/merchant/{from}/{to}",
    operation_id = "getMerchantRate",
    tag = "Rates and currencies",
    params(
        ("from" = String, Path, description = "The symbol of the priced currency."),
        ("to" = String, Path, description = "The symbol of the currency of the price."),
    ),
    responses((status = 200, description = "The price of one unit", body = String, content_type = "text/plain")),
)]
pub async fn merchant_rate(
    _: Public,
    State(requite): State<Requite>,
    Path((of, per)): Path<(String, String)>,
) -> impl IntoResponse {
    one_rate(&requite, &of, &per)
}

/// Returns one rate for traders.
///
/// The response is only the number, or empty if there is no rate.
#[utoipa::path(
    get,
    path = "/rates/trader/{side}/{from}/{to}",
    operation_id = "getTraderRate",
    tag = "Rates and currencies",
    params(
        ("side" = schema::TradeSide, Path, description = "`buy` or `sell`; the rates are the same."),
        ("from" = String, Path, description = "The symbol of the priced currency."),
        ("to" = String, Path, description = "The symbol of the currency of the price."),
    ),
    responses((status = 200, description = "The price of one unit", body = String, content_type = "text/plain")),
)]
pub async fn trader_rate(
    _: Public,
    State(requite): State<Requite>,
    Path((side, of, per)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    require_side(&side)?;
    Ok(one_rate(&requite, &of, &per))
}

fn one_rate(requite: &Requite, of: &str, per: &str) -> String {
    let pair = CoinGateCurrency::parse(of).ok().zip(CoinGateCurrency::parse(per).ok());
    pair.and_then(|(of, per)| price(requite, of, per)).unwrap_or_default()
}

fn require_side(side: &str) -> Result<(), ApiError> {
    if matches!(side, "buy" | "sell") { Ok(()) } else { Err(ApiError::no_such_page()) }
}

/// Checks that the server is running.
#[utoipa::path(
    get,
    path = "/ping",
    operation_id = "pingCoinGate",
    tag = "Keys",
    responses((status = 200, description = "The server is running", body = PingResponse)),
)]
pub async fn ping(_: Public, State(requite): State<Requite>) -> impl IntoResponse {
    Json(PingResponse { ping: "pong", time: time(requite.context().now) })
}

/// Lists the IPv4 addresses that callbacks come from.
///
/// The administrator of the server configures them.
#[utoipa::path(
    get,
    path = "/ips-v4",
    operation_id = "listCallbackAddressesV4",
    tag = "Callbacks",
    params(
        ("separator" = Option<String>, Query, description = "The separator. The default is a line break."),
    ),
    responses((status = 200, description = "The addresses", body = String, content_type = "text/plain")),
)]
pub async fn ips_v4(_: Public, State(requite): State<Requite>, mut parameters: Parameters) -> Response {
    addresses(&requite, &mut parameters, IpAddr::is_ipv4)
}

/// Lists the IPv6 addresses that callbacks come from.
#[utoipa::path(
    get,
    path = "/ips-v6",
    operation_id = "listCallbackAddressesV6",
    tag = "Callbacks",
    params(
        ("separator" = Option<String>, Query, description = "The separator. The default is a line break."),
    ),
    responses((status = 200, description = "The addresses", body = String, content_type = "text/plain")),
)]
pub async fn ips_v6(_: Public, State(requite): State<Requite>, mut parameters: Parameters) -> Response {
    addresses(&requite, &mut parameters, IpAddr::is_ipv6)
}

fn addresses(requite: &Requite, parameters: &mut Parameters, is_wanted: impl Fn(&IpAddr) -> bool) -> Response {
    let wanted = requite.settings.callback_ips.iter().filter(|address| is_wanted(address));
    let addresses: Vec<_> = wanted.map(ToString::to_string).collect();
    addresses.join(parameters.as_sent("separator").as_deref().unwrap_or("\n")).into_response()
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublicCurrency)]
struct PublicCurrencyResponse {
    #[serde(flatten)]
    currency: CurrencyResponse,
    native: bool,
    disabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
    merchant: UsesResponse,
    platforms: Vec<PlatformResponse>,
}

/// The uses of a currency: prices of orders, payments by customers, and credits to merchants.
#[derive(Serialize, ToSchema)]
#[schema(as = CurrencyUses)]
struct UsesResponse {
    price: bool,
    pay: bool,
    receive: bool,
}

/// Lists currencies.
///
/// A boolean filter applies if it is true; false has no effect.
#[utoipa::path(
    get,
    path = "/currencies",
    operation_id = "listCurrencies",
    tag = "Rates and currencies",
    params(
        ("native" = Option<bool>, Query, description = "Only native coins of a network."),
        ("enabled" = Option<bool>, Query, description = "Only enabled currencies. All are enabled."),
        ("merchant_pay" = Option<bool>, Query, description = "Only currencies that customers can pay with."),
        (
            "merchant_receive" = Option<bool>,
            Query,
            description = "Only currencies that a merchant can be credited in. All can be.",
        ),
        ("kind" = Option<schema::CurrencyKind>, Query, description = "Only currencies of this kind."),
    ),
    responses((status = 200, description = "The currencies", body = Vec<PublicCurrencyResponse>)),
)]
pub async fn currencies(_: Public, mut parameters: Parameters) -> Result<impl IntoResponse, ApiError> {
    let native = parameters.boolean("native") == Some(true);
    let pay = parameters.boolean("merchant_pay") == Some(true);
    // Every currency is enabled and can be received.
    let _ = (parameters.boolean("enabled"), parameters.boolean("merchant_receive"));
    let kind = parameters.optional("kind", |text| {
        let known = CoinGateCurrency::KINDS.into_iter().find(|kind| *kind == text);
        known.ok_or_else(|| DomainError::new(ErrorCode::FilterInvalid, "is not one of crypto, fiat"))
    });
    parameters.finish(ErrorSubject::Request, || Some(()))?;
    let responses = CoinGateCurrency::all().map(|listed| {
        let coin = match listed {
            CoinGateCurrency::Coin(coin) => Some(coin),
            CoinGateCurrency::Fiat(_) => None,
        };
        PublicCurrencyResponse {
            currency: listed.into(),
            native: coin.is_some_and(is_native),
            disabled: false,
            disabled_message: None,
            merchant: UsesResponse { price: true, pay: coin.is_some(), receive: true },
            platforms: coin.map(Network::supporting).into_iter().flatten().map(PlatformResponse::from).collect(),
        }
    });
    let is_asked_for = |shape: &PublicCurrencyResponse| {
        (!native || shape.native)
            && (!pay || shape.merchant.pay)
            && kind.is_none_or(|kind| kind == shape.currency.kind())
    };
    Ok(Json(responses.filter(is_asked_for).collect::<Vec<_>>()))
}

/// Whether a coin is native to a network; the others are tokens.
const fn is_native(coin: Currency) -> bool {
    !matches!(coin, Currency::Usd | Currency::Eur | Currency::Usdt)
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublicPlatform)]
struct PublicPlatformResponse {
    #[serde(flatten)]
    platform: PlatformResponse,
    disabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
    currencies: Vec<PlatformCurrencyResponse>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PlatformCurrency)]
struct PlatformCurrencyResponse {
    #[serde(flatten)]
    currency: CurrencyResponse,
    enabled: bool,
}

/// Lists platforms.
#[utoipa::path(
    get,
    path = "/platforms",
    operation_id = "listPlatforms",
    tag = "Rates and currencies",
    params(("enabled" = Option<bool>, Query, description = "Only enabled platforms. All are enabled.")),
    responses((status = 200, description = "The platforms", body = Vec<PublicPlatformResponse>)),
)]
pub async fn platforms(_: Public, mut parameters: Parameters) -> Result<impl IntoResponse, ApiError> {
    let _ = parameters.boolean("enabled");
    parameters.finish(ErrorSubject::Request, || Some(()))?;
    let responses = Network::all().map(|network| PublicPlatformResponse {
        platform: network.into(),
        disabled: false,
        disabled_message: None,
        currencies: network
            .coins()
            .iter()
            .map(|(coin, _)| PlatformCurrencyResponse { currency: CoinGateCurrency::Coin(*coin).into(), enabled: true })
            .collect(),
    });
    Ok(Json(responses.collect::<Vec<_>>()))
}

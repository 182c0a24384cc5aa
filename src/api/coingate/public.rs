//! CoinGate's public routes: currencies, platforms, `ping`, and the addresses of callbacks. They need no key.

use super::{
    catalog::{CurrencyResponse, PlatformResponse},
    error::{ApiError, ErrorSubject},
    parameters::Parameters,
};
use crate::{
    api::input::access::Public,
    domain::{
        error::{DomainError, ErrorCode},
        money::currency::Currency,
    },
    service::{intents::order, pairs},
    state::Requite,
    wire::coingate::{self, CoinGateCurrency, time},
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::net::IpAddr;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Ping)]
struct PingResponse {
    ping: &'static str,
    #[schema(format = DateTime)]
    time: String,
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
        ("enabled" = Option<bool>, Query, description = "Only enabled currencies: government currencies, and coins of the networks that the server is connected to."),
        ("merchant_pay" = Option<bool>, Query, description = "Only currencies that customers can pay with."),
        (
            "merchant_receive" = Option<bool>,
            Query,
            description = "Only currencies that a merchant can be credited in.",
        ),
        ("kind" = Option<coingate::schema::CurrencyKind>, Query, description = "Only currencies of this kind."),
    ),
    responses((status = 200, description = "The currencies", body = Vec<PublicCurrencyResponse>)),
)]
pub async fn currencies(
    _: Public,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let native = parameters.boolean("native") == Some(true);
    let pay = parameters.boolean("merchant_pay") == Some(true);
    let receive = parameters.boolean("merchant_receive") == Some(true);
    let enabled = parameters.boolean("enabled") == Some(true);
    let kind = parameters.optional("kind", |text| {
        let known = CoinGateCurrency::KINDS.into_iter().find(|kind| *kind == text);
        known.ok_or_else(|| DomainError::plain(ErrorCode::FilterInvalid, "is not one of crypto, fiat"))
    });
    parameters.finish(ErrorSubject::Request, || Some(()))?;
    let now = requite.context().now;
    let received = pairs::received(requite.chain.as_ref());
    let responses = CoinGateCurrency::all().map(|listed| {
        let coin = match listed {
            CoinGateCurrency::Coin(coin) => Some(coin),
            CoinGateCurrency::Fiat(_) => None,
        };
        let price = order::require_convertible(requite.rates.as_ref(), now, listed.currency()).is_ok();
        let platforms: Vec<_> =
            coin.map(|coin| received.supporting(coin)).into_iter().flatten().map(PlatformResponse::from).collect();
        let is_received = received.require_coin(listed.currency()).is_ok();
        let disabled = coin.is_some() && platforms.is_empty();
        PublicCurrencyResponse {
            currency: listed.into(),
            native: coin.is_some_and(is_native),
            disabled,
            disabled_message: disabled.then(|| "This server is connected to no network of this coin.".to_owned()),
            merchant: UsesResponse { price, pay: !platforms.is_empty(), receive: is_received },
            platforms,
        }
    });
    let is_asked_for = |currency: &PublicCurrencyResponse| {
        (!native || currency.native)
            && (!enabled || !currency.disabled)
            && (!pay || currency.merchant.pay)
            && (!receive || currency.merchant.receive)
            && kind.is_none_or(|kind| kind == currency.currency.kind())
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
pub async fn platforms(
    _: Public,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let _ = parameters.boolean("enabled");
    parameters.finish(ErrorSubject::Request, || Some(()))?;
    let received = pairs::received(requite.chain.as_ref());
    let responses = received.networks().map(|network| PublicPlatformResponse {
        platform: network.into(),
        disabled: false,
        disabled_message: None,
        currencies: received
            .coins(network)
            .map(|coin| PlatformCurrencyResponse { currency: CoinGateCurrency::Coin(coin).into(), enabled: true })
            .collect(),
    });
    Ok(Json(responses.collect::<Vec<_>>()))
}

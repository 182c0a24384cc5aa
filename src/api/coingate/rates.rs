//! CoinGate's public rates. They need no key.

use super::error::ApiError;
use crate::{
    api::input::access::Public,
    domain::money::currency::Currency,
    rates::{self, DollarPrice, RateSource},
    state::Requite,
    wire::coingate::{self, CoinGateCurrency},
};
use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap};
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

/// Every known rate, except between two currencies that no coin represents: nothing is converted from one to the other.
/// Requite converts without a margin, so the rates of merchants and traders, for buying and selling, are the same.
fn all_rates(requite: &Requite) -> RateTable {
    let now = requite.context().now;
    let rates = RateSnapshot::new(requite.rates.as_ref(), now);
    let is_price_only = |listed: CoinGateCurrency| matches!(listed.currency(), Currency::Fiat(_));
    let prices = |of: CoinGateCurrency| {
        let others = CoinGateCurrency::all().filter(|per| *per != of && !(is_price_only(of) && is_price_only(*per)));
        others.filter_map(|per| Some((per.symbol(), price(&rates, of, per, now)?))).collect()
    };
    CoinGateCurrency::all().map(|of| (of.symbol(), prices(of))).collect()
}

/// The price of one unit; `None` if no rate is known, or the rate is too old.
fn price(rates: &dyn RateSource, of: CoinGateCurrency, per: CoinGateCurrency, now: DateTime<Utc>) -> Option<String> {
    let rate = rates::require(rates, of.currency(), per.currency(), now).ok()?;
    Some(rate.price.to_string())
}

/// Every price of a source, read once: a table of rates needs each of them many times, and anybody may ask for it.
struct RateSnapshot<'a> {
    source: &'a dyn RateSource,
    prices: BTreeMap<Currency, DollarPrice>,
}

impl<'a> RateSnapshot<'a> {
    fn new(source: &'a dyn RateSource, now: DateTime<Utc>) -> Self {
        let read = |listed: CoinGateCurrency| Some((listed.currency(), source.price(listed.currency(), now)?));
        Self { source, prices: CoinGateCurrency::all().filter_map(read).collect() }
    }
}

impl RateSource for RateSnapshot<'_> {
    fn name(&self) -> Cow<'static, str> {
        self.source.name()
    }

    fn price(&self, of: Currency, _: DateTime<Utc>) -> Option<DollarPrice> {
        self.prices.get(&of).cloned()
    }

    fn max_age(&self) -> Duration {
        self.source.max_age()
    }
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
pub async fn list(_: Public, State(requite): State<Requite>) -> impl IntoResponse {
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
    params(("side" = coingate::schema::TradeSide, Path, description = "`buy` or `sell`; the rates are the same.")),
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
        ("side" = coingate::schema::TradeSide, Path, description = "`buy` or `sell`; the rates are the same."),
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
    pair.and_then(|(of, per)| price(requite.rates.as_ref(), of, per, requite.context().now)).unwrap_or_default()
}

fn require_side(side: &str) -> Result<(), ApiError> {
    if matches!(side, "buy" | "sell") { Ok(()) } else { Err(ApiError::no_such_page()) }
}

//! Currencies and platforms in responses, from the domain's list.

use super::{dialect::Caller, error::ApiError};
use crate::{
    api::input::access::scope,
    domain::{address::network::Network, money::currency::Currency, names::Named},
    service::pairs,
    state::Requite,
    wire::coingate::{CoinGateCurrency, id_name, platform_id},
};
use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;
use utoipa::ToSchema;

/// A currency.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ListedCurrency)]
pub struct CurrencyResponse {
    id: i64,
    title: String,
    kind: &'static str,
    symbol: &'static str,
}

impl CurrencyResponse {
    /// `crypto` or `fiat`.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }
}

impl From<CoinGateCurrency> for CurrencyResponse {
    fn from(listed: CoinGateCurrency) -> Self {
        Self { id: listed.id(), title: listed.title(), kind: listed.kind(), symbol: listed.symbol() }
    }
}

/// A platform: the network that a coin is sent on.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Platform)]
pub struct PlatformResponse {
    id: i64,
    id_name: String,
    title: &'static str,
    enabled: bool,
}

impl From<Network> for PlatformResponse {
    fn from(network: Network) -> Self {
        let title = network.title();
        Self { id: platform_id(network), id_name: id_name(network), title, enabled: true }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = SupportedCurrency)]
struct SupportedResponse {
    #[serde(flatten)]
    currency: CurrencyResponse,
    enabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
    platforms: Vec<PlatformResponse>,
}

/// Lists the currencies that can be sent, and their platforms.
#[utoipa::path(
    get,
    path = "/refunds/supported-currencies",
    operation_id = "listSupportedCurrencies",
    tag = "Refunds of orders",
    responses((status = 200, description = "The currencies", body = Vec<SupportedResponse>)),
)]
pub async fn supported_currencies(_: Caller<scope::Read>, State(requite): State<Requite>) -> impl IntoResponse {
    let sent = pairs::sent(requite.chain.as_ref());
    let all = Currency::all().map(|coin| SupportedResponse {
        currency: CoinGateCurrency::Coin(coin).into(),
        enabled: true,
        disabled_message: None,
        platforms: sent.supporting(coin).map(PlatformResponse::from).collect(),
    });
    Json(all.filter(|coin| !coin.platforms.is_empty()).collect::<Vec<_>>())
}

/// Checks a key.
#[utoipa::path(
    get,
    path = "/auth/test",
    operation_id = "testKey",
    tag = "Keys",
    responses((status = 200, description = "`OK`: the key is valid", body = String, content_type = "text/plain")),
)]
pub async fn test_key(_: Caller<scope::Read>) -> Result<&'static str, ApiError> {
    Ok("OK")
}

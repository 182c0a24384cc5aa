//! CoinGate's numbers and words for currencies and platforms, from the one list of the domain (2.1, 2.2).

use super::{auth::ApiCaller, error::ApiError};
use crate::domain::{
    currency::Currency,
    network::Network,
    refusal::{ErrorCode, Refusal},
};
use axum::{Json, response::IntoResponse};
use serde::Serialize;
use utoipa::ToSchema;

/// A currency as CoinGate tells it: a coin that can be sent, or the fiat money that prices are in, which has no platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A coin.
    Coin(Currency),
    /// What its stable coin stands for.
    Fiat(Currency),
}

/// A coin's number. Clients keep them, so they never change.
pub const fn currency_id(coin: Currency) -> i64 {
    match coin {
        Currency::Btc => 1,
        Currency::Ltc => 2,
        Currency::Eth => 3,
        Currency::Xrp => 4,
        Currency::Sol => 5,
        Currency::Trx => 6,
        Currency::Xlm => 7,
        Currency::Pol => 8,
        Currency::Avax => 9,
        Currency::Usdt => 10,
        Currency::Usd => 11,
        Currency::Eur => 12,
    }
}

/// A platform's number. Clients keep them, so they never change.
pub const fn platform_id(network: Network) -> i64 {
    match network {
        Network::Btc => 1,
        Network::Ltc => 2,
        Network::Eth => 3,
        Network::Base => 4,
        Network::Arb => 5,
        Network::Op => 6,
        Network::Poly => 7,
        Network::Avax => 8,
        Network::Sol => 9,
        Network::Xrp => 10,
        Network::Xlm => 11,
        Network::Algo => 12,
        Network::Trx => 13,
        Network::Near => 14,
        Network::Noble => 15,
        Network::Hbar => 16,
    }
}

impl Listed {
    /// Everything that a price can be in, the fiat money first.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Fiat(Currency::Usd), Self::Fiat(Currency::Eur)].into_iter().chain(Currency::ALL.map(Self::Coin))
    }

    /// How a price in this currency of ours is told.
    pub const fn of_price(currency: Currency) -> Self {
        match currency {
            Currency::Usd | Currency::Eur => Self::Fiat(currency),
            _ => Self::Coin(currency),
        }
    }

    /// Ours.
    pub const fn currency(self) -> Currency {
        match self {
            Self::Coin(currency) | Self::Fiat(currency) => currency,
        }
    }

    /// Its number.
    pub const fn id(self) -> i64 {
        match self {
            Self::Coin(coin) => currency_id(coin),
            Self::Fiat(currency) => 100 + currency_id(currency),
        }
    }

    /// Its short name.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Coin(Currency::Usd) => "USDC",
            Self::Coin(Currency::Eur) => "EURC",
            Self::Coin(currency) | Self::Fiat(currency) => currency.code(),
        }
    }

    /// Its long name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fiat(Currency::Eur) => "Euro",
            Self::Fiat(_) => "US Dollar",
            Self::Coin(coin) => coin.coin(),
        }
    }

    /// `crypto` or `fiat`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Coin(_) => "crypto",
            Self::Fiat(_) => "fiat",
        }
    }

    /// Reads a short name, in capitals or not.
    pub fn parse(symbol: &str) -> Result<Self, Refusal> {
        Self::all().find(|listed| listed.symbol().eq_ignore_ascii_case(symbol)).ok_or_else(|| {
            let known = Self::all().map(Self::symbol).collect::<Vec<_>>().join(", ");
            Refusal::new(ErrorCode::CurrencyUnknown, format!("is not supported; use one of {known}"))
        })
    }
}

/// The coin with this number.
pub fn coin(id: i64) -> Result<Currency, Refusal> {
    Currency::ALL
        .into_iter()
        .find(|coin| currency_id(*coin) == id)
        .ok_or_else(|| Refusal::new(ErrorCode::CurrencyUnknown, "crypto currency not found"))
}

/// The platform with this number.
pub fn platform(id: i64) -> Result<Network, Refusal> {
    Network::ALL
        .into_iter()
        .find(|network| platform_id(*network) == id)
        .ok_or_else(|| Refusal::new(ErrorCode::NetworkUnknown, "crypto platform not found"))
}

/// A currency in an answer.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ListedCurrency)]
pub struct CurrencyShape {
    id: i64,
    title: &'static str,
    kind: &'static str,
    symbol: &'static str,
}

impl From<Listed> for CurrencyShape {
    fn from(listed: Listed) -> Self {
        Self { id: listed.id(), title: listed.title(), kind: listed.kind(), symbol: listed.symbol() }
    }
}

/// A platform in an answer.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Platform)]
pub struct PlatformShape {
    id: i64,
    id_name: String,
    title: &'static str,
    enabled: bool,
}

impl From<Network> for PlatformShape {
    fn from(network: Network) -> Self {
        let title = network.title();
        Self { id: platform_id(network), id_name: id_name(network), title, enabled: true }
    }
}

/// A platform's name for programs.
pub fn id_name(network: Network) -> String {
    network.title().to_lowercase().replace(' ', "_")
}

#[derive(Serialize, ToSchema)]
#[schema(as = SupportedCurrency)]
struct SupportedShape {
    #[serde(flatten)]
    currency: CurrencyShape,
    enabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
    platforms: Vec<PlatformShape>,
}

/// Lists what can be sent, and on which platforms.
#[utoipa::path(
    get,
    path = "/refunds/supported-currencies",
    operation_id = "listSupportedCurrencies",
    tag = "Refunds of orders",
    security(("token" = ["read"])),
    responses((status = 200, description = "The currencies", body = Vec<SupportedShape>)),
)]
pub async fn supported_currencies(ApiCaller(_): ApiCaller) -> impl IntoResponse {
    let all = Currency::ALL.map(|coin| SupportedShape {
        currency: Listed::Coin(coin).into(),
        enabled: true,
        disabled_message: None,
        platforms: Network::carrying(coin).map(PlatformShape::from).collect(),
    });
    Json(all.into_iter().collect::<Vec<_>>())
}

/// Tells whether a key works.
#[utoipa::path(
    get,
    path = "/auth/test",
    operation_id = "testKey",
    tag = "Keys",
    security(("token" = ["read"])),
    responses((status = 200, description = "It works", body = String, content_type = "text/plain")),
)]
pub async fn test_key(ApiCaller(_): ApiCaller) -> Result<&'static str, ApiError> {
    Ok("OK")
}

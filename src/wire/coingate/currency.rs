//! CoinGate's ids and names of currencies, platforms and balances. Clients store the ids, so they never change.

use crate::{
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, ErrorCode},
        ids::MerchantId,
        money::{currency::Currency, fiat::FiatCurrency},
        names::Named,
    },
    languages::Language,
    texts::money::of_currency,
};
use ulid::Ulid;

/// A currency of CoinGate: a coin, which can be sent, or a fiat currency, which prices are in and which has no
/// platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoinGateCurrency {
    Coin(Currency),
    /// The fiat currency that this stablecoin represents, or one that no coin represents.
    Fiat(Currency),
}

/// The id of a coin, or of a currency that no coin represents. Clients store it, so it never changes.
pub fn currency_id(coin: Currency) -> i64 {
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
        Currency::Fiat(fiat) => 1000 + i64::from(fiat.number()),
    }
}

/// The id of a platform. Clients store it, so it never changes.
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

impl CoinGateCurrency {
    /// The values of [`Self::kind`].
    pub const KINDS: [&'static str; 2] = ["crypto", "fiat"];

    /// Every currency that a price can be in: the dollar, the euro, coins, and the other currencies of the world.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::received().chain(FiatCurrency::all().map(|fiat| Self::Fiat(Currency::Fiat(fiat))))
    }

    /// The currencies that a merchant can be credited in: the dollar, the euro, and coins.
    pub fn received() -> impl Iterator<Item = Self> {
        [Self::Fiat(Currency::Usd), Self::Fiat(Currency::Eur)].into_iter().chain(Currency::all().map(Self::Coin))
    }

    /// The currency that a price in this coin is shown in.
    pub const fn of_price(currency: Currency) -> Self {
        match currency {
            Currency::Usd | Currency::Eur | Currency::Fiat(_) => Self::Fiat(currency),
            Currency::Usdt
            | Currency::Eth
            | Currency::Btc
            | Currency::Ltc
            | Currency::Sol
            | Currency::Xrp
            | Currency::Xlm
            | Currency::Trx
            | Currency::Pol
            | Currency::Avax => Self::Coin(currency),
        }
    }

    /// The corresponding currency of Requite.
    pub const fn currency(self) -> Currency {
        match self {
            Self::Coin(currency) | Self::Fiat(currency) => currency,
        }
    }

    pub fn id(self) -> i64 {
        match self {
            Self::Coin(currency) | Self::Fiat(currency @ Currency::Fiat(_)) => currency_id(currency),
            Self::Fiat(currency) => 100 + currency_id(currency),
        }
    }

    /// The ticker symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Coin(currency) => currency.coin_symbol(),
            Self::Fiat(currency) => currency.code(),
        }
    }

    /// The full name.
    pub fn title(self) -> String {
        match self {
            Self::Fiat(Currency::Eur) => "Euro".to_owned(),
            Self::Fiat(Currency::Usd) => "US Dollar".to_owned(),
            Self::Coin(currency) | Self::Fiat(currency) => of_currency(Language::english(), currency),
        }
    }

    /// `crypto` or `fiat`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Coin(_) => "crypto",
            Self::Fiat(_) => "fiat",
        }
    }

    /// Parses a symbol, ignoring case.
    pub fn parse(symbol: &str) -> Result<Self, DomainError> {
        Self::all().find(|listed| listed.symbol().eq_ignore_ascii_case(symbol)).ok_or_else(|| {
            let known = Self::received().map(Self::symbol).collect::<Vec<_>>().join(", ");
            let message = format!("is not supported; use one of {known}, or another currency of ISO 4217");
            DomainError::plain(ErrorCode::CurrencyUnknown, message)
        })
    }

    /// Parses the symbol of a currency that a merchant can be credited in, ignoring case. An unknown one is told which are
    /// credited by a server that receives these pairs.
    pub fn parse_received(symbol: &str, offered: &Pairs) -> Result<Currency, DomainError> {
        let found = Self::received().find(|listed| listed.symbol().eq_ignore_ascii_case(symbol));
        found.map(Self::currency).ok_or_else(|| {
            let mut message = "is not supported; use DO_NOT_CONVERT".to_owned();
            let known = symbols(Self::received(), offered);
            if !known.is_empty() {
                message.push_str(", or one of ");
                message.push_str(&known);
            }
            DomainError::plain(ErrorCode::CurrencyUnknown, message)
        })
    }

    /// Parses the symbol of a coin, ignoring case. A fiat currency is not a coin, since no wallet can send it. The error
    /// names the coins that are offered.
    pub fn parse_coin(symbol: &str, offered: &Pairs) -> Result<Currency, DomainError> {
        let named = |listed: Self| listed.symbol().eq_ignore_ascii_case(symbol);
        Currency::all().find(|coin| named(Self::Coin(*coin))).ok_or_else(|| {
            let known = symbols(Currency::all().map(Self::Coin), offered);
            let fiat = Self::received().find(|listed| named(*listed));
            let wrong = if fiat.is_some() { "is not a coin" } else { "is not supported" };
            let message = match fiat.filter(|fiat| is_offered(*fiat, offered)) {
                Some(fiat) => {
                    let coin = Self::Coin(fiat.currency()).symbol();
                    format!("{wrong}; use {coin} for {}, or another of {known}", fiat.symbol())
                }
                None if known.is_empty() => wrong.to_owned(),
                None => format!("{wrong}; use one of {known}"),
            };
            DomainError::plain(ErrorCode::CurrencyUnknown, message)
        })
    }
}

fn is_offered(listed: CoinGateCurrency, offered: &Pairs) -> bool {
    offered.supporting(listed.currency()).next().is_some()
}

/// The symbols of those that are offered on at least one network.
fn symbols(listed: impl Iterator<Item = CoinGateCurrency>, offered: &Pairs) -> String {
    let offered = listed.filter(|listed| is_offered(*listed, offered));
    offered.map(CoinGateCurrency::symbol).collect::<Vec<_>>().join(", ")
}

/// Returns the coin with this id.
pub fn coin(id: i64) -> Result<Currency, DomainError> {
    Currency::all()
        .find(|coin| currency_id(*coin) == id)
        .ok_or_else(|| DomainError::plain(ErrorCode::CurrencyUnknown, "crypto currency not found"))
}

/// Returns the platform with this id.
pub fn platform(id: i64) -> Result<Network, DomainError> {
    Network::all()
        .find(|network| platform_id(*network) == id)
        .ok_or_else(|| DomainError::plain(ErrorCode::NetworkUnknown, "crypto platform not found"))
}

/// The platform's `id_name`.
pub fn id_name(network: Network) -> String {
    network.title().to_lowercase().replace(' ', "_")
}

/// The id of a merchant's balance in a currency. It has 26 characters, as CoinGate's do, and is derived from the
/// merchant's id, so that it need not be stored.
pub fn account_id(merchant: MerchantId, currency: Currency) -> String {
    let number = u128::try_from(currency_id(currency)).unwrap_or_default();
    Ulid(merchant.0.as_u128() ^ number).to_string()
}

/// Returns the currency of the balance with this id.
pub fn currency_of_account(merchant: MerchantId, id: &str) -> Option<Currency> {
    Currency::all().find(|currency| account_id(merchant, *currency).eq_ignore_ascii_case(id))
}

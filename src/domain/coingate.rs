//! CoinGate's numbers and words for what Requite knows by its own: currencies, platforms, balances. Clients keep the numbers,
//! so they never change.

use crate::domain::{
    currency::Currency,
    ids::MerchantId,
    network::Network,
    refusal::{ErrorCode, Refusal},
};

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

/// A platform's name for programs.
pub fn id_name(network: Network) -> String {
    network.title().to_lowercase().replace(' ', "_")
}

/// The name of a merchant's balance in a currency: 26 characters like CoinGate's, made of the merchant's own id, so that no
/// table has to remember it.
pub fn account_id(merchant: MerchantId, currency: Currency) -> String {
    let number = u128::try_from(currency_id(currency)).unwrap_or_default();
    crockford(merchant.0.as_u128() ^ number)
}

/// The currency of a balance by its name.
pub fn currency_of_account(merchant: MerchantId, id: &str) -> Option<Currency> {
    Currency::ALL.into_iter().find(|currency| account_id(merchant, *currency).eq_ignore_ascii_case(id))
}

/// Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 128 bits as 26 characters of Crockford's base 32, as in a ULID.
pub fn crockford(bits: u128) -> String {
    (0..26_u32)
        .rev()
        .filter_map(|place| usize::try_from((bits >> (5 * place)) & 31).ok())
        .filter_map(|index| ALPHABET.get(index).copied().map(char::from))
        .collect()
}

/// The bits of such a text, in capitals or not.
pub fn bits_of(text: &str) -> Option<u128> {
    if text.len() != 26 {
        return None;
    }
    text.bytes().try_fold(0_u128, |bits, byte| {
        let digit = ALPHABET.iter().position(|letter| letter.eq_ignore_ascii_case(&byte))?;
        bits.checked_mul(32)?.checked_add(u128::try_from(digit).ok()?)
    })
}

//! Currencies of amounts.

use super::fiat::FiatCurrency;
use crate::domain::{
    error::{DomainError, ErrorCode},
    names::Named,
};
use serde::{Serialize, Serializer};
use std::fmt;
use strum::VariantArray;

macro_rules! currencies {
    ($($(#[$doc:meta])* $coin:ident => $code:literal;)*) => {
        /// The currency of an intent, balance, refund or price.
        ///
        /// Circle's codes: `USD` stands for USDC and `EUR` for EURC, the coins that are transferred.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Currency {
            $($(#[$doc])* $coin,)*
            /// A currency that only prices can be in: nothing is paid, credited or sent in it.
            Fiat(FiatCurrency),
        }

        /// The currencies that can be paid, credited and sent. [`Currency::parse`] accepts no other, so a
        /// [`Currency::Fiat`] gets into a price and nowhere else.
        impl VariantArray for Currency {
            const VARIANTS: &'static [Self] = &[$(Self::$coin,)*];
        }

        impl Currency {
            /// The code in the APIs and in the database.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$coin => $code,)*
                    Self::Fiat(fiat) => fiat.code(),
                }
            }
        }
    };
}

// In the order in which lists show them.
currencies! {
    /// Transferred as USDC.
    Usd => "USD";
    /// Transferred as EURC.
    Eur => "EUR";
    Usdt => "USDT";
    Eth => "ETH";
    Btc => "BTC";
    Ltc => "LTC";
    Sol => "SOL";
    Xrp => "XRP";
    Xlm => "XLM";
    Trx => "TRX";
    Pol => "POL";
    Avax => "AVAX";
}

impl From<Currency> for &'static str {
    fn from(currency: Currency) -> Self {
        currency.code()
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Currency {
    /// The symbol of the coin on the chain: USDC where the currency is USD.
    pub fn coin_symbol(self) -> &'static str {
        match self {
            Self::Usd => "USDC",
            Self::Eur => "EURC",
            Self::Usdt
            | Self::Eth
            | Self::Btc
            | Self::Ltc
            | Self::Sol
            | Self::Xrp
            | Self::Xlm
            | Self::Trx
            | Self::Pol
            | Self::Avax
            | Self::Fiat(_) => self.code(),
        }
    }

    /// The coin on the chain, as a customer sees it in a wallet. A currency of the world is none, and is called by its code.
    pub const fn coin(self) -> &'static str {
        match self {
            Self::Usd => "USDC",
            Self::Eur => "EURC",
            Self::Usdt => "USDT",
            Self::Eth => "Ether",
            Self::Btc => "Bitcoin",
            Self::Ltc => "Litecoin",
            Self::Sol => "SOL",
            Self::Xrp => "XRP",
            Self::Xlm => "Lumen",
            Self::Trx => "TRX",
            Self::Pol => "POL",
            Self::Avax => "AVAX",
            Self::Fiat(fiat) => fiat.code(),
        }
    }

    /// Decimal places of the smallest unit in use; no supported network has fewer. Prices may be finer than cents.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Usd | Self::Eur | Self::Usdt | Self::Xrp | Self::Trx | Self::Fiat(_) => 6,
            Self::Xlm => 7,
            Self::Btc | Self::Ltc => 8,
            Self::Sol => 9,
            Self::Eth | Self::Pol | Self::Avax => 18,
        }
    }

    /// Decimal places that are shown even when they are zero.
    pub const fn shown_decimals(self) -> u32 {
        match self {
            Self::Usd | Self::Eur | Self::Usdt => 2,
            Self::Fiat(fiat) => fiat.decimals(),
            Self::Eth
            | Self::Btc
            | Self::Ltc
            | Self::Sol
            | Self::Xrp
            | Self::Xlm
            | Self::Trx
            | Self::Pol
            | Self::Avax => 0,
        }
    }

    /// The decimals that people customarily write: cents, or the coin's own unit.
    pub const fn written_decimals(self) -> u32 {
        match (self, self.shown_decimals()) {
            (Self::Fiat(fiat), _) => fiat.decimals(),
            (_, 0) => self.decimals(),
            (_, shown) => shown,
        }
    }

    /// Parses the code of a currency that a price can be in.
    pub fn parse_of_price(code: &str) -> Result<Self, DomainError> {
        match FiatCurrency::parse(code) {
            Some(fiat) => Ok(Self::Fiat(fiat)),
            None => Self::parse(code),
        }
    }

    /// Parses the code of a currency that can be paid, credited and sent, exactly as written in the APIs (upper case).
    pub fn parse(code: &str) -> Result<Self, DomainError> {
        Named::parse(code).ok_or_else(|| {
            let known = Self::names().join(", ");
            DomainError::new(ErrorCode::CurrencyUnknown, "error-currency-unknown").with("currencies", known)
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

//! Currencies of amounts.

use crate::domain::{
    error::{DomainError, ErrorCode},
    names::Named,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{IntoStaticStr, VariantArray};

/// The currency of an intent, balance or refund.
///
/// Circle's codes: `USD` stands for USDC and `EUR` for EURC, the coins that are transferred (reference: circle-api
/// 1.1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
// In the order in which lists show them.
#[strum(serialize_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Transferred as USDC.
    Usd,
    /// Transferred as EURC.
    Eur,
    Usdt,
    Eth,
    Btc,
    Ltc,
    Sol,
    Xrp,
    Xlm,
    Trx,
    Pol,
    Avax,
}

impl Currency {
    /// The code in the APIs and in the database.
    pub fn code(self) -> &'static str {
        self.as_str()
    }

    /// The symbol of the coin on the chain: USDC where the currency is USD.
    pub fn coin_symbol(self) -> &'static str {
        match self {
            Self::Usd => "USDC",
            Self::Eur => "EURC",
            _ => self.code(),
        }
    }

    /// The coin on the chain, as a customer sees it in a wallet.
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
        }
    }

    /// Decimal places of the smallest unit in use; no supported network has fewer.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Usd | Self::Eur | Self::Usdt | Self::Xrp | Self::Trx => 6,
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
            _ => 0,
        }
    }

    /// Parses a code, exactly as written in the APIs (upper case).
    pub fn parse(code: &str) -> Result<Self, DomainError> {
        Named::parse(code).ok_or_else(|| {
            let known = Self::names().join(", ");
            DomainError::new(ErrorCode::CurrencyUnknown, format!("This currency is not supported. Use one of {known}."))
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

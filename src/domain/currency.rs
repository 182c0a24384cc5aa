//! What money is counted in.

use crate::domain::refusal::{ErrorCode, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A currency that intents, balances and refunds are counted in.
///
/// Circle's codes: `USD` stands for USDC and `EUR` for EURC, the coins that really move (reference: circle-api 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// US dollars, moved as USDC.
    Usd,
    /// Euros, moved as EURC.
    Eur,
    /// Ether.
    Eth,
    /// Bitcoin.
    Btc,
}

impl Currency {
    /// Every currency, in the order in which lists show them.
    pub const ALL: [Currency; 4] = [Self::Usd, Self::Eur, Self::Eth, Self::Btc];

    /// The code on every surface and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Eth => "ETH",
            Self::Btc => "BTC",
        }
    }

    /// The coin that moves on a chain: what a customer sees in a wallet.
    pub const fn coin(self) -> &'static str {
        match self {
            Self::Usd => "USDC",
            Self::Eur => "EURC",
            Self::Eth => "Ether",
            Self::Btc => "Bitcoin",
        }
    }

    /// The number of decimal places of the smallest unit that can be sent.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Usd | Self::Eur => 6,
            Self::Eth => 18,
            Self::Btc => 8,
        }
    }

    /// Decimal places that are shown even when they are zero.
    pub const fn shown_decimals(self) -> u32 {
        match self {
            Self::Usd | Self::Eur => 2,
            Self::Eth | Self::Btc => 0,
        }
    }

    /// Reads a code, exactly as written on the APIs (upper case).
    pub fn parse(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|c| c.code() == code).ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join(", ");
            Refusal::new(ErrorCode::CurrencyUnknown, format!("This currency is not supported. Use one of {known}."))
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

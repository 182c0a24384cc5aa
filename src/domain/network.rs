//! The chains that coins are sent on, and which coin may be sent on which: the one list that the wizard, the API and the
//! documentation read.

use crate::domain::{
    currency::Currency,
    refusal::{ErrorCode, Refusal},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A blockchain (Circle calls it `chain`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Network {
    /// Ethereum.
    Eth,
    /// Base.
    Base,
    /// Polygon PoS.
    Poly,
    /// Arbitrum One.
    Arb,
    /// Solana.
    Sol,
    /// Bitcoin.
    Btc,
}

impl Network {
    /// Every network, in the order in which lists show them.
    pub const ALL: [Network; 6] = [Self::Eth, Self::Base, Self::Poly, Self::Arb, Self::Sol, Self::Btc];

    /// The code on every surface and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eth => "ETH",
            Self::Base => "BASE",
            Self::Poly => "POLY",
            Self::Arb => "ARB",
            Self::Sol => "SOL",
            Self::Btc => "BTC",
        }
    }

    /// The name that a person knows it by.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Eth => "Ethereum",
            Self::Base => "Base",
            Self::Poly => "Polygon",
            Self::Arb => "Arbitrum",
            Self::Sol => "Solana",
            Self::Btc => "Bitcoin",
        }
    }

    /// The currencies that can be sent on this network.
    pub const fn currencies(self) -> &'static [Currency] {
        match self {
            Self::Eth | Self::Base => &[Currency::Usd, Currency::Eur, Currency::Eth],
            Self::Arb => &[Currency::Usd, Currency::Eth],
            Self::Poly => &[Currency::Usd],
            Self::Sol => &[Currency::Usd, Currency::Eur],
            Self::Btc => &[Currency::Btc],
        }
    }

    /// Whether `currency` can be sent on this network.
    pub fn carries(self, currency: Currency) -> bool {
        self.currencies().contains(&currency)
    }

    /// The networks that carry `currency`.
    pub fn carrying(currency: Currency) -> impl Iterator<Item = Network> {
        Self::ALL.into_iter().filter(move |n| n.carries(currency))
    }

    /// Reads a code, exactly as written on the APIs (upper case).
    pub fn parse(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|n| n.code() == code).ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join(", ");
            Refusal::new(ErrorCode::NetworkUnknown, format!("This network is not supported. Use one of {known}."))
        })
    }

    /// Refuses a pair of coin and network that would lose the money.
    pub fn require(self, currency: Currency) -> Result<(), Refusal> {
        if self.carries(currency) {
            return Ok(());
        }
        let offered = Self::carrying(currency).map(Self::title).collect::<Vec<_>>().join(", ");
        Err(Refusal::new(
            ErrorCode::PairUnsupported,
            format!("{} cannot be sent on {}. Choose one of: {offered}.", currency.coin(), self.title()),
        ))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

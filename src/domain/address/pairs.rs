//! The pairs of coin and network that a server offers: a part of the list in [`network`](super::network). A server that
//! is connected to real networks offers only theirs.

use super::network::Network;
use crate::domain::{
    error::{DomainError, ErrorCode},
    money::currency::Currency,
    names::Named,
};

/// What is done with a coin on a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Customers pay.
    Received,
    /// Refunds are paid.
    Sent,
}

/// The pairs that a server offers in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    direction: Direction,
    /// In the order of the lists.
    pairs: Vec<(Network, Currency)>,
}

impl Pairs {
    /// Those of the list to which this applies.
    pub fn only(direction: Direction, is_offered: impl Fn(Network, Currency) -> bool) -> Self {
        let coins = |network: Network| network.coins().iter().map(move |(coin, _)| (network, *coin));
        let pairs = Network::all().flat_map(coins).filter(|(network, coin)| is_offered(*network, *coin)).collect();
        Self { direction, pairs }
    }

    /// The whole list.
    pub fn all(direction: Direction) -> Self {
        Self::only(direction, |_, _| true)
    }

    /// Nothing: the server is connected to no network.
    pub const fn none(direction: Direction) -> Self {
        Self { direction, pairs: Vec::new() }
    }

    /// The networks on which at least one coin is offered.
    pub fn networks(&self) -> impl Iterator<Item = Network> {
        Network::all().filter(|network| self.pairs.iter().any(|(offered, _)| offered == network))
    }

    /// The coins that are offered on a network.
    pub fn coins(&self, network: Network) -> impl Iterator<Item = Currency> {
        self.pairs.iter().filter(move |(offered, _)| *offered == network).map(|(_, coin)| *coin)
    }

    /// The networks on which a coin is offered.
    pub fn supporting(&self, coin: Currency) -> impl Iterator<Item = Network> {
        self.pairs.iter().filter(move |(_, offered)| *offered == coin).map(|(network, _)| *network)
    }

    pub fn contains(&self, network: Network, coin: Currency) -> bool {
        self.pairs.contains(&(network, coin))
    }

    /// Parses the code of a network. An unknown one is told which are offered.
    pub fn parse_network(&self, code: &str) -> Result<Network, DomainError> {
        Network::parse(code).map_err(|error| match self.networks().map(Network::code).collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => error,
            offered => DomainError::new(error.code, "error-network-unknown-use").with("networks", offered),
        })
    }

    /// Rejects a pair that is not offered.
    pub fn require(&self, network: Network, coin: Currency) -> Result<(), DomainError> {
        if self.contains(network, coin) {
            return Ok(());
        }
        self.require_coin(coin)?;
        let offered = self.supporting(coin).map(Network::title).collect::<Vec<_>>().join(", ");
        let message = match self.direction {
            Direction::Received => "error-coin-not-received-on",
            Direction::Sent => "error-coin-not-sent-on",
        };
        let error = DomainError::new(ErrorCode::PairUnsupported, message);
        Err(error.with("coin", coin.coin()).with("network", network.title()).with("networks", offered))
    }

    /// Rejects a coin that is offered on no network.
    pub fn require_coin(&self, coin: Currency) -> Result<(), DomainError> {
        match self.supporting(coin).next() {
            Some(_) => Ok(()),
            None => Err(self.nowhere(coin)),
        }
    }

    fn nowhere(&self, coin: Currency) -> DomainError {
        if self.pairs.is_empty() {
            let message = match self.direction {
                Direction::Received => "error-no-network-receives",
                Direction::Sent => "error-no-network-sends",
            };
            return DomainError::new(ErrorCode::PairUnsupported, message);
        }
        // No other network helps, so it is the coin that is wrong.
        let message = match self.direction {
            Direction::Received => "error-coin-never-received",
            Direction::Sent => "error-coin-never-sent",
        };
        let error = DomainError::new(ErrorCode::CurrencyUnknown, message);
        error.with("coin", coin.coin()).with("currencies", self.codes())
    }

    /// The coins that are offered on at least one network: their codes, and what wallets and CoinGate call them if that is
    /// something else.
    fn codes(&self) -> String {
        let offered = Currency::all().filter(|coin| self.supporting(*coin).next().is_some());
        let named = offered.map(|coin| match (coin.code(), coin.coin()) {
            (code, name) if code == name => code.to_owned(),
            (code, name) => format!("{code} ({name})"),
        });
        named.collect::<Vec<_>>().join(", ")
    }

    /// Parses the code of a currency. An unknown one is told which are offered.
    pub fn parse_coin(&self, code: &str) -> Result<Currency, DomainError> {
        Currency::parse(code).map_err(|error| match self.codes() {
            none if none.is_empty() => error,
            offered => DomainError::new(error.code, "error-currency-unknown").with("currencies", offered),
        })
    }

    /// The input that an error of [`Self::require`] is about: the coin if no network helps, otherwise the network.
    pub fn place<T>(error: &DomainError, coin: T, network: T) -> T {
        if error.code == ErrorCode::CurrencyUnknown { coin } else { network }
    }

    /// Rejects a network on which nothing is offered.
    pub fn require_network(&self, network: Network) -> Result<(), DomainError> {
        if self.networks().any(|offered| offered == network) {
            return Ok(());
        }
        let offered = self.networks().map(Network::title).collect::<Vec<_>>().join(", ");
        let message = match (self.direction, offered.is_empty()) {
            (Direction::Received, true) => "error-network-not-received",
            (Direction::Received, false) => "error-network-not-received-only",
            (Direction::Sent, true) => "error-network-not-sent",
            (Direction::Sent, false) => "error-network-not-sent-only",
        };
        let error = DomainError::new(ErrorCode::PairUnsupported, message).with("network", network.title());
        Err(if offered.is_empty() { error } else { error.with("networks", offered) })
    }
}

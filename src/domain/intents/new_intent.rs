//! What is asked for when a payment intent is made.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    money::{Money, currency::Currency},
};
use chrono::Duration;

/// A payment intent to be made, with every value checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIntent {
    /// What is asked.
    pub wish: NewIntentTerms,
    /// The currency to be credited in.
    pub settlement_currency: Currency,
    /// Where it can be paid; not empty, no network twice.
    pub networks: Vec<Network>,
}

/// What a new intent asks of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewIntentTerms {
    /// One amount.
    Transient {
        /// How much; above zero.
        amount: Money,
        /// How long it can be paid.
        lifetime: Duration,
        /// The order that it is for; it gets one of its own otherwise.
        order: Option<OrderTerms>,
    },
    /// Any amount, again and again.
    Continuous {
        /// In what.
        currency: Currency,
    },
}

/// What an order says of the intent that it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderTerms {
    /// The order's number.
    pub number: i64,
    /// The price that the amount was worked out from.
    pub price: Money,
}

impl NewIntentTerms {
    /// The currency in which the customer pays.
    pub const fn currency(self) -> Currency {
        match self {
            Self::Transient { amount, .. } => amount.currency(),
            Self::Continuous { currency } => currency,
        }
    }
}

impl NewIntent {
    /// One that asks for an amount.
    pub fn transient(
        amount: Money,
        settlement_currency: Currency,
        networks: Vec<Network>,
        lifetime: Duration,
    ) -> Result<Self, DomainError> {
        Self::new(NewIntentTerms::Transient { amount, lifetime, order: None }, settlement_currency, networks)
    }

    /// One that takes whatever comes.
    pub fn continuous(
        currency: Currency,
        settlement_currency: Currency,
        networks: Vec<Network>,
    ) -> Result<Self, DomainError> {
        Self::new(NewIntentTerms::Continuous { currency }, settlement_currency, networks)
    }

    /// Checks that the amount is one, and that the coin can be paid on every network that is offered.
    pub fn new(
        wish: NewIntentTerms,
        settlement_currency: Currency,
        networks: Vec<Network>,
    ) -> Result<Self, DomainError> {
        if let NewIntentTerms::Transient { amount, .. } = wish {
            amount.require_positive().map_err(|error| error.on("amount"))?;
        }
        if networks.is_empty() {
            return Err(DomainError::required("payment_methods"));
        }
        for (index, network) in networks.iter().enumerate() {
            let field = format!("payment_methods.{index}.network");
            network.require(wish.currency()).map_err(|error| error.on(field.clone()))?;
            if networks.iter().take(index).any(|earlier| earlier == network) {
                return Err(DomainError::new(ErrorCode::RequestMalformed, "A network is named twice.").on(field));
            }
        }
        Ok(Self { wish, settlement_currency, networks })
    }
}

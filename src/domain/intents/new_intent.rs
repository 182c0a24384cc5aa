//! The request to create a payment intent.

use super::metadata::Metadata;
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    money::{Money, currency::Currency},
};
use chrono::{DateTime, Duration, Utc};

/// The longest time that a caller may set for the payment of an intent.
const LIFETIME_MAX: Duration = Duration::days(30);

/// A payment intent to be created, with every value validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIntent {
    pub terms: NewIntentTerms,
    /// The currency that the merchant is credited in.
    pub settlement_currency: Currency,
    /// The networks on which it can be paid; not empty, without duplicates.
    pub networks: Vec<Network>,
    /// What the shop keeps with it.
    pub metadata: Metadata,
}

/// What a new intent asks the customer to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewIntentTerms {
    /// One amount, to be paid before a deadline.
    Transient {
        amount: Money,
        /// Until when it can be paid.
        expiry: Expiry,
        /// The order it is created for; without one it gets its own.
        order: Option<OrderTerms>,
    },
    /// Any amount, repeatedly.
    Continuous { currency: Currency },
}

/// Until when an intent can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// As long as the server's setting says.
    After(Duration),
    /// Until a time that the caller chose.
    At(DateTime<Utc>),
}

impl Expiry {
    /// The time for an intent that is created now. Rejects one that is over, or too far away.
    pub fn time(self, now: DateTime<Utc>) -> Result<DateTime<Utc>, DomainError> {
        match self {
            Self::After(lifetime) => Ok(now + lifetime),
            Self::At(at) if at > now && at <= now + LIFETIME_MAX => Ok(at),
            Self::At(_) => {
                let error = DomainError::new(ErrorCode::ExpiryInvalid, "error-intent-expiry");
                Err(error.with("days", LIFETIME_MAX.num_days()).on(Field::ExpiresOn))
            }
        }
    }
}

/// The order that an intent is created for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderTerms {
    pub number: i64,
    /// The price from which the amount was converted.
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
    /// An intent for one amount.
    pub fn transient(
        amount: Money,
        settlement_currency: Currency,
        networks: Vec<Network>,
        lifetime: Duration,
    ) -> Result<Self, DomainError> {
        let terms = NewIntentTerms::Transient { amount, expiry: Expiry::After(lifetime), order: None };
        Self::new(terms, settlement_currency, networks)
    }

    /// An intent that accepts any amount, repeatedly.
    pub fn continuous(
        currency: Currency,
        settlement_currency: Currency,
        networks: Vec<Network>,
    ) -> Result<Self, DomainError> {
        Self::new(NewIntentTerms::Continuous { currency }, settlement_currency, networks)
    }

    /// Rejects an empty list of networks. Whether the currency can be paid on them depends on the server, so the service
    /// checks it.
    pub fn new(
        terms: NewIntentTerms,
        settlement_currency: Currency,
        networks: Vec<Network>,
    ) -> Result<Self, DomainError> {
        if let NewIntentTerms::Transient { amount, .. } = terms {
            amount.require_positive().map_err(|error| error.on(Field::Amount))?;
        }
        if networks.is_empty() {
            return Err(DomainError::required(Field::PaymentMethods));
        }
        for (index, network) in networks.iter().enumerate() {
            let field = Field::PaymentMethodNetwork(index);
            if networks.iter().take(index).any(|earlier| earlier == network) {
                return Err(DomainError::new(ErrorCode::RequestMalformed, "error-network-twice").on(field));
            }
        }
        Ok(Self { terms, settlement_currency, networks, metadata: Metadata::default() })
    }

    /// The same with what the shop keeps with it.
    #[must_use]
    pub fn with_metadata(self, metadata: Metadata) -> Self {
        Self { metadata, ..self }
    }
}

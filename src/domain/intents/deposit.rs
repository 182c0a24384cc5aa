//! A deposit as a chain reports it.

use super::{
    payment::{PaymentStatus, UnsupportedReason},
    payment_intent::PaymentIntent,
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    money::Money,
};

/// A transfer to a deposit address. Network, transaction, address, position, currency and amount identify it: one transaction
/// can hold several transfers to one address, and pay another amount when it is executed again after a reorganisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    pub network: Network,
    pub transaction_hash: String,
    /// The receiving address, in the same notation as in the payment method.
    pub address: String,
    /// The index of the output in the transaction, or of the log in its receipt. Not the log's index in the block,
    /// which changes when a chain reorganises. Transfers that are in no log have numbers of their own
    /// (`chain::evm::scan`).
    pub position: u32,
    /// The sending address, if the chain shows it.
    pub sender: Option<String>,
    pub amount: Money,
    pub status: PaymentStatus,
}

impl Deposit {
    /// Rejects a deposit in another currency than the intent's, of a zero amount, or to an address that is not one of
    /// the intent's payment methods on that network.
    pub fn require_paid_to(&self, intent: &PaymentIntent) -> Result<(), DomainError> {
        if self.amount.currency() != intent.currency() {
            let error = DomainError::new(ErrorCode::CurrencyMismatch, "error-intent-paid-in");
            return Err(error.with("currency", intent.currency().code()).on(Field::AmountCurrency));
        }
        if self.amount.is_zero() {
            let message = "error-deposit-not-positive";
            return Err(DomainError::new(ErrorCode::AmountNotPositive, message).on(Field::Amount));
        }
        if self.is_to_method_of(intent) {
            return Ok(());
        }
        let error = DomainError::new(ErrorCode::PaymentNotPossible, "error-intent-no-such-address");
        Err(error.with("network", self.network.title()))
    }

    /// Why a deposit that really came to an address of the intent is not what the intent asks for.
    pub fn mistake(&self, intent: &PaymentIntent) -> Option<UnsupportedReason> {
        if !self.is_to_method_of(intent) {
            return Some(UnsupportedReason::WrongNetwork);
        }
        (self.amount.currency() != intent.currency()).then_some(UnsupportedReason::WrongCurrency)
    }

    fn is_to_method_of(&self, intent: &PaymentIntent) -> bool {
        let mut methods = intent.payment_methods.iter();
        methods.any(|method| method.network == self.network && method.address.as_ref() == Some(&self.address))
    }
}

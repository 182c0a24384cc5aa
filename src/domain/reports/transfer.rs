//! Transfers: payments and refunds, which Circle lists together.

use crate::domain::{intents::payment::Payment, refunds::refund::Refund};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// A transfer in either direction.
#[derive(Clone, Debug, PartialEq)]
pub enum Transfer {
    Payment(Box<Payment>),
    Refund(Box<Refund>),
}

impl Transfer {
    pub fn id(&self) -> Uuid {
        match self {
            Self::Payment(payment) => payment.id.0,
            Self::Refund(refund) => refund.id.0,
        }
    }

    /// The payment, if it is one.
    pub fn payment(&self) -> Option<&Payment> {
        match self {
            Self::Payment(payment) => Some(payment),
            Self::Refund(_) => None,
        }
    }
}

/// The direction of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum TransferKind {
    Payment,
    Refund,
}

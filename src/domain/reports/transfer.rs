//! A payment or a refund: Circle lists both as one kind of thing.

use crate::domain::{intents::payment::Payment, refunds::refund::Refund};
use uuid::Uuid;

/// A transfer in either direction.
#[derive(Clone, Debug, PartialEq)]
pub enum Transfer {
    /// In.
    Payment(Box<Payment>),
    /// Out.
    Refund(Box<Refund>),
}

impl Transfer {
    /// Its id.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Payment(payment) => payment.id.0,
            Self::Refund(refund) => refund.id.0,
        }
    }
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferKind {
    /// In.
    Payment,
    /// Out.
    Refund,
}

impl TransferKind {
    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
        }
    }
}

//! Payments.

mod payments;

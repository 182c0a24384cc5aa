//! Payments.

mod deposits;
mod payments;

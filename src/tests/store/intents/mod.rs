//! Payments.

mod deposit_addresses;
mod deposits;
mod payments;

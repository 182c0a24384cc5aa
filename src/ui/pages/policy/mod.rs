//! The refund policy, the currency of the books, and from when on balances are low.

mod house_currency;
mod minimum_balances;
pub mod settings;

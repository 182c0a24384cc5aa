//! The refund policy, and the currency of the books.

mod house_currency;
pub mod settings;

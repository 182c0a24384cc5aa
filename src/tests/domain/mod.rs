//! The domain rules.

mod address;
mod counted;
mod customers;
mod intents;
mod ledger;
mod life_cycles;
mod money;
mod number_format;
mod operations;
mod people;
mod policy;
pub mod refunds;
mod search;
mod stored_names;
mod text;
mod webhooks;

//! The pages, by noun.

pub mod currencies;
pub mod customers;
pub mod docs;
mod history;
pub mod intents;
pub mod mail;
pub mod not_found;
pub mod operations;
pub mod overview;
pub mod people;
pub mod policy;
pub mod quick_start;
pub mod refunds;
pub mod reports;
pub mod search;
pub mod styleguide;
mod waiting;
pub mod webhooks;

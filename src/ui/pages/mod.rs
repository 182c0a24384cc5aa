//! The pages, by noun.

pub mod currencies;
pub mod docs;
pub mod intents;
pub mod mail;
pub mod not_found;
pub mod operations;
pub mod overview;
pub mod people;
pub mod policy;
pub mod refunds;
pub mod reports;
pub mod webhooks;

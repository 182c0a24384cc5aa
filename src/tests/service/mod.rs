//! The services.

mod customers;
mod intents;
mod operations;
mod people;
mod policy;
mod refunds;
mod reports;

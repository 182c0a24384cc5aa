//! Business rules of payment intents and their refunds.
//!
//! Everything here is pure: no async, no I/O, no clock, no randomness. Time and identifiers are passed in, so that
//! rules about dates, expiry and order are tested without waiting, and the same code runs in the browser.

pub mod address;
pub mod address_book;
pub mod counted;
pub mod customers;
pub mod error;
pub mod fingerprint;
pub mod ids;
pub mod intents;
pub mod ledger;
pub mod links;
pub mod mail;
pub mod money;
pub mod names;
pub mod operations;
pub mod paging;
pub mod people;
pub mod policy;
pub mod refunds;
pub mod reports;
pub mod saved_views;
pub mod search;
pub mod text;
pub mod webhooks;

//! Use cases. Every interface (page, server function, REST) builds a typed request and calls a function here with an
//! actor. Permissions are checked here; the API also checks the scope of a key when a route is called.

pub mod address_book;
pub mod customers;
pub mod fingerprint;
pub mod intents;
pub mod ledger;
pub mod mail;
pub mod operations;
pub mod pairs;
pub mod people;
pub mod policy;
pub mod refunds;
pub mod reports;
pub mod saved_views;
pub mod search;
pub mod simulate;
pub mod webhooks;

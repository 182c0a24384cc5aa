//! Use cases. Every interface (page, server function, REST) builds the same typed request and calls the same function
//! here with an actor. Permissions are checked here and nowhere else.

pub mod address_book;
pub mod fingerprint;
pub mod intents;
pub mod ledger;
pub mod mail;
pub mod operations;
pub mod people;
pub mod policy;
pub mod refunds;
pub mod reports;
pub mod simulate;
pub mod webhooks;

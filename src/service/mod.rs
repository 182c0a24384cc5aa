//! Use cases. Every door (page, server function, REST) makes the same typed command and calls the same function here with
//! an actor; this is where permission is asked, and the only place that decides.

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
pub mod webhooks;

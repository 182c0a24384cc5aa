//! Requite: a merchant console and API for crypto payment intents and their refunds.

pub mod domain;

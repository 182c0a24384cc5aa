//! CoinGate's merchant API, version 2: the same paths, parameters, formats and error reasons, so that a client written
//! for CoinGate only changes its base address (<https://developer.coingate.com>, and what its clients really do: docs/coingate.md).
//! Requite's additions are members that such clients ignore.
//!
//! A handler reads its input once into a typed command, calls one service and renders the result; it decides nothing.

pub mod callbacks;
pub mod catalog;
pub mod dialect;
pub mod error;
pub mod ledger_accounts;
pub mod ledger_transactions;
pub mod orders;
pub mod parameters;
pub mod public;
pub mod rates;
pub mod refunds;
pub mod request_schemas;
pub mod responses;
pub mod router;

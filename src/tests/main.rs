//! Every test of the project, in one binary with the same folders as the library.
//!
//! Tests inside [`on_both_engines`] run on SQLite and on PostgreSQL, and end by checking the invariants of the design.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::too_many_lines, reason = "a test that follows one refund from end to end reads better in one piece")]

#[macro_use]
mod support;

mod api;
mod chain;
mod cli;
mod documents;
mod domain;
mod doors;
mod errors;
mod http;
mod languages;
mod layers;
mod rates;
mod service;
mod signer;
mod store;
mod worker;

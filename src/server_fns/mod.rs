//! Server functions, called by forms and islands. Each is a public endpoint under `/do`, builds a typed command and
//! leaves every decision to the service.
//!
//! All forms are plain POSTs that work without JavaScript: the response is a redirect to the next page, or back to the
//! form with a notice. A client that does not accept HTML gets the error as JSON with its status.

pub mod api_keys;
pub mod appearance;
pub mod approval;
pub mod balances;
pub mod confirmation;
pub mod deposits;
pub mod error;
pub mod intents;
pub mod password;
pub mod pay_page;
pub mod payouts;
pub mod policy;
pub mod receipts;
pub mod refund_drafts;
pub mod refunds;
pub mod saved_views;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod statements;
pub mod team;
pub mod transfers;
pub mod unsupported_funds;
pub mod webhooks;

//! The rules of payment intents and their refunds.
//!
//! Everything here is pure: no async, no I/O, no clock, no randomness. Time and identifiers are passed in, so that every
//! rule about days, expiry and order is tested without waiting, and the same code answers in the browser.

pub mod actor;
pub mod address;
pub mod amount_basis;
pub mod api_key;
pub mod approval;
pub mod coingate;
pub mod confirmation;
pub mod currency;
pub mod draft;
pub mod duty;
pub mod ids;
pub mod ledger;
pub mod mail;
pub mod memo;
pub mod money;
pub mod network;
pub mod order;
pub mod paging;
pub mod payee;
pub mod payment;
pub mod payment_intent;
pub mod payment_uri;
pub mod policy;
pub mod quote;
pub mod recipient;
pub mod reconciliation;
pub mod redaction;
pub mod refund;
pub mod refund_rules;
pub mod refusal;
pub mod screening;
pub mod second_factor;
pub mod webhook;

//! Use cases. Every door (page, server function, REST) makes the same typed command and calls the same function here with
//! an actor; this is where permission is asked, and the only place that decides.

pub mod api_key;
pub mod api_log;
pub mod api_rate;
pub mod approval;
pub mod audit;
pub mod balance;
pub mod confirmation;
pub mod draft;
pub mod fingerprint;
pub mod mail;
pub mod notification;
pub mod order;
pub mod pay_page;
pub mod payee;
pub mod payment;
pub mod payment_intent;
pub mod policy;
pub mod quote;
pub mod recipient;
pub mod reconciliation;
pub mod refund;
pub mod screening;
pub mod second_factor;
pub mod session;
pub mod settlement;
pub mod team;
pub mod watchdog;
pub mod webhook;

//! Texts for users: mails, the names of states and choices, what happens next, what was done, and the advice for errors. Every `match` is
//! exhaustive, so that a new value does not compile without its text.

pub mod calendar;
pub mod checks;
pub mod errors;
pub mod facts;
pub mod history;
pub mod intents;
pub mod island_errors;
pub mod mail;
pub mod money;
pub mod networks;
pub mod next_steps;
pub mod numbers;
pub mod payments;
pub mod payouts;
pub mod people;
pub mod policy;
pub mod reconciliation;
pub mod spans;
pub mod success;
pub mod times;
pub mod titles;
pub mod webhooks;

//! Reports over payments and refunds together.

pub mod activity;
pub mod balance;
pub mod house_currency;
pub mod month;
pub mod reconciliation;
pub mod statement;
pub mod transfer;

//! Refunds.

mod approval;
mod confirmation;
mod draft;
mod quote_expiry;
mod recorded;
mod sequences;

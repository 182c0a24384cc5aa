//! Refunds.

mod approval;
mod confirmation;
mod draft;
mod sequences;

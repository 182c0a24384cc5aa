//! Refunds.

mod amount_basis;
pub mod approval;
mod confirmation;
mod draft;
mod quote;

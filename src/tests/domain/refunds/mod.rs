//! Refunds.

mod amount_basis;
mod approval;
mod confirmation;
mod draft;
mod quote;

//! Refunds.

pub mod approval;
mod confirmation;
pub mod customer_confirmation;
pub mod detail;
pub mod list;
pub mod transfer;
pub mod wizard;

//! Refunds: what is asked for, on which terms, and what becomes of it.

pub mod amount_basis;
pub mod approval;
pub mod confirmation;
pub mod draft;
pub mod new_refund;
pub mod payee;
pub mod progress;
pub mod quote;
pub mod refund;
pub mod refund_sort;

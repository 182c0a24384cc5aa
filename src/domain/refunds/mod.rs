//! Refunds: requests, quotes, approvals, confirmations and status.

pub mod amount_basis;
pub mod approval;
pub mod confirmation;
pub mod draft;
pub mod new_refund;
pub mod payee;
pub mod progress;
pub mod quote;
pub mod reconciliation;
pub mod refund;
pub mod refund_sort;
pub mod transfer;
pub mod warning;

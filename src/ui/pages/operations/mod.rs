//! The audit log and the API log.

pub mod api_log;
pub mod audit;
pub mod books;
mod lost_deposits;
pub mod networks;
mod payout_reconciliation;
pub mod payouts;

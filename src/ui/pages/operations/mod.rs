//! The audit log and the API log.

pub mod api_log;
pub mod audit;
mod lost_deposits;
pub mod networks;
mod payout_reconciliation;
pub mod payouts;

//! The audit log and the API log.

pub mod api_log;
pub mod audit;
pub mod books;
pub mod payouts;

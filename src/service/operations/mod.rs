//! The audit log, the API log, overdue states, the state of the server and its settings, and payouts on real networks.

pub mod addresses;
pub mod api_log;
pub mod audit;
pub mod books;
pub mod health;
pub mod history;
pub mod lost_deposits;
pub mod networks;
pub mod payout_accounts;
pub mod payout_status;
pub mod payouts;
pub mod removed_blocks;
pub mod server_settings;
pub mod watchdog;
pub mod whole_server;

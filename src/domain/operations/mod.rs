//! Overdue states, settings that differ between servers, what accounts that pay do, what moved at our own addresses, notices,
//! and redaction of logs.

pub mod books;
pub mod networks;
pub mod notice;
pub mod payout_activity;
pub mod redaction;
pub mod server_settings;
pub mod watchdog;

//! The audit log and overdue states.

mod audit;
mod history;
mod payout_accounts;
mod watchdog;

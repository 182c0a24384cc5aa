//! The API log, the audit log and what it says of one intent, the watchdog for overdue states, the check of the invariants, the state of the server, the
//! settings of servers that share the database, and what it is for.

pub mod api_log;
pub mod audit;
pub mod check;
mod check_books;
mod check_chains;
mod check_entries;
mod check_months;
mod check_transfers;
pub mod health;
pub mod history;
pub mod installation;
pub mod server_settings;
pub mod watchdog;

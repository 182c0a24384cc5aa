//! The audit log and overdue states.

mod audit;
mod history;
mod watchdog;

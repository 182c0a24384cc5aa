//! The audit log and overdue states.

mod audit;
mod watchdog;

//! Use cases.

mod api_key;
mod approval;
mod audit;
mod confirmation;
mod continuous;
mod draft;
mod policy;
mod reconciliation;
mod roles;
mod screening;
mod second_factor;
mod sequences;
mod session;
mod watchdog;

//! The rules.

mod address;
mod draft;
mod ledger;
mod life_cycles;
mod money;
mod quote;

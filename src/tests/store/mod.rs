//! The store's contract, the same on both engines.

mod audit;
mod check;
mod guards;
mod lists;
mod migrations;
mod payments;
mod refunds;

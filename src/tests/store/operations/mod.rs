//! The check of invariants.

mod check;
mod installation;

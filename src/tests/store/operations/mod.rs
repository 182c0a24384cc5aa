//! The check of invariants.

mod check;

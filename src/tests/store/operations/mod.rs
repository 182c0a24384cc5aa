//! The check of invariants, and what is read of the history.

mod check;
mod history;
mod installation;

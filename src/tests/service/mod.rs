//! Use cases.

mod draft;
mod session;

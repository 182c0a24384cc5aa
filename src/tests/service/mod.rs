//! Use cases.

mod approval;
mod draft;
mod policy;
mod roles;
mod screening;
mod session;

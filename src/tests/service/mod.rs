//! Use cases.

mod approval;
mod draft;
mod policy;
mod roles;
mod session;

//! Reading requests: one kit for every surface. What is wrong with a request is collected as [`problems::Problems`], so that
//! all of it is named at once, and each surface answers it in its own shape.

pub mod access;
pub mod base_address;
pub mod body;
pub mod caller;
pub mod dialect;
pub mod exceptions;
pub mod field_names;
pub mod filters;
pub mod form;
pub mod idempotency;
pub mod member;
pub mod paging;
pub mod path;
pub mod payee;
pub mod problems;
pub mod reader;

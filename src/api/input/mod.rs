//! Reads requests for all surfaces. Errors are collected in [`problems::Problems`], so that all are reported at once;
//! each surface renders them.

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
pub mod json;
pub mod member;
pub mod metadata;
pub mod months;
pub mod paging;
pub mod path;
pub mod payee;
pub mod problems;
pub mod reader;
pub mod unknown;

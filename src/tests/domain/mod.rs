//! The rules.

mod address;

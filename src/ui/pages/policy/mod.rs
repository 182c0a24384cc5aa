//! The refund policy.

pub mod settings;

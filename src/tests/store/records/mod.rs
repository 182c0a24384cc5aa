//! The audit chain.

mod audit;

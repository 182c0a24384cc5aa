//! Tables that stand in for a chain.

pub mod sandbox;

//! Ethereum and the networks like it: Base, Arbitrum, Optimism, Polygon, Avalanche.

pub mod addresses;
pub mod heights;
pub mod nodes;
pub mod rpc;
pub mod scan;
pub mod traces;

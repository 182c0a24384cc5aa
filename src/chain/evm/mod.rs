//! Ethereum and the networks like it.

pub mod rpc;

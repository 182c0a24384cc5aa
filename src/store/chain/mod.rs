//! What the server knows of the chains: how far each network was followed, the transfers to deposit addresses there, what
//! else moved at our own addresses, and the sums of both; and a table that stands in for a chain.

pub mod books;
pub mod cursors;
mod deposit_problems;
mod deposit_queries;
pub mod deposits;
pub mod lost_deposits;
pub mod movements;
pub mod network_states;
mod removed_blocks;
pub mod sandbox;
mod seen_transfers;
mod taking_back;
pub mod untraced;
mod watched;

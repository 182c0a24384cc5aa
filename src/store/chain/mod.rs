//! What the server knows of the chains: how far each network was followed, and the transfers to deposit addresses there;
//! and a table that stands in for a chain.

pub mod cursors;
mod deposit_queries;
pub mod deposits;
pub mod lost_deposits;
pub mod network_states;
pub mod sandbox;
mod taking_back;

//! Webhook endpoints and the queue of their deliveries.

pub mod deliveries;
pub mod endpoints;
pub mod outcomes;
pub mod queue;
pub mod sent;

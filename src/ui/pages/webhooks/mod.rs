//! Webhook endpoints, and the log of what was sent to them.

pub mod deliveries;
pub mod delivery;
pub mod endpoint;
pub mod endpoints;
pub mod form;
pub mod registered;

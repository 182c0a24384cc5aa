//! What neither Circle nor CoinGate has: refunds as a resource of their own, what one would do, and deciding on those that
//! wait. Requite's own shapes; errors are problem documents (RFC 9457).

pub mod decisions;
pub mod problem;
pub mod refunds;
pub mod request_bodies;
pub mod requests;
pub mod router;
pub mod shapes;

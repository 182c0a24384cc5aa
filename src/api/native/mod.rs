//! Requite's own surface, for what neither Circle nor CoinGate has: refunds as a resource of their own with previews
//! and approvals, quotes, statements, and webhooks. Errors are problem documents (RFC 9457).

pub mod approvals;
pub mod dialect;
pub mod problem;
pub mod quotes;
pub mod refund_preview;
pub mod refund_responses;
pub mod refunds;
pub mod requests;
pub mod router;
pub mod statements;
mod transfer_response;
pub mod webhook_deliveries;
pub mod webhook_endpoints;
pub mod webhook_requests;
pub mod webhook_responses;

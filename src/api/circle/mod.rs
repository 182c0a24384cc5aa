//! Circle's crypto payments API: the same paths, members, formats and codes, so that a client written for Circle only
//! changes its base address (<https://developers.circle.com/api-reference/circle-mint>, and docs/circle.md). Requite's additions are members named `requite` and `requiteCode`, which such clients ignore.
//!
//! A handler reads its input once into a typed command, calls one service and renders the result; it decides nothing.

pub mod balances;
pub mod configuration;
pub mod dialect;
pub mod error;
pub mod mock_requests;
pub mod mocks;
pub mod payee_requests;
pub mod payment_intents;
pub mod payments;
pub mod recipients;
pub mod refunds;
pub mod requests;
pub mod router;
pub mod strict;
pub mod subscriptions;

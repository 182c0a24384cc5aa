//! Payment intents, the shop orders that they belong to, and payments.

pub mod credit_rule;
pub mod deposit;
pub mod metadata;
pub mod new_intent;
pub mod order;
pub mod payment;
pub mod payment_intent;
pub mod payment_progress;
pub mod payment_uri;

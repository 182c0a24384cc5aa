//! Payment intents: what a customer was asked to pay, in which order of a shop, and what was paid.

pub mod new_intent;
pub mod order;
pub mod payment;
pub mod payment_intent;
pub mod payment_uri;

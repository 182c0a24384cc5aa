//! Payment intents.

mod metadata;
mod payment_uri;

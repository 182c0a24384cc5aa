//! Payment intents.

mod payment_uri;

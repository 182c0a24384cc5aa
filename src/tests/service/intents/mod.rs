//! Payment intents.

mod continuous;

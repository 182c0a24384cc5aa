//! Payment intents.

mod continuous;
mod repeated;

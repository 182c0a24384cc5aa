//! Removing private data from logs.

mod redaction;

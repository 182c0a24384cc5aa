//! What pages and forms stand on: sessions, notices, forms, list queries and embedded files.

pub mod embedded_files;
pub mod filters;
pub mod forms;
pub mod notice;
pub mod session;

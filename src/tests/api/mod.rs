//! The REST API, through the whole router.

mod circle;
mod coingate;
mod error_statuses;
mod field_names;
mod keys;
mod log;
mod native;
mod openapi;
mod timeout;

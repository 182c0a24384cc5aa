//! The REST API, through the whole router.

mod circle;
mod coingate;
mod keys;
mod log;
mod native;
mod openapi;

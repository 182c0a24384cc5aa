//! Pieces that pages are put together from: values in, HTML out, nothing fetched.

pub mod address;
pub mod code_field;
pub mod empty;
pub mod facts;
pub mod field;
pub mod list;
pub mod notice;
pub mod pagination;
pub mod qr;
pub mod status;
pub mod time;

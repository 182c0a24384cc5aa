//! The formats of other vendors' APIs, as their clients expect them. Nothing here knows HTTP or the database.

pub mod circle;
pub mod coingate;
pub mod schema;

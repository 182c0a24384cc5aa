//! The formats of other vendors' APIs, as their clients read and write them. Nothing here knows HTTP or the database.

pub mod circle;
pub mod coingate;
pub mod schema;

//! The formats of other vendors' APIs, as their clients expect them. Nothing here knows HTTP or the database.

pub mod circle;
pub mod coingate;
pub mod schema;

use serde::Serialize;

/// The envelope of every successful response below `/v1`.
#[derive(Serialize)]
pub struct Data<T> {
    pub data: T,
}

//! The envelope of every successful response below `/v1`: `{"data": …}`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Builds a response with its content in `data`.
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Data<T> {
        data: T,
    }
    (status, Json(Data { data })).into_response()
}

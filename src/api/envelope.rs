//! `{"data": …}`, around every success below `/v1`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// An answer with its content inside of `data`.
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Data<T> {
        data: T,
    }
    (status, Json(Data { data })).into_response()
}

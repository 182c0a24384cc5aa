//! Files that are refused. Who asks for one is a person with a browser, so the reason is told in their language, whereas the
//! files themselves are for programs too.

use crate::{
    domain::error::{DomainError, ErrorCode},
    error::Error,
    languages::Language,
    texts::errors::{next_step, sentence},
    web::plain_text::plain_text,
};
use axum::{
    extract::{FromRequestParts, Request},
    http::request::Parts,
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::FromServerFnError;
use serde::de::DeserializeOwned;

/// Why there is no file. It is in the response that it becomes, where [`tell`] finds it.
#[derive(Clone)]
pub struct RefusedFile(DomainError);

impl IntoResponse for RefusedFile {
    fn into_response(self) -> Response {
        let mut response = self.0.status_code().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The response instead of a file.
pub(super) fn refused(error: Error) -> Response {
    RefusedFile(error.into_domain_error()).into_response()
}

/// Writes why a file was refused. The handlers of files thus need not know who reads it.
pub(super) async fn tell(language: Language, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<RefusedFile>() {
        Some(RefusedFile(error)) => {
            let words = format!("{} {}", sentence(language, &error), next_step(language, error.code));
            plain_text(language, error.status_code(), &words)
        }
        None => response,
    }
}

/// The query of a file. The page of a list ignores one that it cannot read; a file would then have everything, which nobody
/// asked for.
pub struct FileQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for FileQuery<T> {
    type Rejection = RefusedFile;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, RefusedFile> {
        let query = parts.uri.query().unwrap_or_default();
        let malformed = |_| RefusedFile(DomainError::new(ErrorCode::FilterInvalid, "error-file-address"));
        serde_urlencoded::from_str(query).map(Self).map_err(malformed)
    }
}

//! The address of this server as its caller knows it, for links in answers.

use crate::state::Requite;
use axum::http::{HeaderMap, header::HOST, uri::Authority};

/// The address of something on this server: absolute where that is known, as Circle's links are.
pub fn of(requite: &Requite, headers: &HeaderMap, path: &str) -> String {
    origin(requite, headers).map_or_else(|| path.to_owned(), |origin| format!("{origin}{path}"))
}

/// The address of this server, when it is known.
pub fn origin(requite: &Requite, headers: &HeaderMap) -> Option<String> {
    let host = || headers.get(HOST)?.to_str().ok()?.parse::<Authority>().ok();
    requite.settings.public_url.clone().or_else(|| host().map(|host| format!("http://{host}")))
}

//! The base URL of this server as its caller knows it, for links in responses.

use crate::state::Requite;
use axum::http::{HeaderMap, header::HOST, uri::Authority};

/// The URL of a path on this server: absolute, as in Circle's links, if the base URL is known.
pub fn of(requite: &Requite, headers: &HeaderMap, path: &str) -> String {
    origin(requite, headers).map_or_else(|| path.to_owned(), |origin| format!("{origin}{path}"))
}

/// The base URL of this server, if it is known.
pub fn origin(requite: &Requite, headers: &HeaderMap) -> Option<String> {
    let host = || headers.get(HOST)?.to_str().ok()?.parse::<Authority>().ok();
    requite.settings.public_url.clone().or_else(|| host().map(|host| format!("http://{host}")))
}

//! The files of the site (script, wasm, style, typeface, icons), embedded in the executable, so that it can be deployed as one
//! file.

use super::entity_tag;
use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::config::LeptosOptions;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::sync::LazyLock;

/// The output of `scripts/bundle.sh`. In a debug build the files are read from disk at every request.
#[derive(RustEmbed)]
#[folder = "target/site/"]
#[allow_missing = true]
struct Site;

/// `requite-<hash of the content>`: names change with the content, so browsers may keep the files for ever.
static OUTPUT_NAME: LazyLock<String> = LazyLock::new(|| {
    let script = Site::iter().find_map(|path| path.strip_prefix("pkg/")?.strip_suffix(".js").map(str::to_owned));
    script.unwrap_or_else(|| {
        tracing::warn!(
            "the site was not bundled: pages have no style and no scripts; run 'make bundle' and build again"
        );
        "requite".to_owned()
    })
});

/// The options with which Leptos names the files in a page.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name(OUTPUT_NAME.as_str()).site_pkg_dir("pkg").build()
}

/// The path of the style sheet.
pub fn stylesheet() -> String {
    format!("/pkg/{}.css", *OUTPUT_NAME)
}

/// The path of the file with the icons.
pub fn icons() -> String {
    format!("/pkg/{}.svg", *OUTPUT_NAME)
}

/// The path of the licences of typeface and icons.
pub fn licences() -> String {
    format!("/pkg/{}.txt", *OUTPUT_NAME)
}

/// The path of the typeface, without the part for rare letters; `None` if the site was not bundled.
pub fn typeface() -> Option<&'static str> {
    static PATH: LazyLock<Option<String>> = LazyLock::new(|| {
        let is_typeface = |path: &str| {
            path.strip_prefix("pkg/geist-").is_some_and(|rest| rest.ends_with(".woff2") && !rest.starts_with("ext-"))
        };
        Site::iter().find(|path| is_typeface(path)).map(|path| format!("/{path}"))
    });
    PATH.as_deref()
}

/// The routes of the files.
pub fn router() -> Router {
    Router::new()
        .route(
            "/pkg/{file}",
            get(|Path(file): Path<String>, headers: HeaderMap| async move { package_file(&file, &headers) }),
        )
        .route("/favicon.svg", get(|headers: HeaderMap| async move { public_file("favicon.svg", &headers) }))
        .route("/robots.txt", get(|headers: HeaderMap| async move { public_file("robots.txt", &headers) }))
}

fn package_file(file: &str, headers: &HeaderMap) -> Response {
    serve(&format!("pkg/{file}"), headers, HeaderValue::from_static("public, max-age=31536000, immutable"))
}

fn public_file(file: &str, headers: &HeaderMap) -> Response {
    serve(file, headers, HeaderValue::from_static("public, max-age=3600"))
}

fn serve(path: &str, headers: &HeaderMap, cache: HeaderValue) -> Response {
    let Some(plain) = Site::get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = tag_of(&plain);
    if entity_tag::is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, cache)]).into_response();
    }
    let accepts_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| accepted.split(',').any(|coding| coding.trim().split(';').next() == Some("br")));
    // Compressed when bundled, with the highest quality. Clients without brotli get what the router's layer compresses.
    let compressed = if accepts_brotli { Site::get(&format!("{path}.br")) } else { None };
    let encoded = compressed.is_some();
    let mut response = Body::from(compressed.unwrap_or(plain).data.into_owned()).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    out.insert(header::CACHE_CONTROL, cache);
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::ETAG, tag);
    if encoded {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn tag_of(file: &EmbeddedFile) -> HeaderValue {
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    entity_tag::of_hash(&hash)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

//! Moments. The server writes UTC; the browser turns it into the reader's own time and keeps UTC as the title.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;

/// A moment as people read it: `23 Nov 2026, 08:15 UTC`.
pub fn text(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// A moment as programs read it.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// A moment on a page.
#[component]
pub fn Time(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! {
        <time datetime=machine(at) data-local="">{text(at)}</time>
    }
}

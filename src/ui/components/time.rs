//! Times. The server writes UTC; a script replaces it by the reader's local time and keeps UTC as the title.

use crate::web::time;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// A time on a page.
#[component]
pub fn Time(at: DateTime<Utc>) -> impl IntoView {
    view! {
        <time datetime=time::iso_8601(at) data-local="">{time::text(at)}</time>
    }
}

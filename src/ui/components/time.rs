//! Times. The server writes UTC; the browser turns it into the reader's own time and keeps UTC as the title.

use crate::web::time;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// A time on a page.
#[component]
pub fn Time(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! {
        <time datetime=time::machine(at) data-local="">{time::text(at)}</time>
    }
}

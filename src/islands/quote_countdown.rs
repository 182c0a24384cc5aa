//! A countdown to the expiry of a quote.

use super::passed_texts::passed_texts;
use leptos::prelude::*;
use std::time::Duration;

/// Counts down the seconds of a quote. Without JavaScript it shows the time of expiry.
#[island]
pub fn QuoteCountdown(
    /// The time of expiry, in milliseconds since 1970.
    expires_at: i64,
    /// Its texts: until when the quote holds; for how many more seconds, as what is before and after their number; the
    /// same for a single second; that it has expired and can be renewed; that it has expired, for screen readers.
    texts: Vec<String>,
) -> impl IntoView {
    let [until, before, after, one_second, over, expired]: [String; 6] = passed_texts(texts);
    let left = RwSignal::new(None::<i64>);
    Effect::new(move |_| {
        left.set(Some(seconds_left(expires_at)));
        let handle = set_interval(move || left.set(Some(seconds_left(expires_at))), Duration::from_millis(500));
        if let Ok(handle) = handle {
            on_cleanup(move || handle.clear());
        }
    });
    let text = move || match left.get() {
        None => until.clone(),
        Some(0) => over.clone(),
        Some(1) => one_second.clone(),
        Some(seconds) => format!("{before}{seconds}{after}"),
    };
    // Screen readers announce the expiry once, not every second.
    view! {
        <span class="countdown" data-state=move || if left.get() == Some(0) { "expired" } else { "current" }>
            {text}
            <span class="visually-hidden" role="status">
                {move || (left.get() == Some(0)).then(|| expired.clone())}
            </span>
        </span>
    }
}

/// Returns the whole seconds until `end`, rounded up; zero after it.
fn seconds_left(end: i64) -> i64 {
    // JavaScript numbers are floats, and `as` and float arithmetic are denied by clippy, so the number is converted as
    // text. It is exact: whole numbers up to 2^53 are.
    let text = js_sys::Date::now().to_string();
    let now: i64 = text.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(end);
    (end - now).max(0).div_euclid(1000) + i64::from((end - now).max(0).rem_euclid(1000) > 0)
}

//! A countdown to the expiry of a quote.

use crate::domain::counted::counted;
use leptos::prelude::*;
use std::time::Duration;

/// Counts down the seconds of a quote. Without JavaScript it shows the time of expiry.
#[island]
pub fn QuoteCountdown(
    /// The beginning of the sentence: what expires.
    what: String,
    /// The time of expiry, in milliseconds since 1970.
    expires_at: i64,
    /// The time of expiry as shown without JavaScript.
    until: String,
) -> impl IntoView {
    let left = RwSignal::new(None::<i64>);
    Effect::new(move |_| {
        left.set(Some(seconds_left(expires_at)));
        let handle = set_interval(move || left.set(Some(seconds_left(expires_at))), Duration::from_millis(500));
        if let Ok(handle) = handle {
            on_cleanup(move || handle.clear());
        }
    });
    let expired = format!("{what} has expired.");
    let text = move || match left.get() {
        None => format!("{what} holds until {until}."),
        Some(0) => format!("{what} has expired; get a new one below."),
        Some(seconds) => format!("{what} holds for {}.", counted(seconds, "more second")),
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

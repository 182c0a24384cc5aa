//! How long a rate still holds.

use leptos::prelude::*;
use std::time::Duration;

/// Counts the seconds of a quote down. Without JavaScript it says until when the rate holds.
#[island]
pub fn QuoteCountdown(
    /// The end, in milliseconds since 1970.
    expires_at: i64,
    /// The same as people read it without JavaScript.
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
    let text = move || match left.get() {
        None => format!("holds until {until}"),
        Some(0) => "has expired; get a new one below".to_owned(),
        Some(1) => "holds for 1 more second".to_owned(),
        Some(seconds) => format!("holds for {seconds} more seconds"),
    };
    // Read out once when it ends, not every second.
    view! {
        <span class="countdown" data-state=move || if left.get() == Some(0) { "expired" } else { "current" }>
            {text}
            <span class="visually-hidden" role="status">
                {move || (left.get() == Some(0)).then_some("The rate has expired.")}
            </span>
        </span>
    }
}

/// Whole seconds until `end`, rounded up; zero afterwards.
fn seconds_left(end: i64) -> i64 {
    // The browser's clock counts milliseconds as a float that holds whole numbers far beyond any date.
    let text = js_sys::Date::now().to_string();
    let now: i64 = text.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(end);
    (end - now).max(0).div_euclid(1000) + i64::from((end - now).max(0).rem_euclid(1000) > 0)
}

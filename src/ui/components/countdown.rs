//! How long a quote holds.

use crate::{islands::quote_countdown::QuoteCountdown, languages::Language, web::time};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// What of a quote expires: its rate, or without a conversion its network fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiring {
    Rate,
    NetworkFee,
}

/// How long it holds, counted down to the second. The form that renews it is below. The time of expiry is in UTC: it is shown
/// without a script only, and then no script rewrites it for the reader either.
pub fn countdown(language: Language, what: Expiring, expires_at: DateTime<Utc>) -> AnyView {
    let [until, seconds, over, expired] = match what {
        Expiring::Rate => ["wizard-rate-until", "wizard-rate-seconds", "wizard-rate-over", "wizard-rate-expired"],
        Expiring::NetworkFee => ["wizard-fee-until", "wizard-fee-seconds", "wizard-fee-over", "wizard-fee-expired"],
    };
    let until = language.with(until, [("until", time::in_language(language, expires_at, false))]);
    let (before, after) = language.around(seconds, "seconds");
    let one_second = language.with(seconds, [("seconds", 1_u64)]);
    let texts = vec![until, before, after, one_second, language.text(over), language.text(expired)];
    let expires_at = expires_at.timestamp_millis();
    view! { <p class="hint"><QuoteCountdown expires_at texts /></p> }.into_any()
}

//! What the refund policy says.

use super::amounts::in_currency;
use crate::{
    domain::policy::{CoolDown, WindowStart},
    languages::Language,
};
use chrono::Duration;

/// The units of windows and waits in seconds, the longest first, with the ids of their texts.
const UNITS: [(i64, &str); 3] = [(86_400, "policy-days"), (3_600, "policy-hours"), (60, "policy-minutes")];

/// A window or a wait, in the largest unit that divides it: `30 days`.
pub fn span(language: Language, span: Duration) -> String {
    let seconds = span.num_seconds();
    let unit = UNITS.into_iter().find(|(unit, _)| seconds % unit == 0 && seconds >= *unit);
    let (id, count) = unit.map_or(("policy-seconds", seconds), |(unit, id)| (id, seconds / unit));
    language.with(id, [("count", count)])
}

/// How long intents can be refunded, and from when that is counted.
pub fn window(language: Language, window: Duration, start: WindowStart) -> String {
    let values = [("span", span(language, window))];
    match start {
        WindowStart::Creation => language.with("policy-window-creation", values),
        WindowStart::Expiry => language.with("policy-window-expiry", values),
    }
}

/// The wait before refunds to a new address, and the amount from which it is needed.
pub fn cool_down(language: Language, cool_down: CoolDown) -> String {
    let wait = span(language, cool_down.wait);
    if cool_down.from.is_zero() {
        return wait;
    }
    language.with("policy-wait-from", [("span", wait), ("amount", in_currency(language, cool_down.from))])
}

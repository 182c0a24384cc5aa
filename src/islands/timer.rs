//! Timers.

use leptos::prelude::set_timeout;
use std::time::Duration;

/// Runs `then` after `wait`. A timer cannot be set only while the page is being closed, so that error is ignored.
pub fn after(wait: Duration, then: impl FnOnce() + 'static) {
    let _ = set_timeout(then, wait);
}

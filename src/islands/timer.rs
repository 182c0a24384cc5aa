//! Doing something a little later.

use leptos::prelude::set_timeout;
use std::time::Duration;

/// Runs `then` after a while. A browser that cannot wait any more is closing the page, and then it does not matter.
pub fn after(wait: Duration, then: impl FnOnce() + 'static) {
    let _ = set_timeout(then, wait);
}

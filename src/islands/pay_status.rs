//! The payment page of an order, which updates by itself.

use super::{passed_texts::passed_texts, timer::after};
use crate::server_fns::pay_page::pay_status;
use leptos::prelude::*;
use std::time::Duration;

/// How often the status is requested.
const INTERVAL: Duration = Duration::from_secs(3);

/// The ids of its texts.
pub const TEXTS: [&str; 3] = ["pay-status-unreachable", "pay-status-live", "pay-status-check"];

/// Reloads the page when the order's status has changed. Without JavaScript there is a link that does so.
#[island]
pub fn PayStatus(
    /// The id in the page's link.
    page: String,
    /// The status that the page shows, as of when it was rendered.
    shown: String,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    let [trying_again, live, check]: [String; TEXTS.len()] = passed_texts(texts);
    let alive = RwSignal::new(false);
    let unreachable = RwSignal::new(false);
    let here = format!("/pay/{page}");
    Effect::new(move |_| {
        alive.set(true);
        poll_status(page.clone(), shown.clone(), unreachable);
    });
    view! {
        <p class="hint" aria-live="polite">
            {move || match (alive.get(), unreachable.get()) {
                (false, _) => String::new(),
                (true, true) => trying_again.clone(),
                (true, false) => live.clone(),
            }}
        </p>
        <p hidden=move || alive.get()>
            <a class="button" href=here>{check}</a>
        </p>
    }
}

fn poll_status(page: String, shown: String, unreachable: RwSignal<bool>) {
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let answer = pay_status(page.clone()).await;
            unreachable.set(answer.is_err());
            if answer.is_ok_and(|status| status != shown) {
                // If the browser cannot reload the page, the old one stays.
                let _ = window().location().reload();
                return;
            }
            poll_status(page, shown, unreachable);
        });
    });
}

//! An order's page that notices by itself when something happened.

use super::timer::after;
use crate::server_fns::pay_page::pay_status;
use leptos::prelude::*;
use std::time::Duration;

/// How often it is asked where the order stands.
const INTERVAL: Duration = Duration::from_secs(3);

/// Loads the page again when the order stands elsewhere. Without JavaScript there is a link that does.
#[island]
pub fn PayStatus(
    /// The page's id.
    page: String,
    /// What the page shows: where the order stood when it was made.
    shown: String,
) -> impl IntoView {
    let alive = RwSignal::new(false);
    let unreachable = RwSignal::new(false);
    let here = format!("/pay/{page}");
    Effect::new(move |_| {
        alive.set(true);
        watch(page.clone(), shown.clone(), unreachable);
    });
    view! {
        <p class="hint" aria-live="polite">
            {move || match (alive.get(), unreachable.get()) {
                (false, _) => "",
                (true, true) => "The server cannot be reached at the moment; trying again.",
                (true, false) => "This page changes by itself as soon as the payment is seen.",
            }}
        </p>
        <p hidden=move || alive.get()>
            <a class="button" href=here>"Check again"</a>
        </p>
    }
}

fn watch(page: String, shown: String, unreachable: RwSignal<bool>) {
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let answer = pay_status(page.clone()).await;
            unreachable.set(answer.is_err());
            if answer.is_ok_and(|status| status != shown) {
                // A browser that cannot load its own page again leaves the person with what there was.
                let _ = window().location().reload();
                return;
            }
            watch(page, shown, unreachable);
        });
    });
}

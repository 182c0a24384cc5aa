//! Copies a text, and says so.

use super::timer::after;
use leptos::prelude::*;
use std::time::Duration;

/// A button that puts `text` on the clipboard. Hidden until it can work.
#[island]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// What it is, for people who do not see the page: `address`, `transaction`.
    what: String,
) -> impl IntoView {
    button(&what, move || Some(text.clone()))
}

/// The same for a secret. What an island is given is written into the page beside it, so it is told where the secret is
/// shown, not what it is.
#[island]
pub fn CopySecret(
    /// The id of the element that shows it.
    of: String,
    /// What it is, for people who do not see the page.
    what: String,
) -> impl IntoView {
    button(&what, move || document().get_element_by_id(&of)?.text_content())
}

fn button(what: &str, text: impl Fn() -> Option<String> + 'static) -> AnyView {
    let copied = RwSignal::new(false);
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let label = format!("Copy {what}");
    let copy = move |_| {
        let Some(text) = text() else { return };
        let written = window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
                copied.set(true);
                after(Duration::from_secs(2), move || copied.set(false));
            }
        });
    };
    view! {
        <button type="button" class="copy" aria-label=label hidden=move || !alive.get() on:click=copy>
            {move || if copied.get() { "Copied" } else { "Copy" }}
        </button>
    }
    .into_any()
}

//! Buttons that copy a text and confirm it.

use super::timer::after;
use leptos::prelude::*;
use std::time::Duration;

/// A button that copies `text` to the clipboard. It is hidden until its script runs.
#[island]
pub fn CopyButton(
    text: String,
    /// What the text is, for screen readers, such as `address` or `transaction`.
    what: String,
) -> impl IntoView {
    button(&what, move || Some(text.clone()))
}

/// The same for a secret. Islands' arguments are written into the page, so this one gets the id of the element that
/// shows the secret, not the secret itself, which would then be in the page twice.
#[island]
pub fn CopySecret(
    /// The id of the element that shows the secret.
    of: String,
    /// What the text is, for screen readers.
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

//! Buttons that copy a text and confirm it.

use super::{passed_texts::passed_texts, timer::after};
use leptos::prelude::*;
use std::time::Duration;

/// The ids of its texts, except of its name for screen readers, which comes first.
pub const TEXTS: [&str; 2] = ["copy", "copy-done"];

/// A button that copies `text` to the clipboard. It is hidden until its script runs.
#[island]
pub fn CopyButton(
    text: String,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    button(texts, move || Some(text.clone()))
}

/// The same for what an element of the page shows. Islands' arguments are written into the page, so a secret or a long text
/// would be in it twice.
#[island]
pub fn CopyShown(
    /// The id of the element.
    of: String,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    button(texts, move || document().get_element_by_id(&of)?.text_content())
}

fn button(texts: Vec<String>, text: impl Fn() -> Option<String> + 'static) -> AnyView {
    let [name, copy, done]: [String; TEXTS.len() + 1] = passed_texts(texts);
    let copied = RwSignal::new(false);
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let click = move |_| {
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
        <button
            type="button"
            class="copy"
            aria-label=name
            hidden=move || !alive.get()
            data-copied=move || copied.get()
            on:click=click
        >
            {move || if copied.get() { done.clone() } else { copy.clone() }}
        </button>
    }
    .into_any()
}

//! Input that was made before hydration.

use leptos::{html::Input, prelude::*};

/// Calls `take` after hydration with the field's current state. On a slow connection people type before that, and
/// browsers restore fields when a page is reloaded; an island that started from the server's values would overwrite the
/// input or show advice about another value.
pub fn adopt_input(field: NodeRef<Input>, take: impl Fn(&web_sys::HtmlInputElement) + 'static) {
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            take(&field);
        }
    });
}

/// Takes over the text of a field if it differs from what the server sent.
pub fn adopt_text(field: NodeRef<Input>, typed: RwSignal<String>, touched: RwSignal<bool>) {
    adopt_input(field, move |field| {
        let text = field.value();
        if text != typed.get_untracked() {
            touched.set(true);
            typed.set(text);
        }
    });
}

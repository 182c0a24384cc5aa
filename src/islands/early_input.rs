//! What a person typed or chose before the page was awake.

use leptos::{html::Input, prelude::*};

/// Calls `take` once the page is awake, with the field as it is then. On a slow line people have typed before, and browsers
/// put back what was in a field when a page is loaded again; an island that started from what the server sent would forget
/// it or show advice about something else.
pub fn take_over(field: NodeRef<Input>, take: impl Fn(&web_sys::HtmlInputElement) + 'static) {
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            take(&field);
        }
    });
}

/// Takes over the text of a field, when it is not what the server sent.
pub fn take_over_text(field: NodeRef<Input>, typed: RwSignal<String>, touched: RwSignal<bool>) {
    take_over(field, move |field| {
        let text = field.value();
        if text != typed.get_untracked() {
            touched.set(true);
            typed.set(text);
        }
    });
}

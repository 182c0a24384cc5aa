//! A button that sends its form once.

use super::timer::after;
use leptos::prelude::*;
use std::time::Duration;

/// Sends the form around it, once: a second click does nothing. The server would make one refund of two clicks anyway; this
/// spares people the doubt.
#[island]
pub fn SubmitButton(
    /// What it says.
    label: String,
    /// What it says while the form is on its way.
    busy: String,
) -> impl IntoView {
    let sent = RwSignal::new(false);
    let click = move |event: leptos::ev::MouseEvent| {
        let form_is_valid =
            event_target::<web_sys::HtmlButtonElement>(&event).form().is_none_or(|form| form.check_validity());
        if sent.get_untracked() {
            event.prevent_default();
        } else if form_is_valid {
            sent.set(true);
            // When the answer does not come, for example without a connection, it can be tried again.
            after(Duration::from_secs(8), move || sent.set(false));
        }
    };
    view! {
        <button type="submit" class="button" data-kind="primary" aria-disabled=move || sent.get().to_string() on:click=click>
            {move || if sent.get() { busy.clone() } else { label.clone() }}
        </button>
    }
}

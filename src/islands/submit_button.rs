//! A button that submits its form once.

use super::timer::after;
use leptos::prelude::*;
use std::time::Duration;

/// Submits the form around it; a second click does nothing. The server would create only one refund anyway, but this
/// shows people that their click was received.
#[island]
pub fn SubmitButton(
    label: String,
    /// The label while the form is being sent.
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
            // Can be clicked again if no response arrives, for example without a connection.
            after(Duration::from_secs(8), move || sent.set(false));
        }
    };
    view! {
        <button type="submit" class="button" data-kind="primary" aria-disabled=move || sent.get().to_string() on:click=click>
            {move || if sent.get() { busy.clone() } else { label.clone() }}
        </button>
    }
}

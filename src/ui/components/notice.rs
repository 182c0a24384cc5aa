//! What is important enough to stand out.

use crate::{domain::error::DomainError, texts::errors::next_step};
use leptos::prelude::*;

/// A refusal in words: what is wrong, and what to do now.
#[component]
pub fn Notice(
    /// What is told.
    error: DomainError,
) -> impl IntoView {
    let next = next_step(error.code);
    view! {
        <div class="notice" data-kind="error" role="alert" data-code=error.code.as_str()>
            <p><strong>{error.message.into_owned()}</strong></p>
            <p>{next}</p>
        </div>
    }
}

/// Something to know before going on.
#[component]
pub fn Advice(
    /// `info`, `warning` or `error`.
    kind: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <div class="notice" data-kind=kind>{children()}</div> }
}

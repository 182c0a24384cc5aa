//! Nothing to show, and what to do about it.

use leptos::prelude::*;

/// Takes the place of an empty list.
#[component]
pub fn EmptyState(
    /// What is not there.
    title: &'static str,
    /// How it could get there.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{children()}</p>
        </div>
    }
}

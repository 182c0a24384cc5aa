//! What a page shows instead of an empty list.

use leptos::prelude::*;

#[component]
pub fn EmptyState(
    /// Says what does not exist.
    #[prop(into)]
    title: String,
    /// Explains how entries get into the list.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{children()}</p>
        </div>
    }
}

//! Rows of a list of facts.

use leptos::prelude::*;

/// One name with its value, inside a `<dl class="facts">`. A function, not a component, so that values may be borrowed.
pub fn fact(name: &'static str, value: impl IntoView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

//! Rows of a list of facts.

use super::typed_text::TypedText;
use leptos::prelude::*;
use serde_json::Value as Json;

/// One name with its value, inside a `<dl class="facts">`. A function, not a component, so that values may be borrowed.
pub fn fact(name: impl Into<String>, value: impl IntoView) -> AnyView {
    let name: String = name.into();
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The facts of an audit entry, without empty ones.
pub fn json_facts(detail: &Json) -> AnyView {
    let Json::Object(members) = detail else { return ().into_any() };
    members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            view! { <div><dt>{name.clone()}</dt><dd class="wrap"><TypedText text /></dd></div> }
        })
        .collect_view()
        .into_any()
}

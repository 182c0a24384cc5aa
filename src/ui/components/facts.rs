//! Rows of a list of facts.

use super::{time::Time, typed_text::TypedText};
use crate::{
    languages::Language,
    store::operations::audit::AuditEntry,
    texts::facts::{self, Fact},
};
use leptos::prelude::*;

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
pub fn entry_facts(language: Language, entry: &AuditEntry) -> AnyView {
    let row = |Fact { name, value, at, is_english }: Fact| {
        let lang = (is_english && language != Language::english()).then_some("en");
        let value = match at {
            Some(at) => view! { <Time at seconds=true /> }.into_any(),
            None => view! { <TypedText text=value /> }.into_any(),
        };
        view! { <div><dt>{name}</dt><dd class="wrap" lang=lang>{value}</dd></div> }
    };
    facts::of_entry(language, &entry.action, &entry.detail).into_iter().map(row).collect_view().into_any()
}

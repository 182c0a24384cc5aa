//! Buttons that copy a text. `name` is the id of a button's name for screen readers, such as `copy-address`.

use crate::{
    islands::copy_button::{CopyButton, CopyShown, TEXTS},
    web::language::language,
};
use leptos::prelude::*;

/// A button that copies a text.
pub fn copy_button(text: impl Into<String>, name: &str) -> AnyView {
    view! { <CopyButton text=text.into() texts=texts(name) /> }.into_any()
}

/// The same for what the element with the id `of` shows: a secret, or a long text, which would be in the page twice.
pub fn copy_shown(of: &str, name: &str) -> AnyView {
    view! { <CopyShown of=of.to_owned() texts=texts(name) /> }.into_any()
}

fn texts(name: &str) -> Vec<String> {
    let [copy, done] = TEXTS;
    language().texts([name, copy, done])
}

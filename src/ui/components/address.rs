//! Complete addresses. Shortened ones would let an attacker pass off a look-alike address.

use crate::islands::copy_button::CopyButton;
use leptos::prelude::*;

/// An address in groups of four characters. Selecting or copying it gives the address without the gaps.
#[component]
pub fn AddressText(#[prop(into)] address: String) -> impl IntoView {
    let groups = groups_of_four(&address).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <span class="address">
            <code aria-label=address.clone()>{groups}</code>
            <CopyButton text=address what="address".to_owned() />
        </span>
    }
}

/// Splits a long text into groups that are easy to compare and type.
pub fn groups_of_four(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

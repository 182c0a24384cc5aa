//! Addresses, unabridged: shortened ones are how people are made to send money to a look-alike.

use crate::islands::copy_button::CopyButton;
use leptos::prelude::*;

/// A whole address in groups of four characters. Selecting or copying it gives the address without the gaps.
#[component]
pub fn AddressText(
    /// The address, as it was checked.
    #[prop(into)]
    address: String,
) -> impl IntoView {
    let groups = groups_of_four(&address).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <span class="address">
            <code aria-label=address.clone()>{groups}</code>
            <CopyButton text=address what="address".to_owned() />
        </span>
    }
}

/// A long text in pieces that can be compared and typed.
pub fn groups_of_four(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

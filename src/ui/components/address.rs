//! Addresses. Where somebody decides about money they are complete: a shortened one would let an attacker pass off a
//! look-alike. Lists cut them in the middle, and a button copies the whole one. So it is with hashes of transactions.

use super::copy::copy_button;
use crate::domain::customers::masking::ELLIPSIS;
use leptos::prelude::*;

/// An address in groups of four characters. Selecting or copying it gives the address without the gaps.
#[component]
pub fn AddressText(#[prop(into)] address: String) -> impl IntoView {
    let groups = groups_of_four(&address).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <span class="address">
            <code aria-label=address.clone()>{groups}</code>
            {copy_button(address, "copy-address")}
        </span>
    }
}

/// An address in a list: enough of both ends to recognise it.
pub fn shortened(address: &str) -> String {
    const START: usize = 8;
    const END: usize = 6;
    let characters: Vec<char> = address.chars().collect();
    if characters.len() <= START + END + 1 {
        return address.to_owned();
    }
    let (start, end) = (&characters[..START], &characters[characters.len() - END..]);
    start.iter().chain(std::iter::once(&'…')).chain(end).collect()
}

/// An address in a list, with a button that copies the whole address, for those who see it whole.
pub fn shortened_to_copy(address: &str) -> AnyView {
    with_copy_button(address, view! { <code>{shortened(address)}</code> }.into_any(), "copy-address")
}

/// The same with a link to everything of the address.
pub fn shortened_sender(address: &str, everything: String) -> AnyView {
    let shown = view! { <a href=everything><code>{shortened(address)}</code></a> };
    with_copy_button(address, shown.into_any(), "copy-address")
}

/// The whole hash of a transaction, as a link if the explorer of its network is known.
pub fn transaction_link(explorer: Option<String>, hash: String) -> AnyView {
    let text = view! { <code class="mono two-lines">{hash}</code> };
    match explorer {
        Some(link) => view! { <a href=link rel="noreferrer external">{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

/// The same with a button that copies it.
pub fn transaction_to_copy(explorer: Option<String>, hash: &str) -> AnyView {
    let shown = transaction_link(explorer, hash.to_owned());
    view! { <span class="copied" data-kind="whole">{shown} {copy_button(hash, "copy-transaction")}</span> }.into_any()
}

/// The hash of a transaction in a list, as a link if the explorer of its network is known.
pub fn shortened_transaction(hash: &str, explorer: Option<String>) -> AnyView {
    let text = view! { <code>{shortened(hash)}</code> };
    let shown = match explorer {
        Some(link) => view! { <a href=link rel="noreferrer external">{text}</a> }.into_any(),
        None => text.into_any(),
    };
    with_copy_button(hash, shown, "copy-transaction")
}

/// What is masked cannot be copied whole.
fn with_copy_button(whole: &str, shown: AnyView, name: &str) -> AnyView {
    if whole.contains(ELLIPSIS) {
        return shown;
    }
    view! { <span class="copied">{shown} {copy_button(whole, name)}</span> }.into_any()
}

/// Splits a long text into groups that are easy to compare and type.
pub fn groups_of_four(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

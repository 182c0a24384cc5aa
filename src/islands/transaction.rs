//! A transaction on a network, in islands and on pages.

use leptos::prelude::*;

/// The hash of a transaction, as a link if the explorer of its network is known.
pub fn transaction_link(link: Option<String>, hash: String) -> AnyView {
    let text = view! { <code class="mono two-lines">{hash}</code> };
    match link {
        Some(link) => view! { <a href=link rel="noreferrer external">{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

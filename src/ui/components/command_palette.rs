//! The palette that opens over every page of the console, and the list of keys. Both are closed dialogs, which the code in
//! `islands/palette.rs` opens.

use crate::{
    domain::search::TEXT_MAX,
    server_fns::refund_drafts::OpenRefundDraft,
    service::search::finds_whole_customers_only,
    state::Requite,
    web::{
        language::language,
        page_index::{self, Shortcut},
        paths,
        search::sends_for_real,
        search_results::REFUND_FORM,
        session::SignedIn,
    },
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};

/// The palette of somebody who is signed in; nothing for others, and for those who have to set up a second factor first.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let signed_in = use_context::<Parts>().and_then(|parts| parts.extensions.get::<SignedIn>().cloned());
    let signed_in = signed_in.filter(|signed_in| !signed_in.must_set_up)?;
    let shortcuts = page_index::shortcuts(language(), &signed_in.actor(), sends_for_real(&use_context::<Requite>()?));
    let only_whole = finds_whole_customers_only(&signed_in.actor());
    Some(view! { {palette(only_whole)} {keys(shortcuts)} })
}

fn palette(only_whole: bool) -> AnyView {
    let (label, placeholder) = if only_whole {
        (
            "Search for orders, customers, addresses, transactions and pages",
            "Order, customer, address, transaction or page",
        )
    } else {
        (
            "Search for orders, customers, addresses, transactions, notes and pages",
            "Order, customer, address, transaction, note or page",
        )
    };
    view! {
        <dialog id="palette" class="palette" aria-label="Search">
            <form action=paths::SEARCH method="get" role="search" aria-label="Everything, while you type">
                <input
                    id="palette-input"
                    class="input"
                    name="q"
                    role="combobox"
                    aria-label=label
                    aria-autocomplete="list"
                    aria-controls="palette-results"
                    aria-expanded="false"
                    placeholder=placeholder
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength=TEXT_MAX.to_string()
                />
            </form>
            <form id=REFUND_FORM method="post" action=OpenRefundDraft::url()></form>
            <div id="palette-results" class="palette-list" role="listbox" aria-label="Results" hidden></div>
            <p
                id="palette-status"
                class="hint"
                role="status"
                data-failed="The server does not answer as expected. Enter searches on a page of its own."
            ></p>
            <p class="hint palette-keys" aria-hidden="true">
                <kbd>"↑"</kbd> " " <kbd>"↓"</kbd> " choose · " <kbd>"Enter"</kbd> " open · " <kbd>"Esc"</kbd> " close"
            </p>
        </dialog>
    }
    .into_any()
}

fn keys(shortcuts: Vec<Shortcut>) -> AnyView {
    let pages = shortcuts
        .into_iter()
        .map(|Shortcut { key, title, href }| {
            view! {
                <div>
                    <dt><kbd>"g"</kbd> " " <kbd>{key}</kbd></dt>
                    <dd><a href=href data-key=key>{title}</a></dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dialog id="palette-keys" class="palette" aria-labelledby="keys-title">
            <h2 id="keys-title">"Keys"</h2>
            <dl class="keys">
                <div><dt><kbd>"Ctrl"</kbd> " or " <kbd>"⌘"</kbd> " " <kbd>"K"</kbd></dt><dd>"Search"</dd></div>
                <div><dt><kbd>"/"</kbd></dt><dd>"Search"</dd></div>
                <div><dt><kbd>"?"</kbd></dt><dd>"These keys"</dd></div>
                {pages}
            </dl>
            <form method="dialog"><button class="button">"Close"</button></form>
        </dialog>
    }
    .into_any()
}

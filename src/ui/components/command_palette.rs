//! The palette that opens over every page of the console, and the list of keys. Both are closed dialogs, which the code in
//! `islands/palette.rs` opens.

use crate::{
    domain::search::TEXT_MAX,
    languages::Language,
    server_fns::{approval::OpenApproval, refund_drafts::OpenRefundDraft},
    state::Requite,
    web::{
        language::language,
        page_index::{self, Shortcut},
        paths,
        search::sends_for_real,
        search_results::{APPROVAL_FORM, REFUND_FORM},
        session::SignedIn,
    },
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};

/// The id of the section with the keys, for [`paths::KEYBOARD_SHORTCUTS`].
const SECTION: &str = "keyboard-shortcuts";

/// The palette of somebody who is signed in; nothing for others, and for those who have to set up a second factor first.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let language = language();
    let shortcuts = shortcuts(language)?;
    Some(view! { {palette(language)} {keys(language, shortcuts)} })
}

/// The keys as a section of a page, for those who have the palette: without JavaScript nothing opens their dialog.
#[component]
pub fn KeysSection() -> impl IntoView {
    let language = language();
    let shortcuts = shortcuts(language)?;
    Some(view! {
        <section aria-labelledby=SECTION>
            <h2 id=SECTION>{language.text("components-keys")}</h2>
            <p class="hint">{language.text("components-keys-need-script")}</p>
            {key_list(language, shortcuts)}
        </section>
    })
}

/// The keys of the pages that whoever is signed in may open; `None` for those without a palette.
fn shortcuts(language: Language) -> Option<Vec<Shortcut>> {
    let signed_in = use_context::<Parts>().and_then(|parts| parts.extensions.get::<SignedIn>().cloned());
    let actor = signed_in.filter(|signed_in| !signed_in.must_set_up)?.actor();
    Some(page_index::shortcuts(language, &actor, sends_for_real(&use_context::<Requite>()?)))
}

fn palette(language: Language) -> AnyView {
    view! {
        <dialog id="palette" class="palette" aria-label=language.text("frame-search")>
            <form action=paths::SEARCH method="get" role="search" aria-label=language.text("components-palette-form")>
                <input
                    id="palette-input"
                    class="input"
                    name="q"
                    role="combobox"
                    aria-label=language.text("components-palette")
                    aria-autocomplete="list"
                    aria-controls="palette-results"
                    aria-expanded="false"
                    placeholder=language.text("components-palette-placeholder")
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength=TEXT_MAX.to_string()
                />
            </form>
            <form id=REFUND_FORM method="post" action=OpenRefundDraft::url()></form>
            <form id=APPROVAL_FORM method="post" action=OpenApproval::url()></form>
            <div id="palette-results" class="palette-list" role="listbox" aria-label=language.text("components-palette-results") hidden></div>
            <p
                id="palette-status"
                class="hint"
                role="status"
                data-failed=language.text("components-palette-failed")
            ></p>
            <p class="hint palette-keys" aria-hidden="true">
                <kbd>"↑"</kbd> " " <kbd>"↓"</kbd> " " {language.text("components-palette-choose")} " · "
                <kbd>{language.text("components-key-enter")}</kbd> " " {language.text("components-palette-open")} " · "
                <kbd>{language.text("components-key-escape")}</kbd> " " {language.text("components-palette-close")}
            </p>
        </dialog>
    }
    .into_any()
}

fn keys(language: Language, shortcuts: Vec<Shortcut>) -> AnyView {
    view! {
        <dialog id="palette-keys" class="palette" aria-labelledby="keys-title">
            <h2 id="keys-title">{language.text("components-keys")}</h2>
            {key_list(language, shortcuts)}
            <form method="dialog"><button class="button">{language.text("components-close")}</button></form>
        </dialog>
    }
    .into_any()
}

fn key_list(language: Language, shortcuts: Vec<Shortcut>) -> AnyView {
    let search = language.text("frame-search");
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
        <dl class="keys">
            <div>
                <dt>
                    <kbd>{language.text("components-key-control")}</kbd> " " {language.text("components-key-or")} " "
                    <kbd>"⌘"</kbd> " " <kbd>"K"</kbd>
                </dt>
                <dd>{search.clone()}</dd>
            </div>
            <div><dt><kbd>"/"</kbd></dt><dd>{search}</dd></div>
            <div><dt><kbd>"?"</kbd></dt><dd>{language.text("components-these-keys")}</dd></div>
            {pages}
        </dl>
    }
    .into_any()
}

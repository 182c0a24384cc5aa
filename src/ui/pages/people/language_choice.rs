//! The choice of the language of the console, on the page of the account.

use crate::{
    languages::Language, server_fns::appearance::SetLanguage, ui::components::field::Select, web::language::language,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Each language has its own name. Without a choice it is that of the browser.
pub fn language_form(chosen: Option<Language>) -> AnyView {
    let language = language();
    let like_the_browser = std::iter::once(("", language.text("frame-language-of-browser")));
    let names = Language::all().map(|offered| (offered.code(), offered.text("frame-language-name")));
    let options: Vec<(&'static str, String)> = like_the_browser.chain(names).collect();
    let label = language.text("frame-language-of-console");
    view! {
        <section class="card" aria-labelledby="language-title">
            <h2 id="language-title">{language.text("frame-language")}</h2>
            <form method="post" action=SetLanguage::url() class="stack">
                <Select name="language" label options value=chosen.map(Language::code).unwrap_or_default() />
                <p class="hint">{language.text("frame-language-hint")}</p>
                <div class="actions">
                    <button class="button">{language.text("frame-save-language")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

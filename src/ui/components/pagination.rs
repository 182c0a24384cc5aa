//! Links to the previous and next page of a list.

use crate::web::{language::language, list_query::PageLinks};
use leptos::prelude::*;

/// Links to the previous and next page, where they exist.
#[component]
pub fn Pagination(links: PageLinks) -> impl IntoView {
    let PageLinks { previous, next } = links;
    let any = previous.is_some() || next.is_some();
    any.then(|| {
        let language = language();
        view! {
            <nav class="pagination" aria-label=language.text("components-pages")>
                {previous.map(|href| view! { <a class="button" rel="prev" href=href>{language.text("components-previous")}</a> })}
                {next.map(|href| view! { <a class="button" rel="next" href=href>{language.text("components-next")}</a> })}
            </nav>
        }
    })
}

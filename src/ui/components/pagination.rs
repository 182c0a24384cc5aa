//! Ways to the neighbouring pages of a list.

use leptos::prelude::*;

/// Links to the newer and older page, where there is one.
#[component]
pub fn Pagination(
    /// Address of the previous page.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// Address of the next page.
    #[prop(optional_no_strip)]
    next: Option<String>,
) -> impl IntoView {
    let any = previous.is_some() || next.is_some();
    any.then(|| {
        view! {
            <nav class="pagination" aria-label="Pages">
                {previous.map(|href| view! { <a class="button" rel="prev" href=href>"← Previous"</a> })}
                {next.map(|href| view! { <a class="button" rel="next" href=href>"Next →"</a> })}
            </nav>
        }
    })
}

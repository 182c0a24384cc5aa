//! Errors and advice, set apart from the rest of a page.

use crate::{
    domain::{error::DomainError, text::revealed},
    texts::errors::{for_customer, next_step, sentence},
    web::{
        form_query::DoneQuery,
        language::{is_for_customers, language},
    },
};
use leptos::prelude::*;

/// An error: what is wrong, and what to do now.
#[component]
pub fn Notice(error: DomainError) -> impl IntoView {
    let language = language();
    let for_customer = is_for_customers().then(|| for_customer(language, error.code)).flatten();
    let in_console = || (revealed(&sentence(language, &error)), next_step(language, error.code));
    let (message, next) = for_customer.unwrap_or_else(in_console);
    view! {
        <div class="notice" data-kind="error" role="alert" data-code=error.code.as_str()>
            <p><strong>{message}</strong></p>
            <p>{next}</p>
        </div>
    }
}

/// The error of a form that was refused. It gets the focus, so that people who do not see it read it first, and go on
/// to the form from there.
#[component]
pub fn RefusedForm(error: DomainError) -> impl IntoView {
    view! {
        <div class="refused" tabindex="-1" autofocus=true>
            <Notice error />
        </div>
    }
}

/// Information for the reader to note before continuing.
#[component]
pub fn Advice(
    /// `info`, `warning` or `error`.
    kind: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <div class="notice" data-kind=kind>{children()}</div> }
}

/// What needs a person, as a list with a heading. Without items it is not shown.
#[component]
pub fn NoticeList(
    /// `info`, `warning` or `error`.
    kind: &'static str,
    /// The id of its heading.
    id: &'static str,
    #[prop(into)] title: String,
    items: Vec<AnyView>,
    /// What follows the list.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li class="wrap">{item}</li> }).collect_view();
        view! {
            <section class="notice" data-kind=kind aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="stack">{items}</ul>
                {children.map(|children| children())}
            </section>
        }
    })
}

/// What the form that redirected to this page did.
#[component]
pub fn SuccessNotice(done: DoneQuery) -> impl IntoView {
    done.sentence(language()).map(|sentence| view! { <Advice kind="info"><p role="status">{sentence}</p></Advice> })
}

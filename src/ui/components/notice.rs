//! Errors and advice, set apart from the rest of a page.

use crate::{
    domain::{error::DomainError, text::revealed},
    texts::errors::next_step,
    web::form_query::DoneQuery,
};
use leptos::prelude::*;

/// An error: what is wrong, and what to do now.
#[component]
pub fn Notice(error: DomainError) -> impl IntoView {
    let next = next_step(error.code);
    view! {
        <div class="notice" data-kind="error" role="alert" data-code=error.code.as_str()>
            <p><strong>{revealed(&error.message)}</strong></p>
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

/// What the form that redirected to this page did.
#[component]
pub fn SuccessNotice(done: DoneQuery) -> impl IntoView {
    done.sentence().map(|sentence| view! { <Advice kind="info"><p role="status">{sentence}</p></Advice> })
}

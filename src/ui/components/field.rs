//! Parts of forms.

use crate::{
    domain::error::{DomainError, Field as ErrorField},
    texts::errors::sentence,
    web::language::language,
};
use leptos::prelude::*;

/// Returns the error message of one input from all errors of a form.
pub fn message_of(problems: &[DomainError], input: ErrorField) -> Option<String> {
    let problem = problems.iter().find(|problem| problem.field == Some(input))?;
    Some(sentence(language(), problem))
}

/// Which of these inputs, in the order of the page, is the first with an error. It gets the focus, so that people who do not
/// see the page come to what they have to correct. Only one may have it, since browsers ignore all others.
pub fn first_with_error(problems: &[DomainError], inputs: &[ErrorField]) -> Option<ErrorField> {
    inputs.iter().copied().find(|input| problems.iter().any(|problem| problem.field == Some(*input)))
}

/// A text input with its label, hint and error.
#[component]
pub fn Field(
    /// The name under which it is sent, also its id.
    name: &'static str,
    #[prop(into)] label: String,
    /// The previous input.
    #[prop(optional, into)]
    value: String,
    /// `text`, `email`, `password`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// The `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Help for filling it in.
    #[prop(optional, into)]
    hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// Whether an input is required.
    #[prop(optional)]
    required: bool,
    /// Whether it has the focus when the page is shown.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let optional = (!required).then(|| {
        view! { <span class="optional">" " {language().text("components-optional")}</span> }
    });
    view! {
        <div class="field">
            <label for=name>{label} {optional}</label>
            <input
                id=name
                name=name
                class="input"
                type=kind
                value=value
                autocomplete=autocomplete
                required=required
                autofocus=focused
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=format!("{hint_id} {error_id}")
            />
            <p class="hint" id=hint_id>{hint}</p>
            <p class="error" id=error_id>{error}</p>
        </div>
    }
}

/// A choice from a list.
#[component]
pub fn Select<T>(
    /// The name under which it is sent, also its id.
    name: &'static str,
    #[prop(into)] label: String,
    /// Value and text of each option.
    options: Vec<(&'static str, T)>,
    /// The selected value.
    #[prop(into)]
    value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    /// Whether it has the focus when the page is shown.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView
where
    T: Into<String> + 'static,
{
    let options = options
        .into_iter()
        .map(|(option, text)| {
            let text: String = text.into();
            view! { <option value=option selected=option == value>{text}</option> }
        })
        .collect_view();
    let error_id = format!("{name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                name=name
                class="input"
                autofocus=focused
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error_id.clone()
            >
                {options}
            </select>
            {error.map(|error| view! { <p class="error" id=error_id>{error}</p> })}
        </div>
    }
}

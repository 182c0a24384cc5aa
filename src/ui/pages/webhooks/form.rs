//! The form for a new or an existing endpoint.

use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        names::Named,
        webhooks::{
            EndpointInput,
            event::{ALL, EVENTS, families},
            payload::PayloadStyle,
        },
    },
    ui::components::field::{Field, Select, message_of},
};
use leptos::prelude::*;

/// The fields of the form.
pub fn fields(input: &EndpointInput, problems: &[DomainError]) -> AnyView {
    let error = |field: ErrorField| message_of(problems, field);
    let styles = vec![(PayloadStyle::Full.as_str(), "All facts"), (PayloadStyle::Thin.as_str(), "Ids alone")];
    view! {
        <Field name="url" label="Address" kind="url" value=input.url.clone() required=true error=error(ErrorField::Url)
            hint="For example https://shop.example/hooks. It has to answer with 2xx within 15 seconds." />
        <Field name="description" label="What it is for" value=input.description.clone() error=error(ErrorField::Description) />
        <Select name="payload" label="What a message tells" options=styles value=input.payload.clone() error=error(ErrorField::Payload) />
        {events(&input.events, error(ErrorField::Events), !problems.is_empty())}
    }
    .into_any()
}

/// The checkboxes, inside a `details` element that is open when something has to be corrected.
fn events(chosen: &str, error: Option<String>, correcting: bool) -> AnyView {
    let everything = chosen.is_empty() || chosen.split_whitespace().any(|pattern| pattern == ALL);
    let chosen_events =
        (!everything).then(|| view! { "Told of " <span class="mono wrap">{chosen.to_owned()}</span> ". " });
    let is_chosen = |pattern: &str| chosen.split_whitespace().any(|one| one == pattern);
    let tick = |pattern: String, label: AnyView| {
        let checked = is_chosen(&pattern);
        view! {
            <label class="check">
                // No index in the name: unticked boxes would leave gaps in the list.
                <input type="checkbox" name="events[]" value=pattern checked=checked />
                <span>{label}</span>
            </label>
        }
        .into_any()
    };
    let mut boxes = Vec::new();
    for family in families() {
        let mut group =
            vec![tick(format!("{family}.*"), view! { <strong class="mono wrap">{family} ".*"</strong> }.into_any())];
        for (name, meaning) in EVENTS.iter().filter(|(name, _)| name.split('.').next() == Some(family)) {
            let label =
                view! { <span class="mono wrap">{*name}</span> <span class="hint">" " {*meaning}</span> }.into_any();
            group.push(tick((*name).to_owned(), label));
        }
        boxes.push(view! { <div class="event-family">{group}</div> }.into_any());
    }
    view! {
        <fieldset class="field" aria-describedby="events-hint events-error">
            <legend>"Events"</legend>
            <p class="hint" id="events-hint">{chosen_events} "With nothing ticked it is told of everything."</p>
            <details open=correcting && !everything>
                <summary>"Choose events"</summary>
                {boxes}
            </details>
            <p class="error" id="events-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

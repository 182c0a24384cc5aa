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
    languages::Language,
    texts::webhooks::of_event,
    ui::components::field::{Field, Select, message_of},
};
use leptos::prelude::*;

/// The fields of the form.
pub fn fields(language: Language, input: &EndpointInput, problems: &[DomainError]) -> AnyView {
    let text = |id: &str| language.text(id);
    let error = |field: ErrorField| message_of(problems, field);
    let styles = vec![
        (PayloadStyle::Full.as_str(), text("webhooks-payload-full")),
        (PayloadStyle::Thin.as_str(), text("webhooks-payload-thin")),
    ];
    view! {
        <Field name="url" label=text("webhooks-address") kind="url" value=input.url.clone() required=true
            error=error(ErrorField::Url) hint=text("webhooks-address-hint") />
        <Field name="description" label=text("webhooks-description") value=input.description.clone()
            error=error(ErrorField::Description) />
        <Select name="payload" label=text("webhooks-payload") options=styles value=input.payload.clone()
            error=error(ErrorField::Payload) />
        {events(language, &input.events, error(ErrorField::Events), !problems.is_empty())}
    }
    .into_any()
}

/// The checkboxes, inside a `details` element that is open when something has to be corrected.
fn events(language: Language, chosen: &str, error: Option<String>, correcting: bool) -> AnyView {
    let everything = chosen.is_empty() || chosen.split_whitespace().any(|pattern| pattern == ALL);
    let chosen_events = (!everything).then(|| {
        let (before, after) = language.around("webhooks-chosen-events", "events");
        view! { {before} <span class="mono wrap">{chosen.to_owned()}</span> {after} " " }
    });
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
        for name in EVENTS.iter().filter(|name| name.split('.').next() == Some(family)) {
            let meaning = of_event(language, name);
            let label =
                view! { <span class="mono wrap">{*name}</span> <span class="hint">" " {meaning}</span> }.into_any();
            group.push(tick((*name).to_owned(), label));
        }
        boxes.push(view! { <div class="event-family">{group}</div> }.into_any());
    }
    view! {
        <fieldset class="field" aria-describedby="events-hint events-error">
            <legend>{language.text("webhooks-events")}</legend>
            <p class="hint" id="events-hint">{chosen_events} {language.text("webhooks-no-event-chosen")}</p>
            <details open=correcting && !everything>
                <summary>{language.text("webhooks-choose-events")}</summary>
                {boxes}
            </details>
            <p class="error" id="events-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

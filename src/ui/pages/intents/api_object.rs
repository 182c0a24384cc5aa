//! A payment intent as programs get it.

use crate::{
    domain::ids::PaymentIntentId,
    languages::Language,
    ui::components::{copy::copy_shown, verbatim::verbatim},
};
use leptos::prelude::*;

/// The id of the text.
const BODY: &str = "api-body";

/// The response of the API, to compare with what a program got, or to send to somebody who helps. Closed at first: most readers
/// need the page only.
pub fn api_object(language: Language, intent: PaymentIntentId, body: &str) -> AnyView {
    let name = language.text("intents-api");
    view! {
        <section class="card" aria-labelledby="api-title">
            <h2 id="api-title">{name.clone()}</h2>
            <details>
                <summary>{language.text("intents-api-show")}</summary>
                <p class="hint wrap">{language.with("intents-api-text", [("id", intent.to_string())])}</p>
                {verbatim(Some(BODY), name, body)}
                <p>{copy_shown(BODY, "copy-json")}</p>
            </details>
        </section>
    }
    .into_any()
}

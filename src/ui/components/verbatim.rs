//! What programs send each other, each character as it is.

use crate::domain::text::revealed;
use leptos::prelude::*;
use serde_json::Value as Json;

/// The text, named for screen readers. It has the focus when it is scrolled by keyboard. With an `id`, a button can copy it.
pub fn verbatim(id: Option<&'static str>, name: String, text: &str) -> AnyView {
    view! { <pre class="message" id=id tabindex="0" role="group" aria-label=name>{revealed(text)}</pre> }.into_any()
}

/// Indents JSON that is sent in one line. Another text, such as a form, stays as it is.
pub fn indented(body: &str) -> String {
    let json: Option<Json> = serde_json::from_str(body).ok();
    json.and_then(|json| serde_json::to_string_pretty(&json).ok()).unwrap_or_else(|| body.to_owned())
}

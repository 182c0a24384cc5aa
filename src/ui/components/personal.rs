//! Customers' e-mail addresses and addresses, as services let the reader see them. A masked one has a form that reveals it, if
//! the reader may do that.

use super::{address::AddressText, typed_text::mail_address};
use crate::{
    domain::customers::{CustomerKey, CustomerRecord},
    service::customers::masking::Personal,
    web::{language::language, paths},
};
use axum::http::request::Parts;
use leptos::prelude::*;

/// The value of a fact.
pub fn personal(value: &Personal) -> AnyView {
    match (value.shown(), value.is_masked()) {
        (CustomerKey::Email(email), false) => mail_address(email),
        (CustomerKey::Address(address), false) => view! { <AddressText address=address.clone() /> }.into_any(),
        (CustomerKey::Email(masked), true) => masked_value(masked, "components-reveal-email", value.to_reveal()),
        (CustomerKey::Address(masked), true) => masked_value(masked, "components-reveal-address", value.to_reveal()),
    }
}

/// The value of a fact that may be missing.
pub fn personal_or_dash(value: Option<&Personal>) -> AnyView {
    value.map_or_else(|| "–".into_any(), personal)
}

/// A masked text, with the form that reveals it to those who may. `reveal` is the id of the name of its button.
pub fn masked_value(text: &str, reveal: &str, to_reveal: Option<CustomerRecord>) -> AnyView {
    let form = to_reveal.map(|record| reveal_form(record, reveal));
    view! { <span class="mono wrap">{text.to_owned()}</span> " " {form} }.into_any()
}

/// The answer to the form is a page with the value, from which a link leads back.
fn reveal_form(record: CustomerRecord, reveal: &str) -> AnyView {
    let parts = use_context::<Parts>();
    let back = parts.and_then(|parts| parts.uri.path_and_query().map(ToString::to_string)).unwrap_or_default();
    view! {
        <form method="post" action=paths::REVEALED class="reveal no-print">
            <input type="hidden" name="record" value=record.to_string() />
            <input type="hidden" name="back" value=back />
            <button class="button">{language().text(reveal)}</button>
        </form>
    }
    .into_any()
}

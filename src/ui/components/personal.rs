//! Customers' e-mail addresses and addresses, and what leads to them, as services let the reader see them. A masked one has a
//! form that reveals it, if the reader may do that.

use super::{address::AddressText, copy::copy_shown, typed_text::mail_address};
use crate::{
    domain::customers::{CustomerKey, CustomerRecord, CustomerValue},
    service::{customers::masking::Personal, refunds::receipt},
    state::Requite,
    web::{language::language, paths},
};
use axum::http::request::Parts;
use leptos::prelude::*;

/// The value of a fact.
pub fn personal(value: &Personal) -> AnyView {
    let shown = value.shown();
    if value.is_masked() {
        let reveal = match shown {
            CustomerValue::Key(CustomerKey::Email(_)) => "components-reveal-email",
            CustomerValue::Key(CustomerKey::Address(_)) => "components-reveal-address",
            CustomerValue::Memo(_) => "components-reveal-memo",
            CustomerValue::ReceiptLink(_) => "components-reveal-link",
        };
        return masked_value(shown.as_str(), reveal, value.to_reveal());
    }
    match shown {
        CustomerValue::Key(CustomerKey::Email(email)) => mail_address(email),
        CustomerValue::Key(CustomerKey::Address(address)) => {
            view! { <AddressText address=address.clone() /> }.into_any()
        }
        CustomerValue::Memo(memo) => view! { <span class="mono wrap">{memo.clone()}</span> }.into_any(),
        CustomerValue::ReceiptLink(token) => receipt_link(token),
    }
}

/// The whole URL, since it is there to be sent to the customer.
fn receipt_link(token: &str) -> AnyView {
    let base = use_context::<Requite>().map(|requite| requite.settings.base_url()).unwrap_or_default();
    let url = format!("{base}{}{token}", receipt::PAGE);
    let text = url.clone();
    view! { <a id="receipt-link" href=url>{text}</a> " " {copy_shown("receipt-link", "copy-link")} }.into_any()
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

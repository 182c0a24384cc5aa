//! The encoding of CoinGate's callbacks as a form, and their names in the log of callbacks.

use crate::domain::webhooks::{DeliveryState, MessageFormat};
use serde_json::{Value as Json, json};
use url::form_urlencoded::Serializer;

/// The resources that have callbacks in CoinGate's API.
pub const SUBJECTS: [&str; 8] = [
    ORDER,
    REFUND,
    "Billing::Payment",
    "MassPayout::Payout",
    "BillingRequest",
    "SendRequest",
    "BillingContact",
    "CryptoAddress",
];
const ORDER: &str = "Order";
const REFUND: &str = "MerchantRefund";

/// Returns the resource that callbacks of this format are about.
pub const fn subject_name(format: MessageFormat) -> &'static str {
    match format {
        MessageFormat::CoinGateRefund => REFUND,
        MessageFormat::CoinGateOrder | MessageFormat::Standard | MessageFormat::Circle => ORDER,
    }
}

/// Parses the name of a resource. It has a format if there are callbacks about it.
pub fn subject(name: &str) -> Option<Option<MessageFormat>> {
    match name {
        ORDER => Some(Some(MessageFormat::CoinGateOrder)),
        REFUND => Some(Some(MessageFormat::CoinGateRefund)),
        _ => SUBJECTS.contains(&name).then_some(None),
    }
}

/// Returns the number of a callback. An event can have one about its order and one about its refund.
pub fn number(event: i64, format: MessageFormat) -> i64 {
    event.saturating_mul(2) + i64::from(format == MessageFormat::CoinGateRefund)
}

/// Returns the number of the event and the format of the callback with this number.
pub const fn of_number(number: i64) -> (i64, MessageFormat) {
    let format = if number % 2 == 0 { MessageFormat::CoinGateOrder } else { MessageFormat::CoinGateRefund };
    (number / 2, format)
}

pub const fn status(state: DeliveryState, attempts: i64) -> &'static str {
    match state {
        DeliveryState::Waiting if attempts == 0 => "ready",
        DeliveryState::Waiting => "retrying",
        DeliveryState::Delivered => "success",
        DeliveryState::Failed => "failure",
        DeliveryState::Withheld => "skipped",
    }
}

/// The content of a callback for its log.
pub fn without_token(body: &Json) -> Json {
    let mut body = body.clone();
    if let Some(token) = body.get_mut("token") {
        *token = json!("[FILTERED]");
    }
    body
}

/// Encodes a callback as a form: `currency[symbol]=EUR`, `fees[][type]=fee`; null is empty. As in CoinGate's forms, list
/// items have no number.
pub fn form(body: &str) -> String {
    let mut form = Serializer::new(String::new());
    // The stored body is always valid JSON.
    flatten(&mut form, "", &serde_json::from_str(body).unwrap_or_default());
    form.finish()
}

fn flatten(form: &mut Serializer<'_, String>, name: &str, value: &Json) {
    match value {
        Json::Object(members) => {
            for (member, value) in members {
                let name = if name.is_empty() { member.clone() } else { format!("{name}[{member}]") };
                flatten(form, &name, value);
            }
        }
        Json::Array(items) => {
            for item in items {
                flatten(form, &format!("{name}[]"), item);
            }
        }
        Json::Null => {
            form.append_pair(name, "");
        }
        Json::String(text) => {
            form.append_pair(name, text);
        }
        Json::Bool(_) | Json::Number(_) => {
            form.append_pair(name, &value.to_string());
        }
    }
}

//! Taking secrets and personal data out of what is kept for looking at later.

use serde_json::Value;
use std::borrow::Cow;

/// What stands in the place of what was taken out.
pub const REDACTED: &str = "[redacted]";
/// The most characters of a body that are kept.
const KEPT: usize = 16_384;

/// The members whose values are never kept, in one spelling: secrets, and whoever an address or a payment belongs to.
const NAMES: [&str; 16] = [
    "secret",
    "previoussecret",
    "password",
    "token",
    "apikey",
    "authorization",
    "email",
    "customeremail",
    "purchaseremail",
    "shopperemail",
    "firstname",
    "lastname",
    "ownername",
    "phone",
    "birthdate",
    "beneficiaryname",
];
/// How values begin that are secrets wherever they stand.
const BEGINNINGS: [&str; 3] = ["whsec_", "rq_sandbox_", "rq_live_"];

/// Whether the value of a member of this name is taken out. CoinGate writes `purchaser_email`, Circle `customerEmail`.
fn is_private(name: &str) -> bool {
    let spelled: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    NAMES.contains(&spelled.as_str())
}

fn is_secret(value: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| value.trim_start().starts_with(beginning))
}

/// A body as it may be kept: JSON or a form without what is private, and nothing of anything else, since nobody knows what
/// is in it.
pub fn body(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return String::new();
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return "[not text]".to_owned() };
    let kept = match serde_json::from_str::<Value>(text) {
        Ok(mut json) => {
            redact(&mut json);
            json.to_string()
        }
        Err(_) if is_form(text) => query(text),
        Err(_) => "[neither JSON nor a form]".to_owned(),
    };
    shortened(kept)
}

/// A query or form as it may be kept.
pub fn query(text: &str) -> String {
    let mut kept = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let value: Cow<'_, str> = if is_private(&name) || is_secret(&value) { REDACTED.into() } else { value };
        kept.append_pair(&name, &value);
    }
    kept.finish()
}

/// Whether a text looks like a form: names with values, and no character that a form would have escaped.
fn is_form(text: &str) -> bool {
    text.contains('=') && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>{}\"".contains(c))
}

fn redact(json: &mut Value) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                if is_private(name) && !value.is_null() {
                    *value = REDACTED.into();
                } else {
                    redact(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::String(text) if is_secret(text) => *text = REDACTED.to_owned(),
        _ => {}
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

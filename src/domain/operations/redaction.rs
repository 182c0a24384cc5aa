//! Redaction of secrets and personal data in logged requests and responses.

use serde_json::Value;
use std::borrow::Cow;

/// The replacement for a redacted value.
pub const REDACTED: &str = "[redacted]";
/// Maximum number of characters kept of a body.
const BODY_MAX_CHARS: usize = 16_384;

/// Names of members that are redacted, normalised: secrets and personal data.
const PRIVATE_NAMES: [&str; 23] = [
    "secret",
    "previoussecret",
    "password",
    "token",
    "apikey",
    "authorization",
    "email",
    "emailaddress",
    "customeremail",
    "purchaseremail",
    "shopperemail",
    "name",
    "firstname",
    "lastname",
    "fullname",
    "ownername",
    // Address book fields that identify the recipient.
    "nickname",
    "bns",
    // Free text of the team, usually about a customer.
    "note",
    "overridereason",
    "phone",
    "birthdate",
    "beneficiaryname",
];
/// Shorter private texts are not searched for in the response: they would match everywhere.
const REPEATED_MIN: usize = 4;
/// Prefixes of secrets, which are redacted wherever they occur.
const SECRET_PREFIXES: [&str; 3] = ["whsec_", "rq_sandbox_", "rq_live_"];

/// Whether a member of this name is redacted. CoinGate writes `purchaser_email`, Circle `customerEmail`, and a form
/// `metadata[email]`.
fn is_private(name: &str) -> bool {
    let name = name.rsplit_once('[').map_or(name, |(_, name)| name);
    let spelled: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    PRIVATE_NAMES.contains(&spelled.as_str())
}

fn is_secret(value: &str) -> bool {
    SECRET_PREFIXES.iter().any(|beginning| value.trim_start().starts_with(beginning))
}

/// Redacts a request's body and its response. Errors quote the request, so its private values are also removed from the
/// response.
pub fn exchange(request: &[u8], answer: &[u8]) -> (String, String) {
    let mut private = Vec::new();
    match serde_json::from_slice::<Value>(request) {
        Ok(json) => collect(&json, false, &mut private),
        Err(_) => {
            let pairs = url::form_urlencoded::parse(request).filter(|(name, _)| is_private(name));
            private.extend(pairs.map(|(_, value)| value.into_owned()));
        }
    }
    private.retain(|value| value.trim().len() >= REPEATED_MIN);
    (body(request), mask(answer, &private))
}

/// Redacts a JSON or form body. Any other body is dropped, since its content is unknown.
pub fn body(bytes: &[u8]) -> String {
    mask(bytes, &[])
}

fn mask(bytes: &[u8], private: &[String]) -> String {
    if bytes.is_empty() {
        return String::new();
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return "[not text]".to_owned() };
    let kept = match serde_json::from_str::<Value>(text) {
        Ok(mut json) => {
            redact(&mut json, private);
            json.to_string()
        }
        Err(_) if is_form(text) => query(text),
        Err(_) => "[neither JSON nor a form]".to_owned(),
    };
    shortened(kept)
}

/// Collects the texts of private members at any depth.
fn collect(json: &Value, within: bool, found: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| collect(value, within || is_private(name), found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, within, found)),
        Value::String(text) if within => found.push(text.clone()),
        _ => {}
    }
}

/// Redacts a query or form.
pub fn query(text: &str) -> String {
    let mut kept = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let value: Cow<'_, str> = match value {
            value if is_private(&name) || is_secret(&value) => REDACTED.into(),
            value => without_credentials(&value).map_or(value, Cow::Owned),
        };
        kept.append_pair(&name, &value);
    }
    kept.finish()
}

/// Whether a text looks like a form: names with values, and no character that a form would have escaped.
fn is_form(text: &str) -> bool {
    text.contains('=') && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>{}\"".contains(c))
}

/// Removes user name, password and query from a URL, since they may contain keys; `None` when it has none of them.
fn without_credentials(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme))?;
    let (address, query) = rest.split_once('?').map_or((rest, ""), |(address, _)| (address, "?[redacted]"));
    let (server, path) = address.find('/').map_or((address, ""), |slash| address.split_at(slash));
    let host = server.rsplit_once('@').map(|(_, host)| format!("{REDACTED}@{host}"));
    if query.is_empty() && host.is_none() {
        return None;
    }
    Some(format!("{scheme}://{}{path}{query}", host.as_deref().unwrap_or(server)))
}

fn redact(json: &mut Value, private: &[String]) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                if is_private(name) && !value.is_null() {
                    *value = REDACTED.into();
                } else {
                    redact(value, private);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, private)),
        Value::String(text) if is_secret(text) || private.iter().any(|value| text.contains(value)) => {
            *text = REDACTED.to_owned();
        }
        Value::String(text) => {
            if let Some(address) = without_credentials(text) {
                *text = address;
            }
        }
        _ => {}
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(BODY_MAX_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

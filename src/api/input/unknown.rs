//! Members and parameters of a request that the API does not have. Clients of Circle and CoinGate send more than Requite
//! knows, so their surfaces ignore it. Everywhere else they are refused, because the request would otherwise be carried
//! out on other terms than its sender meant.

use super::problems::{InputProblem, Problems};
use crate::domain::error::{DomainError, ErrorCode};
use axum::http::request::Parts;
use serde_json::Value;
use std::{collections::BTreeSet, sync::Arc};
use url::form_urlencoded;

/// The longest name that an error repeats.
const NAME_MAX: usize = 64;
/// The parameter of a refund with which nothing is created.
pub const PREVIEW: &str = "preview";

/// The names of an operation's parameters in the query. Each route has them in its requests' extensions.
#[derive(Clone)]
pub struct QueryParameters(Arc<[String]>);

impl FromIterator<String> for QueryParameters {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

/// Refuses parameters of the query that the operation does not have.
pub fn require_known_parameters(parts: &Parts) -> Result<(), Problems> {
    let known = parts.extensions.get::<QueryParameters>();
    let known: Vec<&str> = known.into_iter().flat_map(|names| names.0.iter()).map(String::as_str).collect();
    let mut problems = Problems::new();
    for (name, _) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
        if !problems.is_full() && !known.contains(&&*name) {
            let error = DomainError::plain(ErrorCode::FilterInvalid, sentence("parameter", &name, &known));
            problems.add(located(&name, name.clone().into_owned(), error));
        }
    }
    problems.finish(|| Some(()))
}

/// Refuses members of a body that are not among the known places. Those below a member that is wrong itself are not
/// looked at.
pub fn refuse_members(body: &Value, known: &BTreeSet<String>, problems: &mut Problems) {
    in_value(body, "", known, problems);
}

fn in_value(value: &Value, at: &str, known: &BTreeSet<String>, problems: &mut Problems) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if problems.is_full() {
                    return;
                }
                let place = below(at, name);
                // A point in a name would make it look like a member of a member.
                if !known.contains(&place) || name.contains('.') {
                    let message = sentence("member", name, &names(at, known));
                    problems.add(located(name, place, DomainError::plain(ErrorCode::RequestMalformed, message)));
                } else if !problems.has(&place) {
                    in_value(member, &place, known, problems);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let place = below(at, &index.to_string());
                if !problems.has(&place) {
                    in_value(item, &place, known, problems);
                }
            }
        }
        _ => {}
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

/// The names of the known members of the object at a place.
fn names<'k>(at: &str, known: &'k BTreeSet<String>) -> Vec<&'k str> {
    let inside = |place: &'k String| {
        let rest = if at.is_empty() { place.as_str() } else { place.strip_prefix(at)?.strip_prefix('.')? };
        (!rest.contains('.')).then_some(rest)
    };
    known.iter().filter_map(inside).collect()
}

/// The error at the place of a name. One that is long or has special characters is not repeated.
fn located(name: &str, place: String, error: DomainError) -> InputProblem {
    if is_plain(name) { InputProblem::at(place, error) } else { error.into() }
}

fn is_plain(name: &str) -> bool {
    (1..=NAME_MAX).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

/// A name in quotes, for a sentence, if it is short and without special characters.
pub fn quoted(name: &str) -> String {
    if is_plain(name) { format!("'{name}'") } else { "with such a name".to_owned() }
}

fn sentence(kind: &str, name: &str, known: &[&str]) -> String {
    let unknown = if is_plain(name) {
        format!("There is no {kind} '{name}' here.")
    } else {
        format!("This request has a {kind} with an unknown name.")
    };
    let meant = || known.iter().copied().find(|known| *known == PREVIEW && asks_for_preview(name));
    match nearest(name, known).or_else(meant) {
        Some(near) => format!("{unknown} Did you mean '{near}'?"),
        None if known.is_empty() => unknown,
        None => format!("{unknown} Known {kind}s: {}.", known.join(", ")),
    }
}

/// Whether a request with this name was meant to change nothing. A vendor's surface must not ignore it, as it ignores other
/// unknown names: money would be sent.
pub fn asks_for_preview(name: &str) -> bool {
    const SIMILAR: [&str; 7] =
        [PREVIEW, "dryRun", "validateOnly", "validationOnly", "simulate", "simulation", "testRun"];
    // Too short for others to be similar.
    const EQUAL: [&str; 5] = ["dry", "noop", "whatif", "testonly", "checkonly"];
    is_plain(name) && (nearest(name, &SIMILAR).is_some() || EQUAL.contains(&&*letters(name)))
}

/// A name without its case and separators.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The known name that differs from a name in no more than the case, separators, and a third of the characters.
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if !is_plain(name) {
        return None;
    }
    let sent = letters(name);
    known
        .iter()
        .map(|known| (strsim::osa_distance(&sent, &letters(known)), *known))
        .filter(|(distance, known)| distance * 3 <= known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

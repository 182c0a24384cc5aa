//! Every response and message in the document has an example that fits its schema.

use super::{document, resolved};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Fails unless the value fits the schema.
pub(super) fn require_fit(document: &Value, schema: &Value, value: &Value, place: &str) {
    let mut whole = json!({ "components": document["components"] });
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    whole["allOf"] = json!([schema]);
    let validator = jsonschema::options().should_validate_formats(true).build(&whole).unwrap();
    let wrong: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{place}: {wrong:#?}\n{value:#}");
}

/// The path of every text that is empty.
fn empty_texts(value: &Value, place: &str) -> Vec<String> {
    match value {
        Value::String(text) if text.is_empty() => vec![place.to_owned()],
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| empty_texts(member, &format!("{place}/{name}"))).collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| empty_texts(item, place)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_response_and_message_has_an_example() {
    let document = document();
    let mut seen = 0;
    let items = document["paths"].as_object().unwrap().iter().chain(document["webhooks"].as_object().unwrap());
    for (path, item) in items {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, operation)| operation.is_object()) {
            let answers = operation["responses"].as_object().unwrap().iter();
            let answers = answers.map(|(status, answer)| (status.as_str(), resolved(&document, answer)));
            let body = operation.get("requestBody").map(|body| ("body", body));
            for (what, part) in answers.chain(body) {
                for (kind, content) in part["content"].as_object().into_iter().flatten() {
                    let place = format!("{method} {path} {what} {kind}");
                    let example = content.get("example").unwrap_or_else(|| panic!("{place} has no example"));
                    require_fit(&document, &content["schema"], example, &place);
                    assert_eq!(empty_texts(example, &place), [""; 0]);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn no_two_operations_have_the_same_id() {
    let document = document();
    let items =
        document["paths"].as_object().unwrap().values().chain(document["webhooks"].as_object().unwrap().values());
    let operations =
        items.flat_map(|item| item.as_object().unwrap().values()).filter(|operation| operation.is_object());
    let ids: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

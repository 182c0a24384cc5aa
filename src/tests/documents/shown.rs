//! Compares the output of a command with the output that a document shows. A '…' stands for what differs each time:
//! within a line it stands for any text, as a whole line for any lines, as a member's name for any other members.

use serde_json::Value;

/// Output as a document shows it.
pub enum Shown {
    Text(Vec<String>),
    /// Compared by value; the layout does not matter.
    Json(Value),
}

impl Shown {
    /// Parses a block, if its language is one of output.
    pub fn parse(language: &str, text: &str) -> Option<Self> {
        match language {
            "json" => Some(Self::Json(serde_json::from_str(text).expect(text))),
            "text" => Some(Self::Text(text.lines().map(str::to_owned).collect())),
            _ => None,
        }
    }

    /// Returns a copy with the values replaced that the test has to change, such as ports.
    pub fn with(&self, replace: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(lines) => Self::Text(lines.iter().map(|line| replace(line)).collect()),
            Self::Json(value) => Self::Json(serde_json::from_str(&replace(&value.to_string())).unwrap()),
        }
    }

    /// Returns how the output differs from the one shown, or `None`.
    pub fn differs_from(&self, answer: &str) -> Option<String> {
        match self {
            Self::Text(lines) => {
                let actual: Vec<&str> = answer.lines().map(str::trim_end).collect();
                let shown: Vec<&str> = lines.iter().map(String::as_str).collect();
                (!lines_match(&shown, &actual)).then(|| format!("shown is\n{}", lines.join("\n")))
            }
            Self::Json(shown) => match serde_json::from_str(answer) {
                Ok(actual) => json_differs(shown, &actual, "the answer"),
                Err(error) => Some(format!("the answer is no JSON: {error}")),
            },
        }
    }
}

fn lines_match(shown: &[&str], actual: &[&str]) -> bool {
    match (shown, actual) {
        ([], actual) => actual.is_empty(),
        (["…", shown @ ..], _) => (0..=actual.len()).any(|skipped| lines_match(shown, &actual[skipped..])),
        ([first, shown @ ..], [line, actual @ ..]) => text_matches(first, line) && lines_match(shown, actual),
        (_, []) => false,
    }
}

fn text_matches(shown: &str, actual: &str) -> bool {
    let Some((before, after)) = shown.split_once('…') else { return shown == actual };
    let Some(rest) = actual.strip_prefix(before) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| text_matches(after, &rest[at..]))
}

fn json_differs(shown: &Value, actual: &Value, place: &str) -> Option<String> {
    match (shown, actual) {
        (Value::Object(shown), Value::Object(actual)) => {
            let stray = actual.keys().find(|name| !shown.contains_key(*name) && !shown.contains_key("…"));
            if let Some(name) = stray {
                return Some(format!("{place} also has '{name}'"));
            }
            shown.iter().filter(|(name, _)| *name != "…").find_map(|(name, value)| {
                let place = format!("{place}.{name}");
                actual
                    .get(name)
                    .map_or(Some(format!("{place} is not there")), |actual| json_differs(value, actual, &place))
            })
        }
        (Value::Array(shown), Value::Array(actual)) if shown.len() == actual.len() => {
            let pairs = shown.iter().zip(actual).enumerate();
            pairs
                .map(|(at, (shown, actual))| json_differs(shown, actual, &format!("{place}[{at}]")))
                .find_map(|found| found)
        }
        (Value::String(shown), Value::String(actual)) if text_matches(shown, actual) => None,
        _ if shown == actual => None,
        _ => Some(format!("{place} is {actual}, and shown is {shown}")),
    }
}

#[test]
fn an_answer_is_compared_except_where_an_ellipsis_stands() {
    let text = |shown: &str, actual: &str| Shown::parse("text", shown).unwrap().differs_from(actual).is_none();
    assert!(text("one\n…\ntwo …!", "one\nx\ny\ntwo three!\n"));
    assert!(text("…\nend", "end"));
    assert!(!text("one", "one\ntwo"));
    assert!(!text("one\ntwo", "one"));
    assert!(!text("a…b", "ab c"));
    let json = |shown: &str, actual: &str| Shown::parse("json", shown).unwrap().differs_from(actual).is_none();
    assert!(json(r#"{"a": "x…", "…": "…"}"#, r#"{"b": 1, "a": "xyz"}"#));
    assert!(!json(r#"{"a": "x…"}"#, r#"{"b": 1, "a": "xyz"}"#));
    assert!(!json(r#"{"a": 1, "…": "…"}"#, r#"{"b": 1}"#));
    assert!(!json(r#"{"a": [1, 2]}"#, r#"{"a": [1]}"#));
    assert!(!json(r#"{"a": {"b": true}}"#, r#"{"a": {"b": false}}"#));
    assert!(!json("{}", "nothing"));
}

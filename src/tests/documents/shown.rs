//! What a document shows as an answer, compared with the answer. A '…' stands for what is different each time: within a line
//! for any text, as a line for any lines, as the name of a member for any others.

use serde_json::Value;

/// What a document shows.
pub enum Shown {
    /// Lines.
    Text(Vec<String>),
    /// JSON, however it is laid out.
    Json(Value),
}

impl Shown {
    /// What a block shows, if it shows an answer.
    pub fn parse(language: &str, text: &str) -> Option<Self> {
        match language {
            "json" => Some(Self::Json(serde_json::from_str(text).expect(text))),
            "text" => Some(Self::Text(text.lines().map(str::to_owned).collect())),
            _ => None,
        }
    }

    /// The same with other words for what the test cannot leave as it is.
    pub fn with(&self, replace: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(lines) => Self::Text(lines.iter().map(|line| replace(line)).collect()),
            Self::Json(value) => Self::Json(serde_json::from_str(&replace(&value.to_string())).unwrap()),
        }
    }

    /// Why an answer is not what is shown.
    pub fn differs_from(&self, answer: &str) -> Option<String> {
        match self {
            Self::Text(lines) => {
                let given: Vec<&str> = answer.lines().map(str::trim_end).collect();
                let shown: Vec<&str> = lines.iter().map(String::as_str).collect();
                (!lines_match(&shown, &given)).then(|| format!("shown is\n{}", lines.join("\n")))
            }
            Self::Json(shown) => match serde_json::from_str(answer) {
                Ok(given) => json_differs(shown, &given, "the answer"),
                Err(error) => Some(format!("the answer is no JSON: {error}")),
            },
        }
    }
}

fn lines_match(shown: &[&str], given: &[&str]) -> bool {
    match (shown, given) {
        ([], given) => given.is_empty(),
        (["…", shown @ ..], _) => (0..=given.len()).any(|skipped| lines_match(shown, &given[skipped..])),
        ([first, shown @ ..], [line, given @ ..]) => text_matches(first, line) && lines_match(shown, given),
        (_, []) => false,
    }
}

fn text_matches(shown: &str, given: &str) -> bool {
    let Some((before, after)) = shown.split_once('…') else { return shown == given };
    let Some(rest) = given.strip_prefix(before) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| text_matches(after, &rest[at..]))
}

fn json_differs(shown: &Value, given: &Value, place: &str) -> Option<String> {
    match (shown, given) {
        (Value::Object(shown), Value::Object(given)) => {
            let stray = given.keys().find(|name| !shown.contains_key(*name) && !shown.contains_key("…"));
            if let Some(name) = stray {
                return Some(format!("{place} also has '{name}'"));
            }
            shown.iter().filter(|(name, _)| *name != "…").find_map(|(name, value)| {
                let place = format!("{place}.{name}");
                given
                    .get(name)
                    .map_or(Some(format!("{place} is not there")), |given| json_differs(value, given, &place))
            })
        }
        (Value::Array(shown), Value::Array(given)) if shown.len() == given.len() => {
            let pairs = shown.iter().zip(given).enumerate();
            pairs
                .map(|(at, (shown, given))| json_differs(shown, given, &format!("{place}[{at}]")))
                .find_map(|found| found)
        }
        (Value::String(shown), Value::String(given)) if text_matches(shown, given) => None,
        _ if shown == given => None,
        _ => Some(format!("{place} is {given}, and shown is {shown}")),
    }
}

#[test]
fn an_answer_is_compared_but_for_what_is_left_open() {
    let text = |shown: &str, given: &str| Shown::parse("text", shown).unwrap().differs_from(given).is_none();
    assert!(text("one\n…\ntwo …!", "one\nx\ny\ntwo three!\n"));
    assert!(text("…\nend", "end"));
    assert!(!text("one", "one\ntwo"));
    assert!(!text("one\ntwo", "one"));
    assert!(!text("a…b", "ab c"));
    let json = |shown: &str, given: &str| Shown::parse("json", shown).unwrap().differs_from(given).is_none();
    assert!(json(r#"{"a": "x…", "…": "…"}"#, r#"{"b": 1, "a": "xyz"}"#));
    assert!(!json(r#"{"a": "x…"}"#, r#"{"b": 1, "a": "xyz"}"#));
    assert!(!json(r#"{"a": 1, "…": "…"}"#, r#"{"b": 1}"#));
    assert!(!json(r#"{"a": [1, 2]}"#, r#"{"a": [1]}"#));
    assert!(!json(r#"{"a": {"b": true}}"#, r#"{"a": {"b": false}}"#));
    assert!(!json("{}", "nothing"));
}

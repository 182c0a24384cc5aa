//! What people read about an error, or about what a payout waits for: a text of `locales/` by its id, with the values that it
//! names. The languages are not known here; `texts::errors` writes the sentence.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt};

/// The text that consists of one value only.
const PLAIN: &str = "error-plain";
const PLAIN_VALUE: &str = "text";

/// The text that consists of other texts only.
const SENTENCES: &str = "error-sentences";

/// Begins a stored text that has an id. No typed text can begin with it: it is invisible.
const MARK: char = '\u{1f}';

/// A text by its id, with its values. It is stored as one string, also as JSON: in the browser, parsing more than a string
/// would take too much room. A string without an id, as older versions have written it, is a plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorText {
    id: Cow<'static, str>,
    values: Vec<(Cow<'static, str>, TextValue)>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// As it is.
    Text,
    /// As it is, and it decides the plural.
    Number,
    /// A day such as `2026-11-24`.
    Day,
    /// A month such as `2026-11`.
    Month,
    /// Sentences that follow each other.
    Sentences,
    /// Parts of a sentence that are listed.
    List,
}

/// A value that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextValue {
    kind: ValueKind,
    text: String,
}

impl ErrorText {
    /// The text with this id.
    pub const fn new(id: &'static str) -> Self {
        Self { id: Cow::Borrowed(id), values: Vec::new() }
    }

    /// A text that is the same in every language: it comes from outside, or only programs read it.
    pub fn plain(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(PLAIN).with(PLAIN_VALUE, text.into().into_owned())
    }

    /// A name, which is the same in every language.
    pub fn name(name: impl Into<Cow<'static, str>>) -> Self {
        Self::plain(name)
    }

    /// Sentences that follow each other, as one text.
    pub fn sentences(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts: Vec<Self> = texts.into_iter().collect();
        match texts.pop() {
            Some(only) if texts.is_empty() => only,
            last => Self::new(SENTENCES).with("sentences", TextValue::sentences(texts.into_iter().chain(last))),
        }
    }

    /// The string that is stored.
    pub fn stored(&self) -> String {
        if let Some(plain) = self.as_plain().filter(|plain| !plain.starts_with(MARK)) {
            return plain.to_owned();
        }
        let mut stored = String::from(MARK);
        self.write(&mut stored);
        stored
    }

    /// The text that such a string stands for. One that was stored without an id is a plain text.
    pub fn of_stored(stored: &str) -> Self {
        let read = stored.strip_prefix(MARK).and_then(Self::read);
        read.unwrap_or_else(|| Self::plain(stored.to_owned()))
    }

    /// Changes all values that are written as they are.
    #[must_use]
    pub fn map_values(mut self, change: &impl Fn(&str) -> String) -> Self {
        for (_, value) in &mut self.values {
            match value.kind {
                ValueKind::Text => value.text = change(&value.text),
                ValueKind::Sentences | ValueKind::List => {
                    let texts = value.as_sentences().into_iter().map(|text| text.map_values(change));
                    value.text = TextValue::sentences(texts).text;
                }
                ValueKind::Number | ValueKind::Day | ValueKind::Month => {}
            }
        }
        self
    }

    /// Adds a value that the text names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<TextValue>) -> Self {
        self.values.push((Cow::Borrowed(name), value.into()));
        self
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The names of the values, with the values.
    pub fn values(&self) -> impl Iterator<Item = (&str, &TextValue)> {
        self.values.iter().map(|(name, value)| (&**name, value))
    }

    /// Whether it is the same in every language: what a program outside says, what somebody has typed, or what an older version
    /// has stored.
    pub fn is_plain(&self) -> bool {
        self.as_plain().is_some()
    }

    fn as_plain(&self) -> Option<&str> {
        match (self.id(), self.values.as_slice()) {
            (PLAIN, [(_, value)]) => Some(&value.text),
            _ => None,
        }
    }

    /// The parts of the stored text: the id, then each value after its name.
    fn write(&self, stored: &mut String) {
        write_part(stored, &self.id);
        for (name, value) in &self.values {
            write_part(stored, name);
            write_part(stored, &format!("{}{}", value.kind.letter(), value.text));
        }
    }

    fn read(mut parts: &str) -> Option<Self> {
        let id = read_part(&mut parts)?.to_owned().into();
        let mut values = Vec::new();
        while !parts.is_empty() {
            let name = read_part(&mut parts)?.to_owned().into();
            let mut value = read_part(&mut parts)?.chars();
            let kind = ValueKind::of_letter(value.next()?)?;
            values.push((name, TextValue { kind, text: value.as_str().to_owned() }));
        }
        Some(Self { id, values })
    }
}

/// The length of each part is before it, so that a part may contain everything.
fn write_part(stored: &mut String, part: &str) {
    stored.push_str(&format!("{}:{part}", part.len()));
}

fn read_part<'a>(parts: &mut &'a str) -> Option<&'a str> {
    let (length, rest) = parts.split_once(':')?;
    let (part, rest) = rest.split_at_checked(length.parse().ok()?)?;
    *parts = rest;
    Some(part)
}

impl Serialize for ErrorText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.stored())
    }
}

impl<'de> Deserialize<'de> for ErrorText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = String::deserialize(deserializer)?;
        // The browser shows no error of the server, and to read its parts would take room there.
        Ok(if crate::IS_SERVER { Self::of_stored(&stored) } else { Self::plain(stored) })
    }
}

impl From<&'static str> for ErrorText {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

/// For the log: the id and the values. A plain text is itself.
impl fmt::Display for ErrorText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No log is written in the browser.
        if !crate::IS_SERVER {
            return f.write_str(&self.id);
        }
        if let Some(plain) = self.as_plain() {
            return f.write_str(plain);
        }
        f.write_str(&self.id)?;
        for (index, (name, value)) in self.values.iter().enumerate() {
            write!(f, "{}{name}: {}", if index == 0 { " (" } else { ", " }, value.text)?;
        }
        f.write_str(if self.values.is_empty() { "" } else { ")" })
    }
}

impl ValueKind {
    const fn letter(self) -> char {
        match self {
            Self::Text => 't',
            Self::Number => 'n',
            Self::Day => 'd',
            Self::Month => 'm',
            Self::Sentences => 's',
            Self::List => 'l',
        }
    }

    const fn of_letter(letter: char) -> Option<Self> {
        match letter {
            't' => Some(Self::Text),
            'n' => Some(Self::Number),
            'd' => Some(Self::Day),
            'm' => Some(Self::Month),
            's' => Some(Self::Sentences),
            'l' => Some(Self::List),
            _ => None,
        }
    }
}

impl TextValue {
    /// The day of a time, in UTC.
    pub fn day(at: DateTime<Utc>) -> Self {
        Self { kind: ValueKind::Day, text: at.format("%Y-%m-%d").to_string() }
    }

    /// The month of a time, in UTC.
    pub fn month(at: DateTime<Utc>) -> Self {
        Self { kind: ValueKind::Month, text: at.format("%Y-%m").to_string() }
    }

    /// Sentences that follow each other.
    pub fn sentences(texts: impl IntoIterator<Item = ErrorText>) -> Self {
        let mut stored = String::new();
        for text in texts {
            let mut parts = String::new();
            text.write(&mut parts);
            write_part(&mut stored, &parts);
        }
        Self { kind: ValueKind::Sentences, text: stored }
    }

    /// Parts of a sentence that are listed.
    pub fn list(texts: impl IntoIterator<Item = ErrorText>) -> Self {
        Self { kind: ValueKind::List, ..Self::sentences(texts) }
    }

    pub const fn kind(&self) -> ValueKind {
        self.kind
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The sentences of a value that consists of them, or the parts that it lists.
    pub fn as_sentences(&self) -> Vec<ErrorText> {
        let mut parts = self.text.as_str();
        std::iter::from_fn(|| ErrorText::read(read_part(&mut parts)?)).collect()
    }
}

impl From<String> for TextValue {
    fn from(text: String) -> Self {
        Self { kind: ValueKind::Text, text }
    }
}

impl From<&str> for TextValue {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// A text inside another one, such as who did what is told.
impl From<ErrorText> for TextValue {
    fn from(text: ErrorText) -> Self {
        match text.as_plain() {
            Some(plain) => plain.into(),
            None => Self::sentences([text]),
        }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl From<$number> for TextValue {
            fn from(number: $number) -> Self {
                Self { kind: ValueKind::Number, text: number.to_string() }
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

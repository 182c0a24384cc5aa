//! What a shop keeps with a payment intent: names with texts, such as the number of a cart. Requite gives them back, and does
//! nothing else with them.

use crate::domain::{
    customers::masking::masked_text,
    error::{DomainError, ErrorCode, Field},
    text::{self, Lines},
};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Maximum number of names.
pub const ENTRIES_MAX: usize = 20;
/// Maximum length of a name.
pub const NAME_MAX: usize = 40;
/// Maximum length of a text, in characters.
pub const TEXT_MAX: usize = 500;

/// Texts by name. Every text was checked when it was given; a stored one is read also if it would be rejected today, because
/// an intent has to stay readable when Unicode gets new characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Metadata(BTreeMap<String, String>);

impl Metadata {
    /// Whether this can be a name: it is no longer than a name may be, and has only letters and digits of ASCII, points,
    /// hyphens and underscores.
    pub fn is_name(name: &str) -> bool {
        (1..=NAME_MAX).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    }

    /// Adds a text, without surrounding white space. Rejects a name or a text that cannot be one, and more than
    /// [`ENTRIES_MAX`] names. Only programs give metadata, so the errors have no texts in the catalogues.
    pub fn insert(&mut self, name: &str, text: &str) -> Result<(), DomainError> {
        let invalid = |message: String| DomainError::plain(ErrorCode::TextInvalid, message).on(Field::Metadata);
        if !Self::is_name(name) {
            let rule = "letters and digits of ASCII, '_', '.' or '-'";
            return Err(invalid(format!("Each name must have 1 to {NAME_MAX} characters: {rule}.")));
        }
        if self.0.len() >= ENTRIES_MAX && !self.0.contains_key(name) {
            return Err(invalid(format!("There can be at most {ENTRIES_MAX} names.")));
        }
        let parsed = text::parse(text, Lines::Several, TEXT_MAX);
        let text = parsed.map_err(|error| DomainError::from(error).on(Field::Metadata))?;
        self.0.insert(name.to_owned(), text.unwrap_or_default());
        Ok(())
    }

    /// Reads stored metadata; `None` if it is something else.
    pub fn of_stored(stored: &Json) -> Option<Self> {
        let text = |(name, text): (&String, &Json)| Some((name.clone(), text.as_str()?.to_owned()));
        stored.as_object()?.iter().map(text).collect::<Option<_>>().map(Self)
    }

    pub fn to_json(&self) -> Json {
        self.0.iter().map(|(name, text)| (name.clone(), Json::from(text.as_str()))).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names with their texts, in the order of the names.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// For readers who may not see customers: a shop can have put a customer's e-mail address or address into a text.
    #[must_use]
    pub fn masked(&self) -> Self {
        Self(self.0.iter().map(|(name, text)| (name.clone(), masked_text(text))).collect())
    }
}

//! Reads what a shop keeps with a payment intent.

use super::{member::JsonMember, reader::Reader};
use crate::domain::{
    error::{DomainError, ErrorCode},
    intents::metadata::Metadata,
};
use serde_json::Value;

impl JsonMember for Metadata {
    /// Every wrong text has its own error. Those of names are at the object, since a name that cannot be one is no place.
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let mut metadata = Self::default();
        for (name, value) in reader.object(place)? {
            let at = if Self::is_name(name) { format!("{place}.{name}") } else { place.to_owned() };
            let added = match value {
                Value::String(text) => metadata.insert(name, text),
                _ => Err(DomainError::plain(ErrorCode::RequestMalformed, "It must be a string.")),
            };
            if let Err(error) = added {
                reader.note(at, error, value);
            }
        }
        Some(metadata)
    }
}

//! Counted things in sentences.

use super::amounts::format_of;
use crate::languages::Language;

/// A number with its thousands set apart.
pub fn grouped(language: Language, number: i64) -> String {
    format_of(language).write(&number.to_string())
}

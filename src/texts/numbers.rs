//! Numbers in sentences.

use crate::{domain::counted::with_commas, languages::Language};

/// A number with its thousands set apart.
pub fn grouped(language: Language, number: i64) -> String {
    with_commas(number).replace(',', &language.text("components-thousands"))
}

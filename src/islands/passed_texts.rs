//! Texts of islands. The browser has no catalogues, so an island names the ids of its texts in a constant `TEXTS`, and the
//! server passes them in the language of the page.

use crate::domain::error::ErrorText;

/// The sentence of an error that an island has found. `sentences` are those of all of them, each after its id and a space,
/// and with the names of its values in braces.
pub fn passed_sentence(sentences: &[String], found: &ErrorText) -> String {
    let of_found = |text: &String| Some(text.strip_prefix(found.id())?.strip_prefix(' ')?.to_owned());
    let Some(sentence) = sentences.iter().find_map(of_found) else { return String::new() };
    let value = |name: &str| {
        let mut values = found.values();
        values.find(|(known, _)| *known == name).map_or_else(String::new, |(_, value)| value.as_str().to_owned())
    };
    let parts = sentence.split(['{', '}']).enumerate();
    parts.map(|(index, part)| if index.is_multiple_of(2) { part.to_owned() } else { value(part) }).collect()
}

/// The texts that an island got, in the order of their ids. A missing one is empty.
pub fn passed_texts<const N: usize>(texts: Vec<String>) -> [String; N] {
    let mut texts = texts.into_iter();
    std::array::from_fn(|_| texts.next().unwrap_or_default())
}

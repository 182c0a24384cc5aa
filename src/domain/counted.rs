//! Numbers before nouns, in texts for people.

use std::{borrow::Cow, fmt::Display};

/// A number with its noun: `1 block`, `2 blocks`, `3 entries`.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    format!("{number} {}", noun_for(number, noun))
}

/// The noun after a number that is written in another way.
pub fn noun_for<N: PartialEq + From<u8>>(number: N, noun: &str) -> Cow<'_, str> {
    if number == N::from(1) {
        return noun.into();
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies").into(),
        _ if noun.ends_with('s') => format!("{noun}es").into(),
        _ => format!("{noun}s").into(),
    }
}

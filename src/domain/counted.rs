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

/// A number with a comma before each three digits: `31,000`.
pub fn with_commas(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digit.is_ascii_digit() && (digits.len() - index).is_multiple_of(3) && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

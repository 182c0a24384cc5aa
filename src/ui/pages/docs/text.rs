//! Converts the texts of the OpenAPI document to HTML.

use leptos::prelude::*;

/// A text; words between backticks become code.
pub fn inline(text: &str) -> AnyView {
    let piece = |(index, piece): (usize, &str)| {
        let piece = piece.to_owned();
        if index % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    };
    text.split('`').enumerate().map(piece).collect_view().into_any()
}

/// A text of several paragraphs.
pub fn paragraphs(text: Option<&str>) -> AnyView {
    let paragraphs = text.unwrap_or_default().split("\n\n").filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| view! { <p>{inline(paragraph)}</p> }).collect_view().into_any()
}

/// The anchor of a title.
pub fn anchor(title: &str) -> String {
    let word = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    title.split_whitespace().map(word).collect::<Vec<_>>().join("-")
}

//! Converts the texts of the OpenAPI document to HTML. They are English, also on a page in another language.

use crate::languages::Language;
use leptos::prelude::*;

/// The attribute `lang` of what the document says, if the page is in another language.
pub fn lang(language: Language) -> Option<&'static str> {
    (language != Language::english()).then_some("en")
}

/// An element with the text around it.
pub fn around((before, after): (String, String), element: AnyView) -> AnyView {
    // An empty text would become a space.
    let [before, after] = [before, after].map(|text| (!text.is_empty()).then_some(text));
    view! { {before} {element} {after} }.into_any()
}

/// A text; words between backticks become code.
pub fn inline(text: &str) -> AnyView {
    let piece = |(index, piece): (usize, &str)| {
        let piece = piece.to_owned();
        if index % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    };
    text.split('`').enumerate().map(piece).collect_view().into_any()
}

/// A text of several paragraphs.
pub fn paragraphs(language: Language, text: Option<&str>) -> AnyView {
    let paragraphs = text.unwrap_or_default().split("\n\n").filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| view! { <p lang=lang(language)>{inline(paragraph)}</p> }).collect_view().into_any()
}

/// The anchor of a title.
pub fn anchor(title: &str) -> String {
    let word = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    title.split_whitespace().map(word).collect::<Vec<_>>().join("-")
}

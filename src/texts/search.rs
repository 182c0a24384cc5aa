//! What people type into the search. The words of all languages mean the same to everybody: whoever reads German types English
//! too.

use crate::{
    domain::search::{SearchText, SearchWords},
    languages::Language,
};
use std::sync::LazyLock;

/// In the catalogue of a language whose verbs may follow what they concern.
const LAST: &str = "yes";

static WORDS: LazyLock<SearchWords> = LazyLock::new(|| {
    let mut words = SearchWords::default();
    for language in Language::all() {
        let of = |id: &str| language.text(id).split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        let (refund, approve) = (of("search-verbs-refund"), of("search-verbs-approve"));
        if language.text("search-verbs-last") == LAST {
            words.last.extend(refund.iter().chain(&approve).cloned());
        }
        words.refund.extend(refund);
        words.approve.extend(approve);
        words.kinds.extend(of("search-nouns"));
    }
    words
});

/// A text from a search field, as everything that it could be; `None` if it is empty.
pub fn parse(text: &str) -> Option<SearchText> {
    SearchText::parse(text, &WORDS)
}

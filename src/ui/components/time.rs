//! Times. The server writes UTC; a script replaces it by the reader's local time and keeps UTC as the title.

use crate::{
    texts::times::TimedSentence,
    web::{language::language, time},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// A time on a page, to the minute or to the second.
#[component]
pub fn Time(at: DateTime<Utc>, #[prop(optional)] seconds: bool) -> impl IntoView {
    let style = if seconds { "medium" } else { "short" };
    view! {
        <time datetime=time::iso_8601(at) data-local=style>{time::in_language(language(), at, seconds)}</time>
    }
}

/// A sentence with the time that it may name.
pub fn timed(sentence: TimedSentence) -> AnyView {
    let TimedSentence { before, at, after } = sentence;
    match at {
        Some(at) => view! { {before} <Time at /> {after} }.into_any(),
        None => before.into_any(),
    }
}

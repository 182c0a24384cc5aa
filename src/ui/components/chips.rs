//! The filters of a list that are on, each as a link to the list without it.

use super::{
    field::{Field, Select},
    typed_text::TypedText,
};
use crate::{
    domain::names::Named,
    texts::titles::Title,
    web::{
        days::day,
        list_query::{ListFilter, ListQuery},
        paths,
        periods::Period,
        zone::Zone,
    },
};
use leptos::prelude::*;

/// A filter that is on.
pub struct Chip<F> {
    title: &'static str,
    value: String,
    remove: fn(&mut F),
}

/// A filter with its value as typed, unless that is empty.
pub fn chip<F>(title: &'static str, value: &str, remove: fn(&mut F)) -> Option<Chip<F>> {
    let value = value.trim();
    (!value.is_empty()).then(|| Chip { title, value: value.to_owned(), remove })
}

/// A filter with the text of the option that is chosen. Any other value is not applied.
pub fn option_chip<F>(
    title: &'static str,
    options: &[(&'static str, &'static str)],
    value: &str,
    remove: fn(&mut F),
) -> Option<Chip<F>> {
    let (_, text) = options.iter().find(|(option, _)| !option.is_empty() && *option == value)?;
    chip(title, text, remove)
}

/// The first or last day, unless it cannot be read.
pub fn day_chip<F>(title: &'static str, text: &str, zone: Zone, remove: fn(&mut F)) -> Option<Chip<F>> {
    let day = day(text)?;
    chip(title, &format!("{day} ({zone})"), remove)
}

/// The filters that are on, and a link to the list without any. The order and the columns stay.
pub fn chips<F: ListFilter + Clone>(path: &str, query: &ListQuery<F>, on: Vec<Option<Chip<F>>>) -> Option<AnyView> {
    let item = |Chip { title, value, remove }: Chip<F>| {
        let mut filters = query.filters.clone();
        remove(&mut filters);
        let href = query.with_other_filters(filters).address(path);
        view! {
            <li>
                <a class="chip" href=href>
                    <span class="visually-hidden">"Remove the filter "</span>
                    <span>{title} ": " <TypedText text=value /></span>
                    <span aria-hidden="true">"×"</span>
                </a>
            </li>
        }
        .into_any()
    };
    let items: Vec<AnyView> = on.into_iter().flatten().map(item).collect();
    if items.is_empty() {
        return None;
    }
    let without = query.with_other_filters(F::default()).address(path);
    let list = view! {
        <ul class="chips" aria-label="Filters that are on">
            {items}
            <li><a class="chip" href=without>"Clear all"</a></li>
        </ul>
    };
    Some(list.into_any())
}

/// The periods that a list can be filtered by.
pub fn periods() -> Vec<(&'static str, &'static str)> {
    std::iter::once(("", "Any time")).chain(Period::all().map(|period| (period.as_str(), period.title()))).collect()
}

/// The choice of a period.
pub fn period_field(value: &str) -> AnyView {
    view! { <Select name="period" label="When" options=periods() value=value /> }.into_any()
}

/// The first and the last day of a range, and in which time zone they begin.
pub fn day_fields(from: &str, to: &str, zone: Zone) -> AnyView {
    view! {
        <Field name="from" label=format!("From day ({zone})") kind="date" value=from />
        <Field name="to" label=format!("To day ({zone})") kind="date" value=to />
        <p class="hint"><a href=format!("{}#time-zone", paths::ACCOUNT)>"Your time zone"</a></p>
    }
    .into_any()
}

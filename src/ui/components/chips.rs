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
        language::language,
        list_query::{ListFilter, ListQuery},
        paths,
        periods::{Calendar, Period},
        zone::Zone,
    },
};
use leptos::prelude::*;

/// A filter that is on.
pub struct Chip<F> {
    title: String,
    value: String,
    remove: fn(&mut F),
}

/// A filter with its value as typed, unless that is empty.
pub fn chip<F>(title: impl Into<String>, value: &str, remove: fn(&mut F)) -> Option<Chip<F>> {
    let value = value.trim();
    (!value.is_empty()).then(|| Chip { title: title.into(), value: value.to_owned(), remove })
}

/// A filter with the text of the option that is chosen. Any other value is not applied.
pub fn option_chip<F>(
    title: impl Into<String>,
    options: &[(&'static str, impl AsRef<str>)],
    value: &str,
    remove: fn(&mut F),
) -> Option<Chip<F>> {
    let (_, text) = options.iter().find(|(option, _)| !option.is_empty() && *option == value)?;
    chip(title, text.as_ref(), remove)
}

/// The first or last day, unless it cannot be read.
pub fn day_chip<F>(title: impl Into<String>, text: &str, zone: Zone, remove: fn(&mut F)) -> Option<Chip<F>> {
    let day = day(text)?;
    chip(title, &format!("{day} ({zone})"), remove)
}

/// The filters that are on, and a link to the list without any. The order and the columns stay.
pub fn chips<F: ListFilter + Clone>(path: &str, query: &ListQuery<F>, on: Vec<Option<Chip<F>>>) -> Option<AnyView> {
    let language = language();
    let item = |Chip { title, value, remove }: Chip<F>| {
        let mut filters = query.filters.clone();
        remove(&mut filters);
        let href = query.with_other_filters(filters).address(path);
        view! {
            <li>
                <a class="chip" href=href>
                    <span class="visually-hidden">{language.text("components-remove-filter")} " "</span>
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
        <ul class="chips" aria-label=language.text("components-filters-on")>
            {items}
            <li><a class="chip" href=without>{language.text("components-clear-all")}</a></li>
        </ul>
    };
    Some(list.into_any())
}

/// The periods that a list can be filtered by.
pub fn periods() -> Vec<(&'static str, String)> {
    let language = language();
    let any = std::iter::once(("", language.text("components-any-time")));
    any.chain(Period::all().map(|period| (period.as_str(), period.title(language)))).collect()
}

/// The choice of a period.
pub fn period_field(value: &str) -> AnyView {
    view! { <Select name="period" label=language().text("components-when") options=periods() value=value /> }.into_any()
}

/// The choice of the order of a list that is sorted by time only.
pub fn time_order_field(value: &str) -> AnyView {
    let language = language();
    let orders = vec![("newest", language.text("lists-newest-first")), ("oldest", language.text("lists-oldest-first"))];
    view! { <Select name="sort" label=language.text("lists-sort") options=orders value=value /> }.into_any()
}

/// The first and the last day of a range, in which time zone they begin, and why in that one.
pub fn day_fields(from: &str, to: &str, calendar: &Calendar) -> AnyView {
    let language = language();
    let first = language.with("components-from-day", [("zone", calendar.zone.name())]);
    let last = language.with("components-to-day", [("zone", calendar.zone.name())]);
    view! {
        <Field name="from" label=first kind="date" value=from />
        <Field name="to" label=last kind="date" value=to />
        <p class="hint"><a href=format!("{}#time-zone", paths::ACCOUNT)>{calendar.zone_source.title(language)}</a></p>
    }
    .into_any()
}

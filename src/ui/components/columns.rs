//! The choice of the columns of a list. It is in the URL of the list.

use crate::web::{
    language::language,
    list_columns::{ListColumn, PARAMETER},
    list_query::{ListFilter, ListQuery},
};
use leptos::prelude::*;

/// A form with a checkbox for each column but the first, which is always chosen: without any choice the usual columns would be
/// shown. The filters and the order stay.
pub fn columns_form<C: ListColumn, F: ListFilter>(query: &ListQuery<F>) -> AnyView {
    let language = language();
    let shown: Vec<C> = query.columns.shown();
    let boxes = C::all().skip(1).map(|column| {
        let is_shown = shown.contains(&column);
        view! {
            <label class="check">
                <input type="checkbox" name=PARAMETER value=column.as_str() checked=is_shown />
                <span>{column.title(language)}</span>
            </label>
        }
        .into_any()
    });
    let boxes: Vec<AnyView> = boxes.collect();
    let kept = query
        .kept_parameters()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let kept = kept.collect_view();
    let first = C::all().next().map(|column| view! { <input type="hidden" name=PARAMETER value=column.as_str() /> });
    view! {
        <details class="columns-choice">
            <summary>{language.text("components-columns")}</summary>
            <form method="get" aria-label=language.text("components-columns")>
                {kept}
                {first}
                <fieldset>
                    <legend class="visually-hidden">{language.text("components-columns-shown")}</legend>
                    {boxes}
                </fieldset>
                <button class="button">{language.text("components-show-columns")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The columns of a list inside its form of filters, so that they stay when the filters change.
pub fn kept_columns<F>(query: &ListQuery<F>) -> AnyView {
    let names = query.columns.names().iter().cloned();
    names.map(|name| view! { <input type="hidden" name=PARAMETER value=name /> }).collect_view().into_any()
}

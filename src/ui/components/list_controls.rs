//! What is above a list whose columns can be chosen: its saved views, its filters, how many rows it has, and its columns.

use super::{
    chips::{Chip, chips},
    columns::columns_form,
    list::{NotApplied, total_line},
    saved_views::saved_views_bar,
};
use crate::{
    domain::{
        paging::Total,
        people::actor::Actor,
        saved_views::{SavedList, SavedView},
    },
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        saved_views::path,
    },
};
use leptos::prelude::*;

/// A list, as far as its controls show it.
pub struct Controls<'a, F> {
    pub list: SavedList,
    pub actor: &'a Actor,
    pub views: Vec<SavedView>,
    pub query: &'a ListQuery<F>,
    /// The form of its filters.
    pub filters: AnyView,
    /// The filters that are on.
    pub on: Vec<Option<Chip<F>>>,
    pub total: Total,
    /// The id of the text that says how many rows it has.
    pub rows: &'static str,
    /// The links to its files, if they are not in the heading of the page.
    pub files: Option<AnyView>,
}

impl<F: ListFilter + Clone> Controls<'_, F> {
    /// The controls of a list with these columns.
    pub fn view<C: ListColumn>(self) -> AnyView {
        let Self { list, actor, views, query, filters, on, total, rows, files } = self;
        view! {
            {saved_views_bar(actor, list, views, &query.saved_text())}
            {filters}
            {chips(path(list), query, on)}
            <NotApplied filters=query.filters.unreadable_filters() />
            <div class="list-bar">
                {total_line(total, rows)}
                {columns_form::<C, _>(query)}
                {files}
            </div>
        }
        .into_any()
    }
}

//! The parts of every list: heading, filters, table, and links to other pages.

use super::{
    empty::EmptyState,
    icon::{Drawing, Icon},
    notice::Advice,
    pagination::Pagination,
};
use crate::{
    domain::paging::{COUNTED_MAX, SortDirection, Total},
    languages::{Language, Value},
    texts::numbers::grouped,
    web::{
        language::language,
        list_columns::ListColumn,
        list_query::{ColumnOrder, ListFilter, ListQuery, PageLinks},
    },
};
use leptos::prelude::*;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    title: String,
    is_number: bool,
    /// How its head sorts the list.
    order: Option<ColumnOrder>,
}

impl Column {
    /// A column of text, aligned to the start.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), is_number: false, order: None }
    }

    /// A column of numbers, aligned to the end.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), is_number: true, order: None }
    }

    /// The same column with a head that sorts the list.
    #[must_use]
    pub fn sorting(self, order: Option<ColumnOrder>) -> Self {
        Self { order, ..self }
    }

    fn head(self) -> AnyView {
        let Self { title, is_number, order } = self;
        let (direction, href) = order.map(|ColumnOrder { direction, href }| (direction, href)).unwrap_or_default();
        let sorted = direction.map(|direction| match direction {
            SortDirection::NewestFirst => "descending",
            SortDirection::OldestFirst => "ascending",
        });
        let content = match href {
            Some(href) => view! { <a href=href>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        if is_number {
            view! { <th scope="col" class="end" aria-sort=sorted>{content}</th> }.into_any()
        } else {
            view! { <th scope="col" aria-sort=sorted>{content}</th> }.into_any()
        }
    }
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Columns {
    all: Vec<Column>,
    /// Whether there can be more of them than a window has room for.
    are_chosen: bool,
}

impl Columns {
    /// Those that the reader of a list sees.
    pub fn of<C: ListColumn>(shown: &[C]) -> Self {
        let language = language();
        let column = |column: &C| Column { title: column.title(language), is_number: column.is_number(), order: None };
        let are_chosen = shown.iter().any(|column| !column.is_usual());
        Self { all: shown.iter().map(column).collect(), are_chosen }
    }

    /// The same, with heads that sort the list at this path.
    pub fn of_list<C, F>(shown: &[C], query: &ListQuery<F>, path: &str) -> Self
    where
        C: ListColumn,
        F: ListFilter + Clone,
    {
        let Self { all, are_chosen } = Self::of(shown);
        let orders = shown.iter().map(|column| query.column_order(path, column.orders()));
        Self { all: all.into_iter().zip(orders).map(|(column, order)| column.sorting(order)).collect(), are_chosen }
    }
}

impl From<Vec<Column>> for Columns {
    fn from(all: Vec<Column>) -> Self {
        Self { all, are_chosen: false }
    }
}

impl<const N: usize> From<[Column; N]> for Columns {
    fn from(columns: [Column; N]) -> Self {
        Vec::from(columns).into()
    }
}

/// A row with the cells of these columns.
pub fn row_of<C: ListColumn>(shown: &[C], cell: impl Fn(C) -> AnyView) -> AnyView {
    view! { <tr>{shown.iter().map(|column| cell(*column)).collect_view()}</tr> }.into_any()
}

/// A table that scrolls where it is wider than the screen.
#[component]
pub fn Table(
    /// The label for screen readers.
    #[prop(into)]
    label: String,
    #[prop(into)] columns: Columns,
    rows: Vec<AnyView>,
    /// Whether rows are not links. Such rows are not highlighted under the pointer.
    #[prop(optional)]
    plain: bool,
    /// Whether it is the list of a page, whose head stays in sight.
    #[prop(optional)]
    is_list: bool,
) -> impl IntoView {
    let kind = match (is_list, columns.are_chosen) {
        (true, true) => "wide-list",
        (true, false) => "list",
        (false, _) => "table",
    };
    let content = view! {
        <thead>
            <tr>{columns.all.into_iter().map(Column::head).collect_view()}</tr>
        </thead>
        <tbody>{rows}</tbody>
    };
    // Leptos would write a missing class as an empty attribute.
    let table = if plain {
        view! { <table>{content}</table> }.into_any()
    } else {
        view! { <table class="rows">{content}</table> }.into_any()
    };
    view! {
        <div class="table-scroll" data-kind=kind tabindex="0" role="region" aria-label=label>
            {table}
        </div>
    }
}

/// One page of a list, with links to the other pages. If it has no rows, it shows its children instead.
#[component]
pub fn List(
    #[prop(into)] label: String,
    #[prop(into)] columns: Columns,
    rows: Vec<AnyView>,
    #[prop(optional)] plain: bool,
    #[prop(optional)] links: PageLinks,
    children: Children,
) -> impl IntoView {
    let body = if rows.is_empty() {
        children().into_any()
    } else {
        view! { <Table label columns rows plain is_list=true /> }.into_any()
    };
    view! {
        {body}
        <Pagination links />
    }
}

/// The heading of a list that can be exported as a file.
#[component]
pub fn ListHead(
    #[prop(into)] title: String,
    /// The URL of the file; `None` if the file would have no rows.
    file: Option<String>,
    /// The file name.
    saved_as: &'static str,
    /// The URL of the file with all columns, where `file` has only those that are shown.
    #[prop(optional_no_strip)]
    whole_file: Option<String>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            {file_links(file, whole_file, saved_as)}
        </div>
    }
}

/// The links to the files of a list: with what is shown, and with everything that is known of each row.
pub fn file_links(file: Option<String>, whole_file: Option<String>, saved_as: &'static str) -> AnyView {
    let language = language();
    let link = |href: String, text: String| {
        view! { <a class="button" href=href download=saved_as><Icon of=Drawing::Export /> {text}</a> }
    };
    view! {
        <div class="files">
            {file.map(|href| link(href, language.text("components-export")))}
            {whole_file.map(|href| link(href, language.text("components-export-all")))}
        </div>
    }
    .into_any()
}

/// How many rows a list has on all of its pages. `rows` is the id of the text that says what they are, such as
/// `components-refunds`.
pub fn total_line(total: Total, rows: &str) -> AnyView {
    view! { <p class="hint list-total">{total_text(language(), total, rows)}</p> }.into_any()
}

/// The same as a part of a sentence.
pub fn total_text(language: Language, total: Total, rows: &str) -> String {
    match total {
        Total::Exactly(number) => counted(language, rows, number),
        Total::AtLeast(number) => language.with("components-at-least", [("rows", counted(language, rows, number))]),
        Total::More => language.with("components-more-than", [("rows", counted(language, rows, COUNTED_MAX))]),
    }
}

fn counted(language: Language, rows: &str, number: u32) -> String {
    let grouped = grouped(language, number.into());
    language.with(rows, [("count", Value::from(number)), ("number", grouped.into())])
}

/// The filters of a list, as a form that works without JavaScript. It is sent to `action`, by default the current page.
/// `more` holds rarely used filters, which follow the button.
pub fn filter_form(action: Option<String>, filters: impl IntoView + 'static, more: Option<AnyView>) -> AnyView {
    let language = language();
    view! {
        <form method="get" action=action class="filters" role="search" aria-label=language.text("components-filters")>
            {filters}
            <button class="button">{language.text("components-show")}</button>
            {more}
        </form>
    }
    .into_any()
}

/// Names the filters that are not applied because their value is invalid.
#[component]
pub fn NotApplied(
    /// The ids of their names.
    filters: Vec<&'static str>,
) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let language = language();
        let names: Vec<String> = filters.into_iter().map(|id| language.text(id)).collect();
        view! {
            <Advice kind="warning">
                <p>{language.with("components-not-applied", [("filters", names.join(", "))])}</p>
            </Advice>
        }
    })
}

/// Shown instead of a list if no row matches its filters.
#[component]
pub fn NothingMatches(
    /// The word for what to reduce, in the advice to the reader.
    #[prop(optional, into)]
    fewer: Option<String>,
    /// The URL of the list without filters.
    #[prop(into)]
    all: String,
    /// The text of the link to it.
    #[prop(optional, into)]
    show_all: Option<String>,
) -> impl IntoView {
    let language = language();
    let fewer = fewer.unwrap_or_else(|| language.text("components-fewer-filters"));
    let show_all = show_all.unwrap_or_else(|| language.text("components-show-everything"));
    let (before, after) = language.around_with("components-try-fewer", "all", [("fewer", fewer)]);
    view! {
        <EmptyState title=language.text("components-nothing-matches")>
            {before} <a href=all>{show_all}</a> {after}
        </EmptyState>
    }
}

//! The parts of every list: heading, filters, table, and links to other pages.

use super::{
    empty::EmptyState,
    icon::{Drawing, Icon},
    notice::Advice,
    pagination::Pagination,
};
use crate::{
    domain::{
        counted::{noun_for, with_commas},
        paging::{COUNTED_MAX, Total},
    },
    web::{list_columns::ListColumn, list_query::PageLinks},
};
use leptos::prelude::*;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    title: &'static str,
    is_number: bool,
}

impl Column {
    /// A column of text, aligned to the start.
    pub const fn text(title: &'static str) -> Self {
        Self { title, is_number: false }
    }

    /// A column of numbers, aligned to the end.
    pub const fn number(title: &'static str) -> Self {
        Self { title, is_number: true }
    }

    fn head(&self) -> AnyView {
        if self.is_number {
            view! { <th scope="col" class="end">{self.title}</th> }.into_any()
        } else {
            view! { <th scope="col">{self.title}</th> }.into_any()
        }
    }
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// Those that the reader of a list sees.
    pub fn of<C: ListColumn>(shown: &[C]) -> Self {
        let column = |column: &C| Column { title: column.title(), is_number: column.is_number() };
        Self(shown.iter().map(column).collect())
    }
}

impl From<&'static [Column]> for Columns {
    fn from(columns: &'static [Column]) -> Self {
        Self(columns.to_vec())
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
    let content = view! {
        <thead>
            <tr>{columns.0.iter().map(Column::head).collect_view()}</tr>
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
        <div class="table-scroll" data-kind=if is_list { "list" } else { "table" } tabindex="0" role="region" aria-label=label>
            {table}
        </div>
    }
}

/// One page of a list, with links to the other pages. If it has no rows, it shows its children instead.
#[component]
pub fn List(
    label: &'static str,
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
    title: &'static str,
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
    let link = |href: String, text: &'static str| {
        view! { <a class="button" href=href download=saved_as><Icon of=Drawing::Export /> {text}</a> }
    };
    view! {
        <div class="files">
            {file.map(|href| link(href, "Export as CSV"))}
            {whole_file.map(|href| link(href, "Export every column"))}
        </div>
    }
    .into_any()
}

/// How many rows a list has on all of its pages.
pub fn total_line(total: Total, noun: &str) -> AnyView {
    let text = match total {
        Total::Exactly(number) => format!("{} {}", with_commas(number.into()), noun_for(number, noun)),
        Total::More => format!("More than {} {}", with_commas(COUNTED_MAX.into()), noun_for(COUNTED_MAX, noun)),
    };
    view! { <p class="hint list-total">{text}</p> }.into_any()
}

/// The filters of a list, as a form that works without JavaScript. It is sent to `action`, by default the current page.
/// `more` holds rarely used filters, which follow the button.
pub fn filter_form(action: Option<String>, filters: impl IntoView + 'static, more: Option<AnyView>) -> AnyView {
    view! {
        <form method="get" action=action class="filters" role="search" aria-label="Filters">
            {filters}
            <button class="button">"Show"</button>
            {more}
        </form>
    }
    .into_any()
}

/// Names the filters that are not applied because their value is invalid.
#[component]
pub fn NotApplied(filters: Vec<&'static str>) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        view! {
            <Advice kind="warning">
                <p>"Not understood and therefore not applied: " {filters.join(", ")} "."</p>
            </Advice>
        }
    })
}

/// Shown instead of a list if no row matches its filters.
#[component]
pub fn NothingMatches(
    /// The word for what to reduce, in the advice to the reader.
    #[prop(default = "filters")]
    fewer: &'static str,
    /// The URL of the list without filters.
    #[prop(into)]
    all: String,
    /// The text of the link to it.
    #[prop(default = "show everything")]
    show_all: &'static str,
) -> impl IntoView {
    view! {
        <EmptyState title="Nothing matches">"Try fewer " {fewer} ", or " <a href=all>{show_all}</a> "."</EmptyState>
    }
}

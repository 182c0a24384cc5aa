//! The parts of every list: heading, filters, table, and links to other pages.

use super::{
    empty::EmptyState,
    icon::{Drawing, Icon},
    notice::Advice,
    pagination::Pagination,
};
use crate::web::list_query::PageLinks;
use leptos::prelude::*;

/// A column of a table.
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

/// A table that scrolls where it is wider than the screen.
#[component]
pub fn Table(
    /// The label for screen readers.
    #[prop(into)]
    label: String,
    columns: &'static [Column],
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
            <tr>{columns.iter().map(Column::head).collect_view()}</tr>
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
    columns: &'static [Column],
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
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            {file.map(|href| view! { <a class="button" href=href download=saved_as><Icon of=Drawing::Export /> "Export as CSV"</a> })}
        </div>
    }
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

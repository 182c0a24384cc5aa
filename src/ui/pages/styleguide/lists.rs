//! Lists with what is around them: filters, saved views, totals, columns and links to other pages; and what a search finds.

use crate::{
    domain::{
        ids::{SavedViewId, UserId},
        money::{Money, currency::Currency},
        names::Named,
        paging::{COUNTED_MAX, Total},
        people::actor::Actor,
        refunds::refund::RefundStatus,
        saved_views::{SavedList, SavedView},
    },
    ui::components::{
        amount::listed,
        chips::{chip, chips},
        columns::columns_form,
        empty::EmptyState,
        field::Field,
        list::{Column, NotApplied, NothingMatches, Table, filter_form, total_line},
        pagination::Pagination,
        saved_views::saved_views_bar,
        status::RefundBadge,
    },
    web::{
        list_query::PageLinks,
        lists::refunds::{RefundColumn, RefundFilters, RefundQuery},
        paths,
        search_results::{ResultRow, content},
    },
};
use leptos::prelude::*;
use uuid::Uuid;

/// Order number, amount, status and customer.
type SpecimenRow = (&'static str, (&'static str, Currency), RefundStatus, &'static str);

/// The third amount has more decimals than lists show.
const ROWS: [SpecimenRow; 4] = [
    ("#1015", ("12.50", Currency::Usd), RefundStatus::Completed, "anna.schmidt@shop.example"),
    (
        "#1016",
        ("12000.00", Currency::Usd),
        RefundStatus::AwaitingApproval,
        "a-very-long-name-of-a-customer@department.shop.example",
    ),
    ("#1017", ("0.171805123456789012", Currency::Eth), RefundStatus::Processing, "müller@shop.example"),
    ("#1018", ("7.00", Currency::Eur), RefundStatus::Rejected, "–"),
];

/// A list with everything around it, and lists without rows.
pub fn lists(actor: &Actor) -> AnyView {
    let row = |(order, (number, currency), status, customer): SpecimenRow| {
        let amount = Money::parse(number, currency).ok().map(listed);
        view! {
            <tr>
                <th scope="row"><a href="#lists-title">{order}</a></th>
                <td data-label="Amount" class="end number">{amount}</td>
                <td data-label="Status"><RefundBadge status /></td>
                <td data-label="Customer" class="wrap">{customer}</td>
            </tr>
        }
        .into_any()
    };
    let rows = ROWS.into_iter().map(row).collect();
    let links = PageLinks { previous: Some("#lists-title".to_owned()), next: Some("#lists-title".to_owned()) };
    let filters = RefundFilters { status: "completed".to_owned(), ..RefundFilters::default() };
    let mut query = RefundQuery::with_filters(filters);
    "largest".clone_into(&mut query.sort);
    // The list is sorted by its amounts, and can be sorted by its orders.
    let order = |orders: &[&'static str]| query.column_order(paths::STYLEGUIDE, orders);
    let columns = [
        Column::text("Order").sorting(order(&["newest", "oldest"])),
        Column::number("Amount").sorting(order(&["largest", "smallest"])),
        Column::text("Status"),
        Column::text("Customer"),
    ];
    let on = vec![chip("Status", "completed", |filters: &mut RefundFilters| filters.status.clear())];
    view! {
        <section aria-labelledby="lists-title">
            <h2 id="lists-title">"Lists"</h2>
            {saved_views_bar(actor, SavedList::Refunds, saved_views(actor), &query.saved_text())}
            {filter_form(None, view! { <Field name="text" label="Filter" kind="search" /> }, None)}
            {chips(paths::STYLEGUIDE, &query, on)}
            <NotApplied filters=vec!["lists-field-from", "lists-field-min"] />
            <div class="list-bar">
                {total_line(Total::Exactly(1), "components-refunds")}
                {total_line(Total::AtLeast(COUNTED_MAX - 1_000), "components-refunds")}
                {total_line(Total::More, "components-refunds")}
                {columns_form::<RefundColumn, _>(&query)}
            </div>
            <Table label="A list" columns rows />
            <Pagination links />
            <EmptyState title="Nothing yet">"What has to happen before something is listed here."</EmptyState>
            <NothingMatches all=paths::STYLEGUIDE />
        </section>
    }
    .into_any()
}

/// The one that the list shows now, and one that the team shares.
fn saved_views(actor: &Actor) -> Vec<SavedView> {
    let view = |number: u128, owner: Option<UserId>, name: &str, query: &str| SavedView {
        id: SavedViewId(Uuid::from_u128(number)),
        list: SavedList::Refunds,
        owner,
        name: name.to_owned(),
        query: query.to_owned(),
    };
    vec![
        view(1, actor.user(), "Completed", "status=completed"),
        view(2, None, "Large ones that wait for somebody", "status=awaiting_approval&min=1000"),
    ]
}

/// What the page of the search shows, and the palette, which opens over every page.
pub fn found() -> AnyView {
    let refund = |status: RefundStatus, title: &str, detail: &str| ResultRow {
        title: "Refund".to_owned(),
        detail: detail.to_owned(),
        href: "#found-title".to_owned(),
        amount: "12.50 USDC".to_owned(),
        network: "Base".to_owned(),
        status: status.as_str().to_owned(),
        status_title: title.to_owned(),
        at: "23 Nov 2026, 08:15 UTC".to_owned(),
        datetime: "2026-11-23T08:15:00Z".to_owned(),
        ..ResultRow::default()
    };
    let action = ResultRow {
        title: "Refund order #1015".to_owned(),
        detail: "up to".to_owned(),
        amount: "12.50 USDC".to_owned(),
        ..ResultRow::default()
    };
    let long = "a-very-long-name-of-a-customer@department.shop.example";
    let page = ResultRow { title: "Refunds".to_owned(), href: paths::REFUNDS.to_owned(), ..ResultRow::default() };
    let links = [
        refund(RefundStatus::Completed, "completed", "anna.schmidt@shop.example"),
        refund(RefundStatus::AwaitingApproval, "awaiting approval", long),
        page,
    ];
    let links = links.map(|row| {
        let href = row.href.clone();
        view! { <li><a class="result" href=href>{content(row)}</a></li> }.into_any()
    });
    view! {
        <section class="found" aria-labelledby="found-title">
            <h2 id="found-title">"What is found"</h2>
            <p class="hint">
                "The palette has the same rows. " <kbd>"Ctrl"</kbd> " " <kbd>"K"</kbd> " opens it, " <kbd>"?"</kbd>
                " the list of keys."
            </p>
            <ul class="results">
                <li><button type="button" class="result">{content(action)}</button></li>
                {Vec::from(links)}
            </ul>
        </section>
    }
    .into_any()
}

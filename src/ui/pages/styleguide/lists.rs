//! A list with everything that is around it.

use crate::{
    domain::{
        ids::SavedViewId,
        money::{Money, currency::Currency},
        paging::Total,
        people::actor::Actor,
        refunds::refund::RefundStatus,
        saved_views::{SavedList, SavedView},
    },
    ui::components::{
        amount::listed,
        chips::chip,
        empty::EmptyState,
        field::Field,
        list::{Column, NothingMatches, Table, filter_form},
        list_controls::Controls,
        pagination::Pagination,
        status::RefundBadge,
        typed_text::TypedText,
    },
    web::{
        list_query::PageLinks,
        lists::refunds::{RefundColumn, RefundFilters, RefundQuery},
        paths,
    },
};
use leptos::prelude::*;
use uuid::Uuid;

type Row = (&'static str, (&'static str, Currency), RefundStatus, &'static str);

const ROWS: [Row; 5] = [
    ("#1015", ("12.50", Currency::Usd), RefundStatus::Completed, "anna.schmidt@shop.example"),
    (
        "#1016",
        ("12000", Currency::Usd),
        RefundStatus::AwaitingApproval,
        "a-very-long-name-of-a-customer@department.shop.example",
    ),
    ("#1017", ("0.171805", Currency::Eth), RefundStatus::Processing, "müller@shop.example"),
    ("#1018", ("0.000123456789012345", Currency::Eth), RefundStatus::Pending, "çağ@shop.example"),
    ("#1019", ("7", Currency::Eur), RefundStatus::Rejected, "–"),
];

pub fn section(actor: &Actor) -> AnyView {
    let rows = ROWS.into_iter().map(row).collect();
    let columns = [Column::text("Order"), Column::number("Amount"), Column::text("Status"), Column::text("Customer")];
    let links = PageLinks { previous: Some("#lists-title".to_owned()), next: Some("#lists-title".to_owned()) };
    let filters = RefundFilters { status: "completed".to_owned(), ..RefundFilters::default() };
    let query = RefundQuery::with_filters(filters);
    let controls = Controls {
        list: SavedList::Refunds,
        actor,
        views: views(actor, &query.saved_text()),
        query: &query,
        filters: filter_form(None, view! { <Field name="text" label="Filter" kind="search" /> }, None),
        on: vec![chip("Status", "completed", |filters: &mut RefundFilters| filters.status.clear())],
        total: Total::More,
        rows: "components-refunds",
        files: None,
    };
    let controls = controls.view::<RefundColumn>();
    view! {
        <section aria-labelledby="lists-title">
            <h2 id="lists-title">"Lists"</h2>
            {controls}
            <Table label="A list" columns rows />
            <Pagination links />
            <EmptyState title="Nothing yet">"What has to happen before something is listed here."</EmptyState>
            <NothingMatches all=paths::STYLEGUIDE />
        </section>
    }
    .into_any()
}

/// One that is on, and one that the team shares.
fn views(actor: &Actor, current: &str) -> Vec<SavedView> {
    let view = |number, owner, name: &str, query: &str| SavedView {
        id: SavedViewId(Uuid::from_u128(number)),
        list: SavedList::Refunds,
        owner,
        name: name.to_owned(),
        query: query.to_owned(),
    };
    vec![
        view(1, actor.user(), "Completed", current),
        view(2, None, "What waits for approval", "status=awaiting_approval"),
    ]
}

fn row((order, (amount, currency), status, customer): Row) -> AnyView {
    let amount = Money::parse(amount, currency).ok().map(listed);
    view! {
        <tr>
            <th scope="row"><a href="#lists-title">{order}</a></th>
            <td data-label="Amount" class="end number">{amount}</td>
            <td data-label="Status"><RefundBadge status /></td>
            <td data-label="Customer" class="wrap"><TypedText text=customer /></td>
        </tr>
    }
    .into_any()
}

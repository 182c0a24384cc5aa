//! The refund history.

use crate::{
    domain::{
        address::network::Network,
        money::currency::Currency,
        names::Named,
        refunds::refund::{Refund, RefundStatus},
    },
    service::refunds,
    texts::titles::Title,
    ui::{
        components::{
            empty::EmptyState,
            field::{Field, Select},
            notice::Advice,
            pagination::Pagination,
            status::RefundBadge,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{forms::caller, list_filters::RefundQuery, list_query::ListFilter, paths},
};
use leptos::prelude::*;

const SORTS: [(&str, &str); 5] = [
    ("newest", "Newest first"),
    ("oldest", "Oldest first"),
    ("updated", "Last changed first"),
    ("largest", "Largest first"),
    ("smallest", "Smallest first"),
];

/// Filter, table, pages, and the same as a file.
#[component]
pub fn RefundsPage() -> impl IntoView {
    let caller = caller();
    let query: RefundQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = refunds::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let links = query.links(paths::REFUNDS, &found);
        let empty = found.items.is_empty();
        let body = if empty { nothing(&query) } else { refund_table("Refunds", found.items).into_any() };
        let ignored = query.filters.not_understood();
        Ok(Content::new(
            "Refunds",
            view! {
                <div class="page-head">
                    <h1>"Refunds"</h1>
                    {(!empty).then(|| view! { <a class="button" href=query.address(paths::REFUNDS_FILE) download="refunds.csv">"Export as CSV"</a> })}
                </div>
                {filters(&query)}
                {(!ignored.is_empty())
                    .then(|| {
                        view! {
                            <Advice kind="warning">
                                <p>"Not understood and therefore not applied: " {ignored.join(", ")} "."</p>
                            </Advice>
                        }
                    })}
                {body}
                <Pagination links />
            },
        ))
    })
}

fn filters(query: &RefundQuery) -> AnyView {
    let statuses =
        std::iter::once(("", "Every status")).chain(RefundStatus::all().map(|s| (s.as_str(), s.title()))).collect();
    let currencies =
        std::iter::once(("", "Every currency")).chain(Currency::all().map(|c| (c.code(), c.code()))).collect();
    let networks =
        std::iter::once(("", "Every network")).chain(Network::all().map(|n| (n.code(), n.title()))).collect();
    let detailed = [
        &query.filters.currency,
        &query.filters.network,
        &query.filters.from,
        &query.filters.to,
        &query.filters.min,
        &query.filters.max,
    ];
    let open = detailed.iter().any(|text| !text.is_empty());
    view! {
        <form method="get" class="filters" role="search">
            <Field name="search" label="Id, address, e-mail or transaction" value=query.filters.search.clone() kind="search" />
            <Select name="status" label="Status" options=statuses value=query.filters.status.clone() />
            <Select name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
            <button class="button">"Show"</button>
            <details class="more" open=open>
                <summary>"More filters"</summary>
                <div class="filters">
                    <Select name="currency" label="Currency" options=currencies value=query.filters.currency.clone() />
                    <Select name="network" label="Network" options=networks value=query.filters.network.clone() />
                    <Field name="from" label="From day (UTC)" kind="date" value=query.filters.from.clone() />
                    <Field name="to" label="To day (UTC)" kind="date" value=query.filters.to.clone() />
                    <Field name="min" label="Amount from" value=query.filters.min.clone() />
                    <Field name="max" label="Amount to" value=query.filters.max.clone() />
                </div>
            </details>
        </form>
    }
    .into_any()
}

fn nothing(query: &RefundQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <EmptyState title="Nothing matches">"Try fewer filters, or " <a href=paths::REFUNDS>"show all refunds"</a> "."</EmptyState> }
            .into_any();
    }
    view! {
        <EmptyState title="No refunds yet">
            "Open a paid " <a href=format!("{}?status=complete", paths::PAYMENT_INTENTS)>"payment intent"</a> " and choose Crypto refund from its menu."
        </EmptyState>
    }
    .into_any()
}

/// Refunds in rows.
pub fn refund_table(label: &'static str, refunds: Vec<Refund>) -> AnyView {
    let rows = refunds.into_iter().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">"Amount"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"To"</th>
                        <th scope="col">"Network"</th>
                        <th scope="col">"Created"</th>
                        <th scope="col">"By"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(refund: Refund) -> AnyView {
    view! {
        <tr>
            <th scope="row" class="number"><a href=paths::refund(refund.id)>{refund.amount().to_string()}</a></th>
            <td><RefundBadge status=refund.status /></td>
            <td><code class="mono two-lines">{refund.address.clone()}</code></td>
            <td>{refund.network.title()}</td>
            <td><Time at=refund.created_at /></td>
            <td>{refund.created_by.clone()}</td>
        </tr>
    }
    .into_any()
}

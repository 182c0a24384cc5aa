//! The refund history.

use crate::{
    domain::{
        address::network::Network,
        money::currency::Currency,
        refunds::refund::{Refund, RefundStatus},
    },
    service::refunds,
    ui::{
        components::{
            empty::EmptyState,
            field::{Choice, Field},
            notice::Advice,
            pagination::Pagination,
            status::RefundBadge,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{filters::RefundQuery, forms::caller},
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
        let found = refunds::list(&requite, &actor, &query.filter(), &query.page()).await?;
        let previous = found.previous.map(|row| query.link(None, Some(row)));
        let next = found.next.map(|row| query.link(Some(row), None));
        let empty = found.items.is_empty();
        let body = if empty { nothing(&query) } else { refund_table("Refunds", found.items).into_any() };
        let ignored = query.not_understood();
        Ok(Content::new(
            "Refunds",
            view! {
                <div class="page-head">
                    <h1>"Refunds"</h1>
                    {(!empty).then(|| view! { <a class="button" href=query.export_link() download="refunds.csv">"Export as CSV"</a> })}
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
                <Pagination previous next />
            },
        ))
    })
}

fn filters(query: &RefundQuery) -> AnyView {
    let statuses =
        std::iter::once(("", "Every status")).chain(RefundStatus::ALL.map(|s| (s.as_str(), s.title()))).collect();
    let currencies =
        std::iter::once(("", "Every currency")).chain(Currency::ALL.map(|c| (c.code(), c.code()))).collect();
    let networks = std::iter::once(("", "Every network")).chain(Network::ALL.map(|n| (n.code(), n.title()))).collect();
    let detailed = [&query.currency, &query.network, &query.from, &query.to, &query.min, &query.max];
    let open = detailed.iter().any(|text| !text.is_empty());
    view! {
        <form method="get" class="filters" role="search">
            <Field name="search" label="Id, address, e-mail or transaction" value=query.search.clone() kind="search" />
            <Choice name="status" label="Status" options=statuses value=query.status.clone() />
            <Choice name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
            <button class="button">"Show"</button>
            <details class="more" open=open>
                <summary>"More filters"</summary>
                <div class="filters">
                    <Choice name="currency" label="Currency" options=currencies value=query.currency.clone() />
                    <Choice name="network" label="Network" options=networks value=query.network.clone() />
                    <Field name="from" label="From day (UTC)" kind="date" value=query.from.clone() />
                    <Field name="to" label="To day (UTC)" kind="date" value=query.to.clone() />
                    <Field name="min" label="Amount from" value=query.min.clone() />
                    <Field name="max" label="Amount to" value=query.max.clone() />
                </div>
            </details>
        </form>
    }
    .into_any()
}

fn nothing(query: &RefundQuery) -> AnyView {
    if query.is_filtered() {
        return view! { <EmptyState title="Nothing matches">"Try fewer filters, or " <a href="/refunds">"show all refunds"</a> "."</EmptyState> }
            .into_any();
    }
    view! {
        <EmptyState title="No refunds yet">
            "Open a paid " <a href="/payment-intents?status=complete">"payment intent"</a> " and choose Crypto refund from its menu."
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
            <th scope="row" class="number"><a href=format!("/refunds/{}", refund.id)>{refund.amount().to_string()}</a></th>
            <td><RefundBadge status=refund.status /></td>
            <td><code class="mono two-lines">{refund.address.clone()}</code></td>
            <td>{refund.network.title()}</td>
            <td><Time at=refund.created_at /></td>
            <td>{refund.created_by.clone()}</td>
        </tr>
    }
    .into_any()
}

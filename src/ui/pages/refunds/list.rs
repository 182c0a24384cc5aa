//! The refund history.

use crate::{
    domain::{
        address::network::Network,
        money::currency::Currency,
        names::Named,
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::HeldReason,
        },
    },
    service::{refunds, search::finds_whole_customers_only},
    texts::titles::Title,
    ui::{
        components::{
            address::shortened_to_copy,
            amount::aligned,
            empty::EmptyState,
            field::{Field, Select},
            list::{Column, List, ListHead, NotApplied, NothingMatches, Table, filter_form},
            mark::network_name,
            status::RefundBadge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        forms::caller,
        list_filters::{ANY_REASON, RefundQuery},
        list_query::ListFilter,
        paths,
    },
};
use leptos::prelude::*;

const SORTS: [(&str, &str); 5] = [
    ("newest", "Newest first"),
    ("oldest", "Oldest first"),
    ("updated", "Last changed first"),
    ("largest", "Largest first"),
    ("smallest", "Smallest first"),
];

const COLUMNS: &[Column] = &[
    Column::number("Amount"),
    Column::text("Status"),
    Column::text("To"),
    Column::text("Created"),
    Column::text("By"),
];

const FEW_COLUMNS: &[Column] =
    &[Column::number("Amount"), Column::text("Status"), Column::text("To"), Column::text("Created")];

/// Filters, table, pagination and the export.
#[component]
pub fn RefundsPage() -> impl IntoView {
    let caller = caller();
    let query: RefundQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = refunds::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let links = query.links(paths::REFUNDS, &found);
        let file = (!found.items.is_empty()).then(|| query.address(paths::REFUNDS_FILE));
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Refunds",
            view! {
                <ListHead title="Refunds" file saved_as="refunds.csv" />
                {filters(&query, finds_whole_customers_only(&actor))}
                <NotApplied filters=query.filters.unreadable_filters() />
                <List label="Refunds" columns=COLUMNS rows links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

fn filters(query: &RefundQuery, only_whole: bool) -> AnyView {
    let label = if only_whole {
        "Order, customer, address, transaction or id"
    } else {
        "Order, customer, address, transaction, id or note"
    };
    let statuses =
        std::iter::once(("", "Every status")).chain(RefundStatus::all().map(|s| (s.as_str(), s.title()))).collect();
    let currencies =
        std::iter::once(("", "Every currency")).chain(Currency::all().map(|c| (c.code(), c.coin_symbol()))).collect();
    let networks =
        std::iter::once(("", "Every network")).chain(Network::all().map(|n| (n.code(), n.title()))).collect();
    let waits = [("", "Waiting or not"), (ANY_REASON, "Waiting for any reason")].into_iter();
    let waits = waits.chain(HeldReason::all().map(|reason| (reason.as_str(), reason.title()))).collect();
    let detailed = [
        &query.filters.held,
        &query.filters.currency,
        &query.filters.network,
        &query.filters.from,
        &query.filters.to,
        &query.filters.min,
        &query.filters.max,
    ];
    let open = detailed.iter().any(|text| !text.is_empty());
    let more = view! {
        <details class="more" open=open>
            <summary>"More filters"</summary>
            <div class="filters">
                <Select name="currency" label="Currency" options=currencies value=query.filters.currency.clone() />
                <Select name="network" label="Network" options=networks value=query.filters.network.clone() />
                <Select name="held" label="Transfer on the network" options=waits value=query.filters.held.clone() />
                <Field name="from" label="From day (UTC)" kind="date" value=query.filters.from.clone() />
                <Field name="to" label="To day (UTC)" kind="date" value=query.filters.to.clone() />
                <Field name="min" label="Amount from" value=query.filters.min.clone() />
                <Field name="max" label="Amount to" value=query.filters.max.clone() />
            </div>
        </details>
    };
    let filters = view! {
        <Field name="search" label value=query.filters.search.clone() kind="search" />
        <Select name="status" label="Status" options=statuses value=query.filters.status.clone() />
        <Select name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn empty_list(query: &RefundQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::REFUNDS show_all="show all refunds" /> }.into_any();
    }
    view! {
        <EmptyState title="No refunds yet">
            "Open a paid " <a href=format!("{}?status=complete", paths::PAYMENT_INTENTS)>"payment intent"</a> " and choose Crypto refund from its menu."
        </EmptyState>
    }
    .into_any()
}

/// A few refunds on another page, where there is less room.
pub fn refund_table(label: &'static str, refunds: Vec<Refund>) -> AnyView {
    let rows = refunds.iter().map(|refund| view! { <tr>{cells(refund)}</tr> }.into_any()).collect();
    view! { <Table label columns=FEW_COLUMNS rows /> }.into_any()
}

fn row(refund: Refund) -> AnyView {
    view! {
        <tr>
            {cells(&refund)}
            <td data-label="By"><TypedText text=refund.created_by /></td>
        </tr>
    }
    .into_any()
}

fn waits_for(refund: &Refund) -> Option<&'static str> {
    let behind = refund.is_behind.then_some("waits for another refund");
    refund.transfer_held.map(Title::title).or(behind)
}

fn cells(refund: &Refund) -> AnyView {
    view! {
            <th scope="row" class="end number"><a href=paths::refund(refund.id)>{aligned(&refund.amount().with_coin_symbol())}</a></th>
            <td data-label="Status">
                <RefundBadge status=refund.status />
                {waits_for(refund).map(|reason| view! { <p class="hint">{reason}</p> })}
            </td>
            <td data-label="To">
                {shortened_to_copy(&refund.address)}
                <p class="hint">{network_name(refund.network)}</p>
            </td>
            <td data-label="Created"><Time at=refund.created_at /></td>
    }
    .into_any()
}

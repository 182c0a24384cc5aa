//! The list of payment intents.

use super::amount_due;
use crate::{
    domain::{intents::payment_intent::PaymentIntent, people::actor::Permission},
    service::intents,
    ui::{
        components::{
            amount::aligned,
            empty::EmptyState,
            field::{Field, Select},
            icon::{Drawing, Icon},
            list::{Column, List, NothingMatches, filter_form},
            status::IntentBadge,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{forms::caller, list_filters::IntentQuery, list_query::ListFilter, paths},
};
use leptos::prelude::*;

const STATUSES: [(&str, &str); 11] = [
    ("", "Every status"),
    ("created", "Created"),
    ("pending", "Waiting for payment"),
    ("complete", "Complete"),
    ("paid", "Complete: paid exactly"),
    ("underpaid", "Complete: underpaid"),
    ("overpaid", "Complete: overpaid"),
    ("active", "Active: can be paid several times"),
    ("expired", "Expired"),
    ("failed", "Failed"),
    ("refunded", "Refund begun"),
];

const SORTS: [(&str, &str); 4] = [
    ("newest", "Newest first"),
    ("oldest", "Oldest first"),
    ("largest", "Largest first"),
    ("smallest", "Smallest first"),
];

const COLUMNS: &[Column] = &[
    Column::text("Order"),
    Column::number("Asked"),
    Column::number("Paid"),
    Column::number("Refunded"),
    Column::text("Status"),
    Column::text("Networks"),
    Column::text("Created"),
];

/// Filters, table, pagination.
#[component]
pub fn IntentsPage() -> impl IntoView {
    let caller = caller();
    let query: IntentQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = intents::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let links = query.links(paths::PAYMENT_INTENTS, &found);
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Payment intents",
            view! {
                <div class="page-head">
                    <h1>"Payment intents"</h1>
                    {actor
                        .may(Permission::ManageIntents)
                        .then(|| view! { <a class="button" data-kind="primary" href=paths::NEW_PAYMENT_INTENT><Icon of=Drawing::New /> "New payment intent"</a> })}
                </div>
                {filters(&query)}
                <List label="Payment intents" columns=COLUMNS rows links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

fn filters(query: &IntentQuery) -> AnyView {
    let filters = view! {
        <Field name="search" label="Order, customer, address, transaction or id" value=query.filters.search.clone() kind="search" />
        <Select name="status" label="Status" options=STATUSES.to_vec() value=query.filters.status.clone() />
        <Select name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
    };
    filter_form(None, filters, None)
}

fn empty_list(query: &IntentQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches fewer="words" all=paths::PAYMENT_INTENTS show_all="show all payment intents" /> }
            .into_any();
    }
    view! {
        <EmptyState title="No payment intents yet">
            "They are made by your shop through the API, or here with the button above: " <code>"POST /v1/paymentIntents"</code> "."
        </EmptyState>
    }
    .into_any()
}

fn row(intent: PaymentIntent) -> AnyView {
    let networks = intent.payment_methods.iter().map(|method| method.network.title()).collect::<Vec<_>>().join(", ");
    let back = intent.refunded.plus(intent.in_flight).map(|money| money.number()).unwrap_or_default();
    view! {
        <tr>
            <th scope="row"><a href=paths::payment_intent(intent.id)>"#" {intent.order_number}</a></th>
            <td data-label="Asked" class="end number">{aligned(&amount_due(&intent))}</td>
            <td data-label="Paid" class="end number">{aligned(&intent.paid.number())}</td>
            <td data-label="Refunded" class="end number">{aligned(&back)}</td>
            <td data-label="Status"><IntentBadge intent=intent.clone() /></td>
            <td data-label="Networks" class="names">{networks}</td>
            <td data-label="Created"><Time at=intent.created_at /></td>
        </tr>
    }
    .into_any()
}

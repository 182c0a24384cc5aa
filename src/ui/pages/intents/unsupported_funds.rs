//! Deposits that were not credited and need a person.

use crate::{
    domain::{intents::payment::Payment, operations::books::OpenMovement, saved_views::SavedList},
    service::{intents::payment, operations::books, saved_views},
    texts::next_steps,
    ui::{
        components::{
            amount::aligned,
            chips::{chip, chips},
            empty::EmptyState,
            field::Field,
            list::{Column, List, ListHead, NothingMatches, Table, filter_form, total_line},
            notice::SuccessNotice,
            saved_views::saved_views_bar,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::caller,
        list_filters::{UnsupportedFilters, UnsupportedQuery},
        list_query::ListFilter,
        paths,
    },
};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    Column::text("Arrived"),
    Column::number("Amount"),
    Column::text("Network"),
    Column::text("Payment intent"),
    Column::text("Why it was not credited"),
];

/// The list.
#[component]
pub fn UnsupportedFundsPage() -> impl IntoView {
    let caller = caller();
    let done: DoneQuery = query();
    let query: UnsupportedQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let search = query.search();
        let found = payment::unsupported(&requite.store, &actor, search.as_ref(), &query.page()).await?;
        let total = payment::total_of_unsupported(&requite.store, &actor, search.as_ref()).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::UnsupportedFunds).await?;
        let file = (!found.items.is_empty()).then(|| query.address(paths::UNSUPPORTED_FUNDS_FILE));
        let strays = books::given_to_nobody(&requite.store, &actor).await?;
        let links = query.links(paths::UNSUPPORTED_FUNDS, &found);
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Unsupported funds",
            view! {
                <ListHead title="Unsupported funds" file saved_as="unsupported-funds.csv" />
                <SuccessNotice done />
                {(!strays.is_empty()).then(|| strays_section(&strays))}
                {saved_views_bar(&actor, SavedList::UnsupportedFunds, views, &query.saved_text())}
                {filter_form(
                    None,
                    view! {
                        <Field
                            name="search"
                            label="Order, transaction, address or e-mail"
                            value=query.filters.search.clone()
                            kind="search"
                        />
                    },
                    None,
                )}
                {chips(
                    paths::UNSUPPORTED_FUNDS,
                    &query,
                    vec![chip("Search", &query.filters.search, |filters: &mut UnsupportedFilters| filters.search.clear())],
                )}
                {total_line(total, "deposit")}
                <List label="Unsupported funds" columns=COLUMNS rows plain=true links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

fn empty_list(query: &UnsupportedQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches fewer="letters" all=paths::UNSUPPORTED_FUNDS show_all="show all of them" /> }
            .into_any();
    }
    view! {
        <EmptyState title="Nothing here">
            "Deposits that a payment intent does not expect, because it has ended or asked for something else, are not credited. They would be listed here."
        </EmptyState>
    }
    .into_any()
}

/// Deposits of no payment intent of this database.
fn strays_section(strays: &[OpenMovement]) -> AnyView {
    let item = |movement: &OpenMovement| {
        let network = movement.network.title();
        view! { <li class="wrap">{network} ": " {movement.story()} " Found " <Time at=movement.found_at /> "."</li> }
    };
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="strays-title">
            <h2 id="strays-title">"Paid to addresses that were given to nobody"</h2>
            <ul class="stack">{strays.iter().map(item).collect_view()}</ul>
            <p>"Find the customer, refund them from your own wallet, and have it explained: " <a href=paths::PAYOUTS>"Payouts"</a></p>
        </section>
    }
    .into_any()
}

/// A few of them on another page.
pub fn unsupported_table(label: &'static str, payments: Vec<Payment>) -> AnyView {
    let rows = payments.into_iter().map(row).collect();
    view! { <Table label columns=COLUMNS rows plain=true /> }.into_any()
}

fn row(payment: Payment) -> AnyView {
    view! {
        <tr>
            <td data-label="Arrived"><Time at=payment.created_at /></td>
            <td data-label="Amount" class="end number">{aligned(&payment.amount.with_coin_symbol())}</td>
            <td data-label="Network">{payment.network.title()}</td>
            <td data-label="Payment intent"><a href=paths::payment_intent(payment.intent_id) class="mono two-lines">{payment.intent_id.to_string()}</a></td>
            <td data-label="Why it was not credited" class="sentence">{payment.unsupported.map(next_steps::of_unsupported)}</td>
        </tr>
    }
    .into_any()
}

//! Deposits that were not credited and need a person.

use crate::{
    domain::{intents::payment::Payment, operations::books::OpenMovement, saved_views::SavedList},
    service::{intents::payment, operations::books, saved_views},
    texts::next_steps,
    ui::{
        components::{
            address::shortened,
            amount::aligned,
            chips::{Chip, chip},
            columns::kept_columns,
            empty::EmptyState,
            field::Field,
            list::{Columns, List, ListHead, NothingMatches, Table, filter_form, row_of},
            list_controls::Controls,
            mark::network_name,
            notice::SuccessNotice,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::caller,
        list_columns::{ChosenColumns, ListColumn},
        list_query::ListFilter,
        lists::unsupported_funds::{UnsupportedColumn, UnsupportedFilters, UnsupportedQuery},
        paths,
    },
};
use leptos::prelude::*;

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
        let (file, whole_file) = query.files::<UnsupportedColumn, _>(paths::UNSUPPORTED_FUNDS_FILE, &found);
        let shown: Vec<UnsupportedColumn> = query.columns.shown();
        let strays = books::given_to_nobody(&requite.store, &actor).await?;
        let links = query.links(paths::UNSUPPORTED_FUNDS, &found);
        let rows = found.items.iter().map(|payment| row_of(&shown, |column| cell(payment, column))).collect();
        let controls = Controls {
            list: SavedList::UnsupportedFunds,
            actor: &actor,
            views,
            query: &query,
            filters: filters(&query),
            on: filters_that_are_on(&query),
            total,
            noun: "deposit",
            files: None,
        };
        let controls = controls.view::<UnsupportedColumn>();
        Ok(Content::new(
            "Unsupported funds",
            view! {
                <ListHead title="Unsupported funds" file whole_file saved_as="unsupported-funds.csv" />
                <SuccessNotice done />
                {(!strays.is_empty()).then(|| strays_section(&strays))}
                {controls}
                <List label="Unsupported funds" columns=Columns::of(&shown) rows plain=true links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

fn filters(query: &UnsupportedQuery) -> AnyView {
    let filters = view! {
        {kept_columns(query)}
        <Field
            name="search"
            label="Order, customer, address, transaction or id"
            value=query.filters.search.clone()
            kind="search"
        />
    };
    filter_form(None, filters, None)
}

fn filters_that_are_on(query: &UnsupportedQuery) -> Vec<Option<Chip<UnsupportedFilters>>> {
    vec![chip("Search", &query.filters.search, |filters: &mut UnsupportedFilters| filters.search.clear())]
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
    let usual: Vec<UnsupportedColumn> = ChosenColumns::default().shown();
    let rows = payments.iter().map(|payment| row_of(&usual, |column| cell(payment, column))).collect();
    view! { <Table label columns=Columns::of(&usual) rows plain=true /> }.into_any()
}

fn cell(payment: &Payment, column: UnsupportedColumn) -> AnyView {
    let name = column.title();
    let text = |content: AnyView| view! { <td data-label=name>{content}</td> }.into_any();
    let code = |code: Option<&str>| {
        let code = code.map_or_else(|| "–".to_owned(), shortened);
        text(view! { <code>{code}</code> }.into_any())
    };
    match column {
        UnsupportedColumn::Arrived => view! { <th scope="row"><Time at=payment.created_at /></th> }.into_any(),
        UnsupportedColumn::Amount => {
            view! { <td data-label=name class="end number">{aligned(&payment.amount.with_coin_symbol())}</td> }
                .into_any()
        }
        UnsupportedColumn::Network => text(network_name(payment.network).into_any()),
        UnsupportedColumn::Intent => {
            let (href, id) = (paths::payment_intent(payment.intent_id), payment.intent_id.to_string());
            text(view! { <a href=href class="mono two-lines">{id}</a> }.into_any())
        }
        UnsupportedColumn::Why => {
            view! { <td data-label=name class="sentence">{payment.unsupported.map(next_steps::of_unsupported)}</td> }
                .into_any()
        }
        UnsupportedColumn::Sender => code(payment.from_address.as_deref()),
        UnsupportedColumn::Transaction => code(payment.transaction_hash.as_deref()),
    }
}

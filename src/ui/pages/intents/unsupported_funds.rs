//! Deposits that were not credited and need a person.

use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        intents::payment::Payment,
        operations::books::OpenMovement,
        saved_views::SavedList,
    },
    languages::Language,
    service::{intents::payment, operations::books, saved_views},
    texts::{next_steps, payouts::of_movement},
    ui::{
        components::{
            address::{shortened_sender, shortened_transaction},
            amount::listed,
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
        language::language,
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
    let language = language();
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
        let rows = found.items.iter().map(|payment| row_of(&shown, |column| cell(language, payment, column))).collect();
        let controls = Controls {
            list: SavedList::UnsupportedFunds,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query),
            on: filters_that_are_on(language, &query),
            total,
            rows: "components-deposits",
            files: None,
        };
        let controls = controls.view::<UnsupportedColumn>();
        let title = language.text("intents-unsupported");
        let label = title.clone();
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title file whole_file saved_as="unsupported-funds.csv" />
                <SuccessNotice done />
                {(!strays.is_empty()).then(|| strays_section(language, &strays))}
                {controls}
                <List label columns=Columns::of(&shown) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        ))
    })
}

fn filters(language: Language, query: &UnsupportedQuery) -> AnyView {
    let filters = view! {
        {kept_columns(query)}
        <Field
            name="search"
            label=language.text("intents-search-hint")
            value=query.filters.search.clone()
            kind="search"
        />
    };
    filter_form(None, filters, None)
}

fn filters_that_are_on(language: Language, query: &UnsupportedQuery) -> Vec<Option<Chip<UnsupportedFilters>>> {
    vec![chip(language.text("intents-search"), &query.filters.search, |filters: &mut UnsupportedFilters| {
        filters.search.clear()
    })]
}

fn empty_list(language: Language, query: &UnsupportedQuery) -> AnyView {
    if query.filters.is_filtered() {
        let (fewer, show_all) = (language.text("intents-letters"), language.text("intents-show-all-unsupported"));
        return view! { <NothingMatches fewer all=paths::UNSUPPORTED_FUNDS show_all /> }.into_any();
    }
    let title = language.text("intents-no-unsupported");
    view! { <EmptyState title>{language.text("intents-no-unsupported-text")}</EmptyState> }.into_any()
}

/// Deposits of no payment intent of this database.
fn strays_section(language: Language, strays: &[OpenMovement]) -> AnyView {
    let item = |movement: &OpenMovement| {
        let values = [("network", movement.network.title().to_owned()), ("story", of_movement(language, movement))];
        let (before, after) = language.around_with("intents-stray", "found", values);
        view! { <li class="wrap">{before} <Time at=movement.found_at /> {after}</li> }
    };
    let (before_link, after_link) = language.around("intents-strays-text", "payouts");
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="strays-title">
            <h2 id="strays-title">{language.text("intents-strays")}</h2>
            <ul class="stack">{strays.iter().map(item).collect_view()}</ul>
            <p>{before_link} <a href=paths::PAYOUTS>{language.text("intents-strays-payouts")}</a> {after_link}</p>
        </section>
    }
    .into_any()
}

/// A few of them on another page.
pub fn unsupported_table(language: Language, label: String, payments: Vec<Payment>) -> AnyView {
    let usual: Vec<UnsupportedColumn> = ChosenColumns::default().shown();
    let rows = payments.iter().map(|payment| row_of(&usual, |column| cell(language, payment, column))).collect();
    view! { <Table label columns=Columns::of(&usual) rows /> }.into_any()
}

fn cell(language: Language, payment: &Payment, column: UnsupportedColumn) -> AnyView {
    let name = column.title(language);
    let text = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    let or_dash = |content: Option<AnyView>| text(content.unwrap_or_else(|| "–".into_any()));
    match column {
        UnsupportedColumn::Arrived => view! {
            <th scope="row"><a href=paths::payment_intent(payment.intent_id)><Time at=payment.created_at /></a></th>
        }
        .into_any(),
        UnsupportedColumn::Amount => {
            view! { <td data-label=name.clone() class="end number">{listed(payment.amount)}</td> }.into_any()
        }
        UnsupportedColumn::Network => text(network_name(payment.network).into_any()),
        UnsupportedColumn::Intent => {
            let (href, id) = (paths::payment_intent(payment.intent_id), payment.intent_id.to_string());
            text(view! { <a href=href class="mono two-lines">{id}</a> }.into_any())
        }
        UnsupportedColumn::Why => {
            let why = payment.unsupported.map(|reason| next_steps::of_unsupported(language, reason));
            view! { <td data-label=name.clone() class="sentence">{why}</td> }.into_any()
        }
        UnsupportedColumn::Sender => {
            let everything = paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0));
            or_dash(payment.from_address.as_deref().map(|sender| shortened_sender(sender, everything)))
        }
        UnsupportedColumn::Transaction => {
            or_dash(payment.transaction_hash.as_deref().map(|hash| shortened_transaction(hash, None)))
        }
    }
}

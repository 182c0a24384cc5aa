//! The deliveries of an endpoint, filtered and in pages.

use crate::{
    domain::{
        names::Named,
        paging::{Page, Total},
        webhooks::{Delivery, DeliveryState, Endpoint, event::all_events},
    },
    languages::Language,
    texts::titles::Title,
    ui::components::{
        chips::{Chip, chips, option_chip},
        empty::EmptyState,
        field::Select,
        list::{Column, List, NotApplied, NothingMatches, file_links, filter_form, total_line},
        status::Badge,
        time::Time,
    },
    web::{
        list_query::ListFilter,
        lists::deliveries::{DeliveryFilters, DeliveryQuery},
        paths,
    },
};
use leptos::prelude::*;

fn columns(language: Language) -> Vec<Column> {
    let text = |id: &str| language.text(id);
    vec![
        Column::text(text("webhooks-event")),
        Column::text(text("webhooks-state")),
        Column::number(text("webhooks-attempts")),
        Column::text(text("webhooks-happened")),
        Column::text(text("webhooks-next-try")),
    ]
}

/// Filters, table, pagination.
pub fn section(
    language: Language,
    endpoint: &Endpoint,
    query: &DeliveryQuery,
    found: Page<Delivery>,
    total: Total,
) -> AnyView {
    let page = paths::webhook_endpoint(endpoint.id);
    let file = (!found.items.is_empty()).then(|| query.address(&paths::deliveries_file(endpoint.id)));
    let chips = chips(&page, query, filters_that_are_on(language, query));
    let links = query.links(&page, &found).with_fragment("deliveries");
    let filters = filters(language, format!("{page}#deliveries"), query);
    let nothing = empty_list(language, query, page);
    let rows = found.items.into_iter().map(|delivery| row(language, delivery, &endpoint.url)).collect();
    let title = language.text("webhooks-deliveries");
    view! {
        <div class="stack" id="deliveries">
            <h2>{title.clone()}</h2>
            {filters}
            {chips}
            <NotApplied filters=query.filters.unreadable_filters() />
            <div class="list-bar">
                {total_line(total, "components-deliveries")}
                {file_links(file, None, "deliveries.csv")}
            </div>
            <List label=title columns=columns(language) rows links>
                {nothing}
            </List>
        </div>
    }
    .into_any()
}

type Options = Vec<(&'static str, String)>;

fn states(language: Language) -> Options {
    let states = DeliveryState::all().map(|state| (state.as_str(), state.title(language)));
    std::iter::once(("", language.text("webhooks-every-state"))).chain(states).collect()
}

fn events(language: Language) -> Options {
    let events = all_events().map(|name| (name, name.to_owned()));
    std::iter::once(("", language.text("webhooks-every-event"))).chain(events).collect()
}

fn filters(language: Language, action: String, query: &DeliveryQuery) -> AnyView {
    let (state, event) = (language.text("webhooks-state"), language.text("webhooks-event"));
    let filters = view! {
        <Select name="state" label=state options=states(language) value=query.filters.state.clone() />
        <Select name="event" label=event options=events(language) value=query.filters.event.clone() />
    };
    filter_form(Some(action), filters, None)
}

fn filters_that_are_on(language: Language, query: &DeliveryQuery) -> Vec<Option<Chip<DeliveryFilters>>> {
    type F = DeliveryFilters;
    let on = &query.filters;
    let (state, event) = (language.text("webhooks-state"), language.text("webhooks-event"));
    vec![
        option_chip(state, &states(language), &on.state, |filters: &mut F| filters.state.clear()),
        option_chip(event, &events(language), &on.event, |filters: &mut F| filters.event.clear()),
    ]
}

fn empty_list(language: Language, query: &DeliveryQuery, page: String) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=page /> }.into_any();
    }
    let title = language.text("webhooks-nothing-sent");
    view! { <EmptyState title>{language.text("webhooks-nothing-sent-text")}</EmptyState> }.into_any()
}

fn row(language: Language, delivery: Delivery, endpoint: &str) -> AnyView {
    let text = |id: &str| language.text(id);
    // A CoinGate callback has its own address.
    let own = (delivery.url != endpoint).then(|| view! { <p class="hint wrap">{delivery.url.clone()}</p> });
    view! {
        <tr>
            <th scope="row">
                <a class="mono" href=paths::webhook_delivery(delivery.id)>{delivery.event_type.clone()}</a>
                {own}
            </th>
            <td data-label=text("webhooks-state")>{state(language, &delivery)}</td>
            <td data-label=text("webhooks-attempts") class="end number">{delivery.attempts}</td>
            <td data-label=text("webhooks-happened")><Time at=delivery.created_at /></td>
            <td data-label=text("webhooks-next-try")>{delivery.next_attempt_at.map_or_else(|| "–".into_any(), |at| view! { <Time at=at /> }.into_any())}</td>
        </tr>
    }
    .into_any()
}

/// The state of a delivery as a badge.
pub fn state(language: Language, delivery: &Delivery) -> AnyView {
    let status = match (delivery.state, delivery.attempts) {
        (DeliveryState::Delivered, _) => "completed",
        (DeliveryState::Failed, _) => "failed",
        // At least one attempt has failed.
        (DeliveryState::Waiting, 1..) => "pending",
        (DeliveryState::Waiting, _) => "processing",
        (DeliveryState::Withheld, _) => "withheld",
    };
    let label = delivery.state.title(language);
    view! { <Badge status=status label=label /> }.into_any()
}

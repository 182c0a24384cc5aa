//! The deliveries of an endpoint, filtered and in pages.

use crate::{
    domain::{
        names::Named,
        paging::{Page, Total},
        webhooks::{Delivery, DeliveryState, Endpoint, event::all_events},
    },
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

const COLUMNS: &[Column] = &[
    Column::text("Event"),
    Column::text("State"),
    Column::number("Attempts"),
    Column::text("Happened"),
    Column::text("Next try"),
];

/// Filters, table, pagination.
pub fn section(endpoint: &Endpoint, query: &DeliveryQuery, found: Page<Delivery>, total: Total) -> AnyView {
    let page = paths::webhook_endpoint(endpoint.id);
    let file = (!found.items.is_empty()).then(|| query.address(&paths::deliveries_file(endpoint.id)));
    let chips = chips(&page, query, filters_that_are_on(query));
    let links = query.links(&page, &found).with_fragment("deliveries");
    let filters = filters(format!("{page}#deliveries"), query);
    let nothing = empty_list(query, page);
    let rows = found.items.into_iter().map(|delivery| row(delivery, &endpoint.url)).collect();
    view! {
        <div class="stack" id="deliveries">
            <h2>"Deliveries"</h2>
            {filters}
            {chips}
            <NotApplied filters=query.filters.unreadable_filters() />
            <div class="list-bar">
                {total_line(total, "components-deliveries")}
                {file_links(file, None, "deliveries.csv")}
            </div>
            <List label="Deliveries" columns=COLUMNS rows links>
                {nothing}
            </List>
        </div>
    }
    .into_any()
}

type Options = Vec<(&'static str, &'static str)>;

fn states() -> Options {
    let states = DeliveryState::all().map(|state| (state.as_str(), state.title()));
    std::iter::once(("", "Any")).chain(states).collect()
}

fn events() -> Options {
    let events = all_events().map(|name| (name, name));
    std::iter::once(("", "Every event")).chain(events).collect()
}

fn filters(action: String, query: &DeliveryQuery) -> AnyView {
    let filters = view! {
        <Select name="state" label="State" options=states() value=query.filters.state.clone() />
        <Select name="event" label="Event" options=events() value=query.filters.event.clone() />
    };
    filter_form(Some(action), filters, None)
}

fn filters_that_are_on(query: &DeliveryQuery) -> Vec<Option<Chip<DeliveryFilters>>> {
    type F = DeliveryFilters;
    let on = &query.filters;
    vec![
        option_chip("State", &states(), &on.state, |filters: &mut F| filters.state.clear()),
        option_chip("Event", &events(), &on.event, |filters: &mut F| filters.event.clear()),
    ]
}

fn empty_list(query: &DeliveryQuery, page: String) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=page /> }.into_any();
    }
    view! { <EmptyState title="Nothing was sent yet">"Send a test event, or wait until something happens."</EmptyState> }
        .into_any()
}

fn row(delivery: Delivery, endpoint: &str) -> AnyView {
    // A CoinGate callback has its own address.
    let own = (delivery.url != endpoint).then(|| view! { <p class="hint wrap">{delivery.url.clone()}</p> });
    view! {
        <tr>
            <th scope="row">
                <a class="mono" href=paths::webhook_delivery(delivery.id)>{delivery.event_type.clone()}</a>
                {own}
            </th>
            <td data-label="State">{state(&delivery)}</td>
            <td data-label="Attempts" class="end number">{delivery.attempts}</td>
            <td data-label="Happened"><Time at=delivery.created_at /></td>
            <td data-label="Next try">{delivery.next_attempt_at.map_or_else(|| "–".into_any(), |at| view! { <Time at=at /> }.into_any())}</td>
        </tr>
    }
    .into_any()
}

/// The state of a delivery as a badge.
pub fn state(delivery: &Delivery) -> AnyView {
    let status = match (delivery.state, delivery.attempts) {
        (DeliveryState::Delivered, _) => "completed",
        (DeliveryState::Failed, _) => "failed",
        // At least one attempt has failed.
        (DeliveryState::Waiting, 1..) => "pending",
        (DeliveryState::Waiting, _) => "processing",
        (DeliveryState::Withheld, _) => "withheld",
    };
    let label = delivery.state.title();
    view! { <Badge status=status label=label /> }.into_any()
}

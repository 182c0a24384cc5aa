//! The list of deliveries, and the newest ones to an endpoint on its page.

use crate::{
    domain::{
        names::Named,
        paging::Total,
        saved_views::SavedList,
        webhooks::{Delivery, DeliveryState, Endpoint, MessageFormat, event::all_events},
    },
    languages::Language,
    service::{saved_views, webhooks},
    texts::titles::Title,
    ui::{
        components::{
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            columns::kept_columns,
            empty::EmptyState,
            field::Select,
            list::{Columns, List, ListHead, NothingMatches, Table, filter_form, row_of, total_line},
            list_controls::Controls,
            notice::SuccessNotice,
            status::Badge,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        language::language,
        list_columns::{ChosenColumns, ListColumn},
        list_query::ListFilter,
        lists::deliveries::{DeliveryColumn, DeliveryFilters, DeliveryQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;

type Options = Vec<(&'static str, String)>;

/// Filters, table, pagination and the export.
#[component]
pub fn DeliveriesPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: DeliveryQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let targets = webhooks::targets(&requite.store, &requite.context(), &actor).await?;
        let found = webhooks::deliveries(&requite.store, &actor, &filter, &query.page()).await?;
        let total = webhooks::total_of_deliveries(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::WebhookDeliveries).await?;
        let links = query.links(paths::DELIVERIES, &found);
        let (file, whole_file) = query.files::<DeliveryColumn, _>(paths::DELIVERIES_FILE, &found);
        let shown: Vec<DeliveryColumn> = query.columns.shown();
        let row = |delivery: &Delivery| row_of(&shown, |column| cell(language, delivery, column, &targets));
        let rows = found.items.iter().map(row).collect();
        let controls = Controls {
            list: SavedList::WebhookDeliveries,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar, &targets),
            on: filters_that_are_on(language, &query, &calendar, &targets),
            total,
            rows: "components-deliveries",
            files: None,
        };
        let controls = controls.view::<DeliveryColumn>();
        let title = language.text("webhooks-deliveries");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file whole_file saved_as="deliveries.csv" />
                <SuccessNotice done />
                {controls}
                <List label=title columns=Columns::of_list(&shown, &query, paths::DELIVERIES) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        )
        .below(paths::WEBHOOK_ENDPOINTS, language.text("webhooks-title")))
    })
}

/// The newest deliveries to an endpoint, with a link to all of them.
pub fn newest(language: Language, endpoint: &Endpoint, newest: &[Delivery], total: Total) -> AnyView {
    let title = language.text("webhooks-deliveries");
    let body = if newest.is_empty() {
        nothing_sent(language)
    } else {
        let mut shown: Vec<DeliveryColumn> = ChosenColumns::default().shown();
        // Where each message has its own address, that of the endpoint is the beginning of them all.
        shown.retain(|column| *column != DeliveryColumn::Endpoint || endpoint.format != MessageFormat::Standard);
        let row = |delivery: &Delivery| row_of(&shown, |column| cell(language, delivery, column, &[]));
        let rows = newest.iter().map(row).collect();
        let all = DeliveryQuery::with_filters(DeliveryFilters::of_endpoint(endpoint.id)).address(paths::DELIVERIES);
        view! {
            {total_line(total, "components-deliveries")}
            <Table label=title.clone() columns=Columns::of(&shown) rows />
            <p><a href=all>{language.text("webhooks-deliveries-of-endpoint")}</a></p>
        }
        .into_any()
    };
    view! {
        <div class="stack" id="deliveries">
            <h2>{title}</h2>
            {body}
        </div>
    }
    .into_any()
}

fn states(language: Language) -> Options {
    let states = DeliveryState::all().map(|state| (state.as_str(), state.title(language)));
    std::iter::once(("", language.text("webhooks-every-state"))).chain(states).collect()
}

fn events(language: Language) -> Options {
    let events = all_events().map(|name| (name, name.to_owned()));
    std::iter::once(("", language.text("webhooks-every-event"))).chain(events).collect()
}

fn filters(language: Language, query: &DeliveryQuery, calendar: &Calendar, targets: &[Endpoint]) -> AnyView {
    let text = |id: &str| language.text(id);
    let on = &query.filters;
    let options = targets.iter().map(|target| {
        let id = target.id.to_string();
        let selected = id == on.endpoint;
        view! { <option value=id selected=selected>{target.url.clone()}</option> }
    });
    let options = options.collect_view();
    let open = !on.from.is_empty() || !on.to.is_empty();
    let more = view! {
        <details class="more" open=open>
            <summary>{text("webhooks-more-filters")}</summary>
            <div class="filters">{day_fields(&on.from, &on.to, calendar)}</div>
        </details>
    };
    let filters = view! {
        {kept_columns(query)}
        <div class="field">
            <label for="endpoint">{text("webhooks-endpoint-of-delivery")}</label>
            <select id="endpoint" name="endpoint" class="input">
                <option value="">{text("webhooks-every-endpoint")}</option>
                {options}
            </select>
        </div>
        <Select name="state" label=text("webhooks-state") options=states(language) value=on.state.clone() />
        <Select name="event" label=text("webhooks-event") options=events(language) value=on.event.clone() />
        {period_field(&on.period)}
        {time_order_field(&query.sort)}
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn filters_that_are_on(
    language: Language,
    query: &DeliveryQuery,
    calendar: &Calendar,
    targets: &[Endpoint],
) -> Vec<Option<Chip<DeliveryFilters>>> {
    type F = DeliveryFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    let text = |id: &str| language.text(id);
    // An endpoint that was deleted is a filter too: the log of its deliveries is kept.
    let endpoint = query.filter(calendar).endpoint.map(|id| {
        let known = targets.iter().find(|target| target.id == id);
        known.map_or_else(|| id.to_string(), |target| target.url.clone())
    });
    vec![
        chip(text("webhooks-endpoint-of-delivery"), &endpoint.unwrap_or_default(), |filters: &mut F| {
            filters.endpoint.clear()
        }),
        option_chip(text("webhooks-state"), &states(language), &on.state, |filters: &mut F| filters.state.clear()),
        option_chip(text("webhooks-event"), &events(language), &on.event, |filters: &mut F| filters.event.clear()),
        option_chip(text("webhooks-happened"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn empty_list(language: Language, query: &DeliveryQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::DELIVERIES /> }.into_any();
    }
    nothing_sent(language)
}

fn nothing_sent(language: Language) -> AnyView {
    let title = language.text("webhooks-nothing-sent");
    view! { <EmptyState title>{language.text("webhooks-nothing-sent-text")}</EmptyState> }.into_any()
}

/// The cell of a delivery. Its address links to the endpoint if that is among `targets`.
fn cell(language: Language, delivery: &Delivery, column: DeliveryColumn, targets: &[Endpoint]) -> AnyView {
    let name = column.title(language);
    let td = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    let id = |id: String| td(view! { <span class="mono two-lines">{id}</span> }.into_any());
    match column {
        DeliveryColumn::Event => {
            let href = paths::webhook_delivery(delivery.id);
            view! { <th scope="row"><a class="mono" href=href>{delivery.event_type.clone()}</a></th> }.into_any()
        }
        DeliveryColumn::Endpoint => {
            let (url, endpoint) = (delivery.url.clone(), delivery.endpoint_id);
            td(if targets.iter().any(|target| target.id == endpoint) {
                view! { <a class="wrap" href=paths::webhook_endpoint(endpoint)>{url}</a> }.into_any()
            } else {
                view! { <span class="wrap">{url}</span> }.into_any()
            })
        }
        DeliveryColumn::State => td(state(language, delivery)),
        DeliveryColumn::Attempts => {
            view! { <td data-label=name.clone() class="end number">{delivery.attempts}</td> }.into_any()
        }
        DeliveryColumn::Happened => td(view! { <Time at=delivery.created_at /> }.into_any()),
        DeliveryColumn::NextTry => match delivery.next_attempt_at {
            Some(at) => td(view! { <Time at /> }.into_any()),
            None => td("–".into_any()),
        },
        DeliveryColumn::Changed => td(view! { <Time at=delivery.updated_at /> }.into_any()),
        DeliveryColumn::Message => id(delivery.event_id.to_string()),
        DeliveryColumn::Id => id(delivery.id.to_string()),
    }
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

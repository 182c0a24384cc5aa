//! The list of payment intents.

use super::amount_due;
use crate::{
    domain::{intents::payment_intent::PaymentIntent, money::Money, people::actor::Permission, saved_views::SavedList},
    service::{intents, saved_views},
    ui::{
        components::{
            amount::aligned,
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods},
            columns::kept_columns,
            empty::EmptyState,
            field::{Field, Select},
            icon::{Drawing, Icon},
            list::{Columns, List, NothingMatches, file_links, filter_form, row_of},
            list_controls::Controls,
            notice::SuccessNotice,
            status::IntentBadge,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::intents::{IntentColumn, IntentFilters, IntentQuery},
        paths,
        periods::Calendar,
    },
};
use chrono::{DateTime, Utc};
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

/// Filters, table, pagination and the export.
#[component]
pub fn IntentsPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: IntentQuery = query();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = intents::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = intents::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::PaymentIntents).await?;
        let links = query.links(paths::PAYMENT_INTENTS, &found);
        let (file, whole_file) = query.files::<IntentColumn, _>(paths::PAYMENT_INTENTS_FILE, &found);
        let shown: Vec<IntentColumn> = query.columns.shown();
        let rows = found.items.iter().map(|intent| row_of(&shown, |column| cell(intent, column, &shown))).collect();
        let controls = Controls {
            list: SavedList::PaymentIntents,
            actor: &actor,
            views,
            query: &query,
            filters: filters(&query, &calendar),
            on: filters_that_are_on(&query, &calendar),
            total,
            rows: "components-payment-intents",
            files: Some(file_links(file, whole_file, "payment-intents.csv")),
        };
        let controls = controls.view::<IntentColumn>();
        Ok(Content::new(
            "Payment intents",
            view! {
                <div class="page-head">
                    <h1>"Payment intents"</h1>
                    {actor
                        .may(Permission::ManageIntents)
                        .then(|| view! { <a class="button" data-kind="primary" href=paths::NEW_PAYMENT_INTENT><Icon of=Drawing::New /> "New payment intent"</a> })}
                </div>
                <SuccessNotice done />
                {controls}
                <List label="Payment intents" columns=Columns::of(&shown) rows links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

fn filters(query: &IntentQuery, calendar: &Calendar) -> AnyView {
    let open = !query.filters.from.is_empty() || !query.filters.to.is_empty();
    let more = view! {
        <details class="more" open=open>
            <summary>"More filters"</summary>
            <div class="filters">{day_fields(&query.filters.from, &query.filters.to, calendar.zone)}</div>
        </details>
    };
    let filters = view! {
        {kept_columns(query)}
        <Field name="search" label="Order, customer, address, transaction or id" value=query.filters.search.clone() kind="search" />
        <Select name="status" label="Status" options=STATUSES.to_vec() value=query.filters.status.clone() />
        {period_field(&query.filters.period)}
        <Select name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn filters_that_are_on(query: &IntentQuery, calendar: &Calendar) -> Vec<Option<Chip<IntentFilters>>> {
    type F = IntentFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    vec![
        chip("Search", &on.search, |filters: &mut F| filters.search.clear()),
        option_chip("Status", &STATUSES, &on.status, |filters: &mut F| filters.status.clear()),
        option_chip("Created", &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip("From", &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip("To", &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
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

fn cell(intent: &PaymentIntent, column: IntentColumn, shown: &[IntentColumn]) -> AnyView {
    let name = column.title();
    let number = |text: &str| view! { <td data-label=name class="end number">{aligned(text)}</td> }.into_any();
    // What was asked names the coin for the amounts beside it.
    let has_coin = shown.contains(&IntentColumn::Asked);
    let amount = |money: Money| number(&if has_coin { money.number() } else { money.with_coin_symbol() });
    let text = |content: AnyView| view! { <td data-label=name>{content}</td> }.into_any();
    let time = |at: Option<DateTime<Utc>>| match at {
        Some(at) => text(view! { <Time at /> }.into_any()),
        None => text("–".into_any()),
    };
    match column {
        IntentColumn::Order => {
            view! { <th scope="row"><a href=paths::payment_intent(intent.id)>"#" {intent.order_number}</a></th> }
                .into_any()
        }
        IntentColumn::Asked => number(&amount_due(intent)),
        IntentColumn::Paid => amount(intent.paid),
        IntentColumn::Refunded => intent.refunded.plus(intent.in_flight).map_or_else(|_| number(""), amount),
        IntentColumn::Left => amount(intent.left()),
        IntentColumn::Status => text(view! { <IntentBadge intent=intent.clone() /> }.into_any()),
        IntentColumn::Networks => {
            let networks: Vec<_> = intent.payment_methods.iter().map(|method| method.network.title()).collect();
            view! { <td data-label=name class="names">{networks.join(", ")}</td> }.into_any()
        }
        IntentColumn::Settlement => text(intent.settlement_currency.code().into_any()),
        IntentColumn::Created => time(Some(intent.created_at)),
        IntentColumn::Expires => time(intent.amount_due().map(|asked| asked.expires_at)),
        IntentColumn::LastPaid => time(intent.last_paid_at),
        IntentColumn::Id => text(view! { <span class="mono two-lines">{intent.id.to_string()}</span> }.into_any()),
    }
}

//! The list of payment intents.

use super::amount_due;
use crate::{
    domain::{
        intents::{
            order::ListedOrder,
            payment_intent::{IntentKind, PaymentIntent},
        },
        money::Money,
        people::actor::Permission,
        saved_views::SavedList,
    },
    languages::Language,
    service::{
        intents::{self, order},
        saved_views,
    },
    ui::{
        components::{
            amount::{listed, listed_number},
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods},
            columns::kept_columns,
            empty::EmptyState,
            field::{Field, Select},
            icon::{Drawing, Icon},
            list::{Columns, List, NothingMatches, file_links, filter_form, row_of},
            list_controls::Controls,
            mark::{currency_code, network_names},
            notice::SuccessNotice,
            status::IntentBadge,
            time::Time,
            typed_text::{mail_address_or_dash, typed_or_dash},
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        language::language,
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::intents::{IntentColumn, IntentFilters, IntentQuery},
        paths,
        periods::Calendar,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

type Options = Vec<(&'static str, String)>;

fn statuses(language: Language) -> Options {
    let text = |id: &str| language.text(id);
    vec![
        ("", text("intents-every-status")),
        ("created", text("intents-status-created")),
        ("pending", text("intents-status-pending")),
        ("complete", text("intents-status-complete")),
        ("paid", text("intents-status-paid")),
        ("underpaid", text("intents-status-underpaid")),
        ("overpaid", text("intents-status-overpaid")),
        ("active", text("intents-status-active")),
        ("expired", text("intents-status-expired")),
        ("failed", text("intents-status-failed")),
        ("refunded", text("intents-status-refunded")),
    ]
}

fn sorts(language: Language) -> Options {
    let text = |id: &str| language.text(id);
    vec![
        ("newest", text("intents-newest-first")),
        ("oldest", text("intents-oldest-first")),
        ("largest", text("intents-largest-first")),
        ("smallest", text("intents-smallest-first")),
    ]
}

/// Filters, table, pagination and the export.
#[component]
pub fn IntentsPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: IntentQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = intents::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = intents::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::PaymentIntents).await?;
        let links = query.links(paths::PAYMENT_INTENTS, &found);
        let (file, whole_file) = query.files::<IntentColumn, _>(paths::PAYMENT_INTENTS_FILE, &found);
        let shown: Vec<IntentColumn> = query.columns.shown();
        let orders = order::listed(&requite.store, &actor, &found.items).await?;
        let row = |intent: &PaymentIntent| {
            let order = orders.get(&intent.id);
            row_of(&shown, |column| cell(language, (intent, order), column, &shown))
        };
        let rows = found.items.iter().map(row).collect();
        let controls = Controls {
            list: SavedList::PaymentIntents,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar),
            on: filters_that_are_on(language, &query, &calendar),
            total,
            rows: "components-payment-intents",
            files: Some(file_links(file, whole_file, "payment-intents.csv")),
        };
        let controls = controls.view::<IntentColumn>();
        let title = language.text("intents-title");
        let label = title.clone();
        let new = actor.may(Permission::ManageIntents).then(|| {
            view! {
                <a class="button" data-kind="primary" href=paths::NEW_PAYMENT_INTENT>
                    <Icon of=Drawing::New /> {language.text("intents-new")}
                </a>
            }
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {new}
                </div>
                <SuccessNotice done />
                {controls}
                <List label columns=Columns::of_list(&shown, &query, paths::PAYMENT_INTENTS) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        ))
    })
}

fn filters(language: Language, query: &IntentQuery, calendar: &Calendar) -> AnyView {
    let text = |id: &str| language.text(id);
    let open = !query.filters.from.is_empty() || !query.filters.to.is_empty();
    let more = view! {
        <details class="more" open=open>
            <summary>{text("intents-more-filters")}</summary>
            <div class="filters">{day_fields(&query.filters.from, &query.filters.to, calendar)}</div>
        </details>
    };
    let filters = view! {
        {kept_columns(query)}
        <Field name="search" label=text("intents-search-with-notes") value=query.filters.search.clone() kind="search" />
        <Select name="status" label=text("intents-status") options=statuses(language) value=query.filters.status.clone() />
        {period_field(&query.filters.period)}
        <Select name="sort" label=text("intents-sort") options=sorts(language) value=query.sort.clone() />
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn filters_that_are_on(
    language: Language,
    query: &IntentQuery,
    calendar: &Calendar,
) -> Vec<Option<Chip<IntentFilters>>> {
    type F = IntentFilters;
    let text = |id: &str| language.text(id);
    let (on, zone) = (&query.filters, calendar.zone);
    vec![
        chip(text("intents-search"), &on.search, |filters: &mut F| filters.search.clear()),
        option_chip(text("intents-status"), &statuses(language), &on.status, |filters: &mut F| filters.status.clear()),
        option_chip(text("intents-created"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("intents-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("intents-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn empty_list(language: Language, query: &IntentQuery) -> AnyView {
    if query.filters.is_filtered() {
        let (fewer, show_all) = (language.text("intents-words"), language.text("intents-show-all"));
        return view! { <NothingMatches fewer all=paths::PAYMENT_INTENTS show_all /> }.into_any();
    }
    let title = language.text("intents-none");
    view! { <EmptyState title>{language.text("intents-none-text")}</EmptyState> }.into_any()
}

fn cell(
    language: Language,
    (intent, order): (&PaymentIntent, Option<&ListedOrder>),
    column: IntentColumn,
    shown: &[IntentColumn],
) -> AnyView {
    let name = column.title(language);
    let number = |amount: AnyView| view! { <td data-label=name.clone() class="end number">{amount}</td> }.into_any();
    // What was asked names the coin for the amounts beside it.
    let has_coin = shown.contains(&IntentColumn::Asked);
    let amount = |money: Money| number(if has_coin { listed_number(&money.number()) } else { listed(money) });
    let td = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    let time = |at: Option<DateTime<Utc>>| match at {
        Some(at) => td(view! { <Time at /> }.into_any()),
        None => td("–".into_any()),
    };
    match column {
        IntentColumn::Order => {
            view! { <th scope="row"><a href=paths::payment_intent(intent.id)>"#" {intent.order_number}</a></th> }
                .into_any()
        }
        IntentColumn::Reference => {
            let reference = order.map(|order| order.reference.as_str()).filter(|reference| !reference.is_empty());
            td(typed_or_dash(reference))
        }
        IntentColumn::Customer => td(mail_address_or_dash(order.and_then(|order| order.purchaser_email.as_deref()))),
        IntentColumn::Asked => number(match intent.kind {
            IntentKind::Transient(asked) => listed(asked.amount),
            IntentKind::Continuous => amount_due(language, intent).into_any(),
        }),
        IntentColumn::Paid => amount(intent.paid),
        IntentColumn::Refunded => intent.refunded.plus(intent.in_flight).map_or_else(|_| number(().into_any()), amount),
        IntentColumn::Left => amount(intent.left()),
        IntentColumn::Status => td(view! { <IntentBadge intent=intent.clone() /> }.into_any()),
        IntentColumn::Networks => {
            let networks = network_names(intent.payment_methods.iter().map(|method| method.network));
            view! { <td data-label=name.clone() class="names">{networks}</td> }.into_any()
        }
        IntentColumn::Settlement => td(currency_code(intent.settlement_currency)),
        IntentColumn::Created => time(Some(intent.created_at)),
        IntentColumn::Expires => time(intent.amount_due().map(|asked| asked.expires_at)),
        IntentColumn::LastPaid => time(intent.last_paid_at),
        IntentColumn::Id => td(view! { <span class="mono two-lines">{intent.id.to_string()}</span> }.into_any()),
    }
}

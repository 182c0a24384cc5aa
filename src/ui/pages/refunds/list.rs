//! The refund history.

use crate::{
    domain::{
        address::network::Network,
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::HeldReason,
        },
        saved_views::SavedList,
    },
    service::{refunds, saved_views, search::finds_whole_customers_only},
    texts::titles::Title,
    ui::{
        components::{
            address::{shortened, shortened_to_copy},
            amount::aligned,
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods},
            columns::kept_columns,
            empty::EmptyState,
            field::{Field, Select},
            list::{Column, Columns, List, ListHead, NothingMatches, Table, filter_form, row_of},
            list_controls::Controls,
            mark::network_name,
            notice::SuccessNotice,
            status::RefundBadge,
            time::Time,
            typed_text::{TypedText, mail_address_or_dash, typed_or_dash},
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::refunds::{ANY_REASON, RefundColumn, RefundFilters, RefundQuery},
        paths,
        periods::Calendar,
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

const FEW_COLUMNS: &[Column] =
    &[Column::number("Amount"), Column::text("Status"), Column::text("To"), Column::text("Created")];

/// Filters, table, pagination and the export.
#[component]
pub fn RefundsPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: RefundQuery = query();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = refunds::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = refunds::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Refunds).await?;
        let links = query.links(paths::REFUNDS, &found);
        let (file, whole_file) = query.files::<RefundColumn, _>(paths::REFUNDS_FILE, &found);
        let shown: Vec<RefundColumn> = query.columns.shown();
        let rows = found.items.iter().map(|refund| row_of(&shown, |column| cell(refund, column))).collect();
        let controls = Controls {
            list: SavedList::Refunds,
            actor: &actor,
            views,
            query: &query,
            filters: filters(&query, &calendar, finds_whole_customers_only(&actor)),
            on: filters_that_are_on(&query, &calendar),
            total,
            rows: "components-refunds",
            files: None,
        };
        let controls = controls.view::<RefundColumn>();
        Ok(Content::new(
            "Refunds",
            view! {
                <ListHead title="Refunds" file whole_file saved_as="refunds.csv" />
                <SuccessNotice done />
                {controls}
                <List label="Refunds" columns=Columns::of(&shown) rows links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

type Options = Vec<(&'static str, &'static str)>;

fn statuses() -> Options {
    std::iter::once(("", "Every status")).chain(RefundStatus::all().map(|s| (s.as_str(), s.title()))).collect()
}

fn currencies() -> Options {
    std::iter::once(("", "Every currency")).chain(Currency::all().map(|c| (c.code(), c.coin_symbol()))).collect()
}

fn networks() -> Options {
    std::iter::once(("", "Every network")).chain(Network::all().map(|n| (n.code(), n.title()))).collect()
}

fn waits() -> Options {
    let waits = [("", "Waiting or not"), (ANY_REASON, "Waiting for any reason")].into_iter();
    waits.chain(HeldReason::all().map(|reason| (reason.as_str(), reason.title()))).collect()
}

fn filters(query: &RefundQuery, calendar: &Calendar, only_whole: bool) -> AnyView {
    let label = if only_whole {
        "Order, customer, address, transaction or id"
    } else {
        "Order, customer, address, transaction, id or note"
    };
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
                <Select name="currency" label="Currency" options=currencies() value=query.filters.currency.clone() />
                <Select name="network" label="Network" options=networks() value=query.filters.network.clone() />
                <Select name="held" label="Transfer on the network" options=waits() value=query.filters.held.clone() />
                {day_fields(&query.filters.from, &query.filters.to, calendar.zone)}
                <Field name="min" label="Amount from" value=query.filters.min.clone() />
                <Field name="max" label="Amount to" value=query.filters.max.clone() />
            </div>
        </details>
    };
    let filters = view! {
        {kept_columns(query)}
        <Field name="search" label value=query.filters.search.clone() kind="search" />
        <Select name="status" label="Status" options=statuses() value=query.filters.status.clone() />
        {period_field(&query.filters.period)}
        <Select name="sort" label="Sort" options=SORTS.to_vec() value=query.sort.clone() />
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn filters_that_are_on(query: &RefundQuery, calendar: &Calendar) -> Vec<Option<Chip<RefundFilters>>> {
    type F = RefundFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    let filter = query.filter(calendar);
    // An amount that cannot be read is not applied.
    let if_read = |is_read: bool, text: &str| if is_read { text.to_owned() } else { String::new() };
    let (min, max) = (if_read(filter.amount_min.is_some(), &on.min), if_read(filter.amount_max.is_some(), &on.max));
    vec![
        chip("Search", &on.search, |filters: &mut F| filters.search.clear()),
        option_chip("Status", &statuses(), &on.status, |filters: &mut F| filters.status.clear()),
        option_chip("Created", &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip("From", &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip("To", &on.to, zone, |filters: &mut F| filters.to.clear()),
        option_chip("Currency", &currencies(), &on.currency, |filters: &mut F| filters.currency.clear()),
        option_chip("Network", &networks(), &on.network, |filters: &mut F| filters.network.clear()),
        option_chip("Transfer", &waits(), &on.held, |filters: &mut F| filters.held.clear()),
        chip("Amount from", &min, |filters: &mut F| filters.min.clear()),
        chip("Amount to", &max, |filters: &mut F| filters.max.clear()),
    ]
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
    let few = [RefundColumn::Amount, RefundColumn::Status, RefundColumn::To, RefundColumn::Created];
    let rows = refunds.iter().map(|refund| row_of(&few, |column| cell(refund, column))).collect();
    view! { <Table label columns=FEW_COLUMNS rows /> }.into_any()
}

fn waits_for(refund: &Refund) -> Option<&'static str> {
    let behind = refund.is_behind.then_some("waits for another refund");
    refund.transfer_held.map(Title::title).or(behind)
}

fn cell(refund: &Refund, column: RefundColumn) -> AnyView {
    let name = column.title();
    let number = |money: Money| {
        view! { <td data-label=name class="end number">{aligned(&money.with_coin_symbol())}</td> }.into_any()
    };
    let text = |content: AnyView| view! { <td data-label=name>{content}</td> }.into_any();
    match column {
        RefundColumn::Amount => view! {
            <th scope="row" class="end number"><a href=paths::refund(refund.id)>{aligned(&refund.amount().with_coin_symbol())}</a></th>
        }
        .into_any(),
        RefundColumn::Number => view! { <td data-label=name class="end">{refund.number}</td> }.into_any(),
        RefundColumn::Status => {
            let waits = waits_for(refund).map(|reason| view! { <p class="hint">{reason}</p> });
            text(view! { <RefundBadge status=refund.status /> {waits} }.into_any())
        }
        RefundColumn::To => text(
            view! {
                {shortened_to_copy(&refund.address)}
                <p class="hint">{network_name(refund.network)}</p>
            }
            .into_any(),
        ),
        RefundColumn::Sent => number(refund.terms.send),
        RefundColumn::Total => number(refund.terms.total),
        RefundColumn::Reason => text(refund.reason.title().into_any()),
        RefundColumn::Customer => text(mail_address_or_dash(refund.customer_email.as_deref())),
        RefundColumn::Transaction => {
            let hash = refund.transaction_hash.as_deref().map_or_else(|| "–".to_owned(), shortened);
            text(view! { <code>{hash}</code> }.into_any())
        }
        RefundColumn::Rejection => {
            view! { <td data-label=name class="sentence">{typed_or_dash(refund.rejection_reason.as_deref())}</td> }.into_any()
        }
        RefundColumn::Created => text(view! { <Time at=refund.created_at /> }.into_any()),
        RefundColumn::Changed => text(view! { <Time at=refund.updated_at /> }.into_any()),
        RefundColumn::By => text(view! { <TypedText text=refund.created_by.clone() /> }.into_any()),
        RefundColumn::Intent => {
            let (href, id) = (paths::payment_intent(refund.intent_id), refund.intent_id.to_string());
            text(view! { <a href=href class="mono two-lines">{id}</a> }.into_any())
        }
    }
}

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
    languages::Language,
    service::{refunds, saved_views},
    texts::{amounts, errors, titles::Title},
    ui::{
        components::{
            address::{shortened_to_copy, shortened_transaction},
            amount::listed,
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods},
            columns::kept_columns,
            empty::EmptyState,
            field::{Field, Select},
            list::{Columns, List, ListHead, NothingMatches, Table, filter_form, row_of},
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
        language::language,
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::refunds::{ANY_REASON, RefundColumn, RefundFilters, RefundQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;
use rust_decimal::Decimal;

/// Filters, table, pagination and the export.
#[component]
pub fn RefundsPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: RefundQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = refunds::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = refunds::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Refunds).await?;
        let links = query.links(paths::REFUNDS, &found);
        let (file, whole_file) = query.files::<RefundColumn, _>(paths::REFUNDS_FILE, &found);
        let shown: Vec<RefundColumn> = query.columns.shown();
        let rows = found.items.iter().map(|refund| row_of(&shown, |column| cell(language, refund, column))).collect();
        let controls = Controls {
            list: SavedList::Refunds,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar),
            on: filters_that_are_on(language, &query, &calendar),
            total,
            rows: "components-refunds",
            files: None,
        };
        let controls = controls.view::<RefundColumn>();
        let title = language.text("refunds-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file whole_file saved_as="refunds.csv" />
                <SuccessNotice done />
                {controls}
                <List label=title columns=Columns::of_list(&shown, &query, paths::REFUNDS) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        ))
    })
}

type Options = Vec<(&'static str, String)>;

fn statuses(language: Language) -> Options {
    let every = ("", language.text("refunds-every-status"));
    std::iter::once(every).chain(RefundStatus::all().map(|status| (status.as_str(), status.title(language)))).collect()
}

fn currencies(language: Language) -> Options {
    let every = ("", language.text("refunds-every-currency"));
    std::iter::once(every).chain(Currency::all().map(|c| (c.code(), c.coin_symbol().to_owned()))).collect()
}

fn networks(language: Language) -> Options {
    let every = ("", language.text("refunds-every-network"));
    std::iter::once(every).chain(Network::all().map(|n| (n.code(), n.title().to_owned()))).collect()
}

fn waits(language: Language) -> Options {
    let waits =
        [("", language.text("refunds-waiting-or-not")), (ANY_REASON, language.text("refunds-waiting"))].into_iter();
    waits.chain(HeldReason::all().map(|reason| (reason.as_str(), reason.title(language)))).collect()
}

fn sorts(language: Language) -> Options {
    vec![
        ("newest", language.text("refunds-newest")),
        ("oldest", language.text("refunds-oldest")),
        ("updated", language.text("refunds-updated")),
        ("largest", language.text("refunds-largest")),
        ("smallest", language.text("refunds-smallest")),
    ]
}

fn filters(language: Language, query: &RefundQuery, calendar: &Calendar) -> AnyView {
    let name = |id: &str| language.text(id);
    let on = &query.filters;
    let detailed = [&on.held, &on.currency, &on.network, &on.from, &on.to, &on.min, &on.max];
    let open = detailed.iter().any(|text| !text.is_empty());
    let (currencies, networks, waits) = (currencies(language), networks(language), waits(language));
    let more = view! {
        <details class="more" open=open>
            <summary>{name("refunds-more-filters")}</summary>
            <div class="filters">
                <Select name="currency" label=name("refunds-currency") options=currencies value=on.currency.clone() />
                <Select name="network" label=name("refunds-network") options=networks value=on.network.clone() />
                <Select name="held" label=name("refunds-waits") options=waits value=on.held.clone() />
                {day_fields(&on.from, &on.to, calendar)}
                <Field name="min" label=name("refunds-amount-from") value=on.min.clone() />
                <Field name="max" label=name("refunds-amount-to") value=on.max.clone() />
            </div>
        </details>
    };
    let (statuses, sorts) = (statuses(language), sorts(language));
    let filters = view! {
        {kept_columns(query)}
        <Field name="search" label=name("refunds-search") value=on.search.clone() kind="search" />
        <Select name="status" label=name("refunds-status") options=statuses value=on.status.clone() />
        {period_field(&on.period)}
        <Select name="sort" label=name("refunds-sort") options=sorts value=query.sort.clone() />
    };
    filter_form(None, filters, Some(more.into_any()))
}

fn filters_that_are_on(
    language: Language,
    query: &RefundQuery,
    calendar: &Calendar,
) -> Vec<Option<Chip<RefundFilters>>> {
    type F = RefundFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    let filter = query.filter(calendar);
    // As it was understood. An amount that cannot be read is not applied.
    let amount = |amount: Option<Decimal>| amount.map(|amount| amounts::number(language, &amount.to_string()));
    let (min, max) = (amount(filter.amount_min).unwrap_or_default(), amount(filter.amount_max).unwrap_or_default());
    let name = |id: &str| language.text(id);
    let (status, currency) = (statuses(language), currencies(language));
    let (network, held) = (networks(language), waits(language));
    vec![
        chip(name("refunds-on-search"), &on.search, |filters: &mut F| filters.search.clear()),
        option_chip(name("refunds-status"), &status, &on.status, |filters: &mut F| filters.status.clear()),
        option_chip(name("refunds-on-created"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(name("refunds-on-from"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(name("refunds-on-to"), &on.to, zone, |filters: &mut F| filters.to.clear()),
        option_chip(name("refunds-currency"), &currency, &on.currency, |filters: &mut F| filters.currency.clear()),
        option_chip(name("refunds-network"), &network, &on.network, |filters: &mut F| filters.network.clear()),
        option_chip(name("refunds-on-waits"), &held, &on.held, |filters: &mut F| filters.held.clear()),
        chip(name("refunds-amount-from"), &min, |filters: &mut F| filters.min.clear()),
        chip(name("refunds-amount-to"), &max, |filters: &mut F| filters.max.clear()),
    ]
}

fn empty_list(language: Language, query: &RefundQuery) -> AnyView {
    if query.filters.is_filtered() {
        let show_all = language.text("refunds-show-all");
        return view! { <NothingMatches all=paths::REFUNDS show_all /> }.into_any();
    }
    let paid = format!("{}?status=complete", paths::PAYMENT_INTENTS);
    view! {
        <EmptyState title=language.text("refunds-none")>
            {language.text("refunds-none-text")} " " <a href=paid>{language.text("refunds-none-link")}</a>
        </EmptyState>
    }
    .into_any()
}

/// A few refunds on another page, where there is less room.
pub fn refund_table(language: Language, label: String, refunds: Vec<Refund>) -> AnyView {
    let few = [RefundColumn::Amount, RefundColumn::Status, RefundColumn::To, RefundColumn::Created];
    let rows = refunds.iter().map(|refund| row_of(&few, |column| cell(language, refund, column))).collect();
    view! { <Table label columns=Columns::of(&few) rows /> }.into_any()
}

fn waits_for(language: Language, refund: &Refund) -> Option<String> {
    let behind = || refund.is_behind.then(|| language.text("refunds-behind"));
    refund.transfer_held.map(|reason| reason.title(language)).or_else(behind)
}

fn cell(language: Language, refund: &Refund, column: RefundColumn) -> AnyView {
    let name = column.title(language);
    let number =
        |money: Money| view! { <td data-label=name.clone() class="end number">{listed(money)}</td> }.into_any();
    let text = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    match column {
        RefundColumn::Amount => view! {
            <th scope="row" class="end number"><a href=paths::refund(refund.id)>{listed(refund.amount())}</a></th>
        }
        .into_any(),
        RefundColumn::Number => view! { <td data-label=name.clone() class="end">{refund.number}</td> }.into_any(),
        RefundColumn::Order => {
            text(view! { <a href=paths::payment_intent(refund.intent_id)>"#" {refund.order_number}</a> }.into_any())
        }
        RefundColumn::Status => {
            let waits = waits_for(language, refund).map(|reason| view! { <p class="hint">{reason}</p> });
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
        RefundColumn::Reason => text(refund.reason.title(language).into_any()),
        RefundColumn::Customer => text(mail_address_or_dash(refund.customer_email.as_deref())),
        RefundColumn::Transaction => {
            let hash = refund.transaction_hash.as_deref().map(|hash| shortened_transaction(hash, None));
            text(hash.unwrap_or_else(|| "–".into_any()))
        }
        RefundColumn::Rejection => {
            let reason = refund.rejection_reason.as_ref().map(|reason| errors::text(language, reason));
            view! { <td data-label=name.clone() class="sentence">{typed_or_dash(reason.as_deref())}</td> }.into_any()
        }
        RefundColumn::Created => text(view! { <Time at=refund.created_at /> }.into_any()),
        RefundColumn::Changed => text(view! { <Time at=refund.updated_at /> }.into_any()),
        RefundColumn::By => text(view! { <TypedText text=errors::text(language, &refund.created_by) /> }.into_any()),
        RefundColumn::Intent => {
            let (href, id) = (paths::payment_intent(refund.intent_id), refund.intent_id.to_string());
            text(view! { <a href=href class="mono two-lines">{id}</a> }.into_any())
        }
    }
}

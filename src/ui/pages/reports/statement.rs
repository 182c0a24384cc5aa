//! The statement of one month: its totals by currency and kind, and its movements.

use super::statements::{amount, state};
use crate::{
    domain::{
        error::DomainError,
        ledger::PostingReason,
        money::{currency::Currency, number},
        names::Named,
        people::actor::Permission,
        reports::{
            month::Month,
            statement::{CurrencyTotals, KindTotals, ListedMovement, Movement, MovementSubject},
        },
    },
    server_fns::statements::CloseMonth,
    service::reports::statements,
    store::reports::months::MonthDetail,
    texts::titles::Title,
    ui::{
        components::{
            amount::aligned,
            chips::{Chip, chips, option_chip},
            empty::EmptyState,
            facts::fact,
            field::Select,
            icon::{Drawing, Icon},
            list::{Column, List, NotApplied, NothingMatches, Table, filter_form, total_line},
            notice::{Advice, SuccessNotice},
            typed_text::TypedText,
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::caller,
        list_query::ListFilter,
        lists::movements::{MovementFilters, MovementQuery},
        paths, time,
    },
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};
use rust_decimal::Decimal;

const KIND_COLUMNS: &[Column] = &[
    Column::text("Kind"),
    Column::number("Movements"),
    Column::number("Received"),
    Column::number("Paid"),
    Column::number("Fees"),
    Column::number("Worth"),
];

const MOVEMENT_COLUMNS: &[Column] = &[
    Column::text("When"),
    Column::text("Kind"),
    Column::text("Belongs to"),
    Column::number("Received or paid"),
    Column::number("Fee"),
    Column::number("Worth"),
];

/// A section for each currency, and the movements.
#[component]
pub fn StatementPage() -> impl IntoView {
    let caller = caller();
    let month = param("month");
    let done: DoneQuery = query();
    let query: MovementQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let month = Month::parse(&month).ok_or_else(|| DomainError::not_found("error-unknown-statement"))?;
        let context = requite.context();
        let detail = statements::of_month(&requite.store, &context, &actor, month).await?;
        let filter = query.filter(month);
        let found = statements::movements(&requite.store, &actor, &filter, &query.page()).await?;
        let total = statements::total_of_movements(&requite.store, &actor, &filter).await?;
        let links = query.links(&paths::statement(month), &found).with_fragment("movements");
        let file = (!found.items.is_empty()).then(|| query.address(&paths::movements_file(month)));
        let saved_as = format!("statement-{month}.csv");
        let rows = found.items.iter().map(movement_row).collect();
        let title = format!("Statement of {}", month.title());
        let sections = detail.totals.currencies.iter().map(|totals| currency_section(totals, &detail));
        let sections = sections.collect_view();
        let (first, last) = (time::text(month.start()), time::text(month.end()));
        let may_close = actor.may(Permission::CloseMonths);
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title} " " {state(&detail.totals, context.now)}</h1>
                    {file.map(|href| view! { <a class="button" href=href download=saved_as><Icon of=Drawing::Export /> "Export as CSV"</a> })}
                </div>
                <SuccessNotice done />
                <p class="hint">
                    "From " {first} " until before " {last} ". Balances are available and reserved money together."
                </p>
                {closing(&detail, may_close, context.now)}
                {sections}
                <section class="stack" aria-labelledby="movements">
                    <h2 id="movements">"Movements"</h2>
                    <p class="hint">
                        "What a movement was worth is its change at the rate that was kept when it was booked, in the currency of \
                         the books. Refunds that are reserved have not moved yet."
                    </p>
                    {filters(&query, month, &detail)}
                    {chips(&paths::statement(month), &query, filters_that_are_on(&query))}
                    <NotApplied filters=query.filters.unreadable_filters() />
                    {total_line(total, "movement")}
                    <List label="Movements of the month" columns=MOVEMENT_COLUMNS rows links plain=true>
                        {nothing_moved(&query, month)}
                    </List>
                </section>
            },
        )
        .below(paths::STATEMENTS, "Statements"))
    })
}

fn nothing_moved(query: &MovementQuery, month: Month) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::statement(month) show_all="show all movements" /> }.into_any();
    }
    view! { <EmptyState title="Nothing moved">"No payment was credited and no refund was paid in this month."</EmptyState> }.into_any()
}

/// Who closed the month, or how it is closed.
fn closing(detail: &MonthDetail, may_close: bool, now: DateTime<Utc>) -> AnyView {
    let month = detail.totals.month;
    if let Some(closing) = &detail.totals.closed {
        let (by, at) = (closing.by.clone(), time::text(closing.at));
        return view! {
            <Advice kind="info">
                <p>
                    "Closed by " <TypedText text=by /> " on " {at}
                    ". Its totals are stored, and nothing is booked in it any more."
                </p>
            </Advice>
        }
        .into_any();
    }
    if now < month.closable_from() {
        let from = time::text(month.closable_from());
        return view! { <p class="hint">"It can be closed from " {from} ". Until then its totals change."</p> }
            .into_any();
    }
    match detail.next_to_close {
        Some(next) if next != month => view! {
            <p class="hint">
                "Months are closed one after another: " <a href=paths::statement(next)>{next.title()}</a> " is next."
            </p>
        }
        .into_any(),
        Some(_) if may_close => close_form(month),
        Some(_) | None => view! { <p class="hint">"An owner or an admin can close it."</p> }.into_any(),
    }
}

fn close_form(month: Month) -> AnyView {
    view! {
        <form method="post" action=CloseMonth::url() class="card">
            <h2>"Close this month"</h2>
            <p>
                "Closing stores these totals and stops further bookings in this month. It cannot be reopened, so check it first."
            </p>
            <input type="hidden" name="month" value=month.to_string() />
            <div class="actions">
                <button class="button">{format!("Close {}", month.title())}</button>
            </div>
        </form>
    }
    .into_any()
}

fn currency_section(totals: &CurrencyTotals, detail: &MonthDetail) -> AnyView {
    let currency = totals.currency;
    let title_id = format!("statement-{}", currency.code());
    let labelled_by = title_id.clone();
    let amount = |value: Decimal| amount(value, currency);
    let kinds = detail.kinds.iter().filter(|kind| kind.currency == currency);
    let rows: Vec<AnyView> = kinds.map(|kind| kind_row(kind, detail.totals.house_currency)).collect();
    let label = format!("Movements in {} by kind", currency.code());
    let kinds = if rows.is_empty() {
        view! { <p class="hint">"Nothing moved in this month."</p> }.into_any()
    } else {
        view! { <Table label columns=KIND_COLUMNS rows plain=true /> }.into_any()
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <h2 id=title_id>{currency.code()}</h2>
            <dl class="facts numbers">
                {fact("Opening balance", amount(totals.opening))}
                {fact("Received", amount(totals.received))}
                {fact("Paid", amount(totals.paid))}
                {fact("Fees", amount(totals.fees))}
                {fact("Closing balance", amount(totals.closing))}
            </dl>
            {kinds}
        </section>
    }
    .into_any()
}

fn kind_row(kind: &KindTotals, house_currency: Currency) -> AnyView {
    let amount = |value: Decimal| amount(value, kind.currency);
    let worth = if kind.without_rate == kind.movements {
        "no rate was kept".into_any()
    } else {
        amount_with_code(kind.worth, house_currency)
    };
    let some_without = kind.without_rate > 0 && kind.without_rate < kind.movements;
    let note = some_without.then(|| {
        view! { <p class="hint">{format!("no rate was kept of {} of them", kind.without_rate)}</p> }
    });
    view! {
        <tr>
            <th scope="row">{kind.reason.title()}</th>
            <td data-label="Movements" class="end number">{kind.movements}</td>
            <td data-label="Received" class="end number">{amount(kind.received)}</td>
            <td data-label="Paid" class="end number">{amount(kind.paid)}</td>
            <td data-label="Fees" class="end number">{amount(kind.fees)}</td>
            <td data-label="Worth" class="end number">{worth} {note}</td>
        </tr>
    }
    .into_any()
}

type Options = Vec<(&'static str, &'static str)>;

fn kinds() -> Options {
    let moving = PostingReason::all().filter(|reason| reason.changes_holdings());
    std::iter::once(("", "Every kind")).chain(moving.map(|reason| (reason.as_str(), reason.title()))).collect()
}

fn filters_that_are_on(query: &MovementQuery) -> Vec<Option<Chip<MovementFilters>>> {
    type F = MovementFilters;
    let on = &query.filters;
    // Also one that nothing was held in, which is not among the choices.
    let currencies: Options = Currency::all().map(|currency| (currency.code(), currency.code())).collect();
    vec![
        option_chip("Currency", &currencies, &on.currency, |filters: &mut F| filters.currency.clear()),
        option_chip("Kind", &kinds(), &on.kind, |filters: &mut F| filters.kind.clear()),
    ]
}

fn filters(query: &MovementQuery, month: Month, detail: &MonthDetail) -> AnyView {
    let currencies = std::iter::once(("", "Every currency"))
        .chain(detail.totals.currencies.iter().map(|totals| (totals.currency.code(), totals.currency.code())))
        .collect();
    let sorts = vec![("newest", "Newest first"), ("oldest", "Oldest first")];
    let filters = view! {
        <Select name="currency" label="Currency" options=currencies value=query.filters.currency.clone() />
        <Select name="kind" label="Kind" options=kinds() value=query.filters.kind.clone() />
        <Select name="sort" label="Sort" options=sorts value=query.sort.clone() />
    };
    filter_form(Some(paths::statement(month)), filters, None)
}

fn movement_row(listed: &ListedMovement) -> AnyView {
    let ListedMovement { movement, subject } = listed;
    let amount = |value: Decimal| amount_with_code(value, movement.currency);
    let at = movement.at;
    view! {
        <tr>
            <th scope="row"><time datetime=time::iso_8601(at)>{time::text_with_seconds(at)}</time></th>
            <td data-label="Kind">{movement.reason.title()}</td>
            <td data-label="Belongs to">{subject.as_ref().map_or_else(|| "–".into_any(), subject_link)}</td>
            <td data-label="Received or paid" class="end number">{amount(movement.received() - movement.paid())}</td>
            <td data-label="Fee" class="end number">{super::statements::amount(movement.fee, movement.currency)}</td>
            <td data-label="Worth" class="end number">{worth(movement)}</td>
        </tr>
    }
    .into_any()
}

fn subject_link(subject: &MovementSubject) -> AnyView {
    let (href, text) = match subject {
        MovementSubject::Payment { intent, order } => (paths::payment_intent(*intent), format!("Order {order}")),
        MovementSubject::Refund { id, number } => (paths::refund(*id), format!("Refund {number}")),
    };
    view! { <a href=href>{text}</a> }.into_any()
}

/// What a movement was worth, and the source of the rate.
fn worth(movement: &Movement) -> AnyView {
    let Some((worth, rate)) = movement.worth().zip(movement.rate.as_ref()) else {
        return "no rate was kept".into_any();
    };
    // The rate of the currency of the books itself says nothing.
    let source = (movement.currency != rate.per).then(|| {
        let text = format!("at {}, {}, {}", rate.price.normalize(), rate.source, time::text(rate.at));
        view! { <p class="hint source">{text}</p> }
    });
    view! { {amount_with_code(worth, rate.per)} {source} }.into_any()
}

fn amount_with_code(value: Decimal, currency: Currency) -> AnyView {
    aligned(&format!("{} {}", number(value, currency), currency.code()))
}

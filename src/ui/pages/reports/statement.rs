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
    languages::Language,
    server_fns::statements::CloseMonth,
    service::reports::statements,
    store::reports::months::MonthDetail,
    texts::{amounts, calendar, money::of_rate_source, titles::Title},
    ui::{
        components::{
            amount::exact_with_code,
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
        language::language,
        list_query::{BY_TIME, ColumnOrder, ListFilter, PageLinks},
        lists::movements::{MovementFilters, MovementQuery},
        paths, time,
    },
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};
use rust_decimal::Decimal;

/// A section for each currency, and the movements.
#[component]
pub fn StatementPage() -> impl IntoView {
    let language = language();
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
        let when = query.column_order(&paths::statement(month), BY_TIME).map(|order| order.with_fragment("movements"));
        let file = (!found.items.is_empty()).then(|| query.address(&paths::movements_file(month)));
        let saved_as = format!("statement-{month}.csv");
        let rows: Vec<AnyView> = found.items.iter().map(|listed| movement_row(language, listed)).collect();
        let title = language.with("reports-statement", [("month", calendar::of_month(language, month))]);
        let sections = detail.totals.currencies.iter().map(|totals| currency_section(language, totals, &detail));
        let sections = sections.collect_view();
        let ends = [("first", month.start()), ("last", month.end())];
        let ends = ends.map(|(name, at)| (name, time::in_language(language, at, false)));
        let may_close = actor.may(Permission::CloseMonths);
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title} " " {state(language, &detail.totals, context.now)}</h1>
                    {file.map(|href| export_link(language, href, saved_as))}
                </div>
                <SuccessNotice done />
                <p class="hint">{language.with("reports-statement-period", ends)}</p>
                {closing(language, &detail, may_close, context.now)}
                {sections}
                <section class="stack" aria-labelledby="movements">
                    <h2 id="movements">{language.text("reports-movements")}</h2>
                    <p class="hint">{language.text("reports-movements-hint")}</p>
                    {filters(language, &query, month, &detail)}
                    {chips(&paths::statement(month), &query, filters_that_are_on(language, &query))}
                    <NotApplied filters=query.filters.unreadable_filters() />
                    {total_line(total, "components-movements")}
                    {movements(language, when, rows, links, nothing_moved(language, &query, month))}
                </section>
            },
        )
        .below(paths::STATEMENTS, language.text("reports-statements")))
    })
}

fn export_link(language: Language, href: String, saved_as: String) -> AnyView {
    view! {
        <a class="button" href=href download=saved_as>
            <Icon of=Drawing::Export /> {language.text("reports-export")}
        </a>
    }
    .into_any()
}

fn movements(
    language: Language,
    when: Option<ColumnOrder>,
    rows: Vec<AnyView>,
    links: PageLinks,
    nothing: AnyView,
) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("reports-when")).sorting(when),
        Column::text(name("reports-kind")),
        Column::number(name("reports-received-or-paid")),
        Column::number(name("reports-fee")),
        Column::number(name("reports-worth")),
    ];
    view! { <List label=name("reports-movements-label") columns rows links plain=true>{nothing}</List> }.into_any()
}

fn nothing_moved(language: Language, query: &MovementQuery, month: Month) -> AnyView {
    if query.filters.is_filtered() {
        let show_all = language.text("reports-movements-all");
        return view! { <NothingMatches all=paths::statement(month) show_all /> }.into_any();
    }
    view! {
        <EmptyState title=language.text("reports-movements-none")>
            {language.text("reports-movements-none-text")}
        </EmptyState>
    }
    .into_any()
}

/// Who closed the month, or how it is closed.
fn closing(language: Language, detail: &MonthDetail, may_close: bool, now: DateTime<Utc>) -> AnyView {
    let month = detail.totals.month;
    if let Some(closing) = &detail.totals.closed {
        let at = time::in_language(language, closing.at, false);
        let (before, after) = language.around_with("reports-closed", "by", [("at", at)]);
        let by = closing.by.clone();
        return view! {
            <Advice kind="info">
                <p>{before} <TypedText text=by /> {after}</p>
            </Advice>
        }
        .into_any();
    }
    if now < month.closable_from() {
        let from = time::in_language(language, month.closable_from(), false);
        return view! { <p class="hint">{language.with("reports-closable-from", [("from", from)])}</p> }.into_any();
    }
    match detail.next_to_close {
        Some(next) if next != month => {
            let (before, after) = language.around("reports-close-order", "month");
            let name = calendar::of_month(language, next);
            view! { <p class="hint">{before} <a href=paths::statement(next)>{name}</a> {after}</p> }.into_any()
        }
        Some(_) if may_close => close_form(language, month),
        Some(_) | None => view! { <p class="hint">{language.text("reports-close-who")}</p> }.into_any(),
    }
}

fn close_form(language: Language, month: Month) -> AnyView {
    let close = language.with("reports-close-month", [("month", calendar::of_month(language, month))]);
    view! {
        <form method="post" action=CloseMonth::url() class="card">
            <h2>{language.text("reports-close")}</h2>
            <p>{language.text("reports-close-text")}</p>
            <input type="hidden" name="month" value=month.to_string() />
            <div class="actions">
                <button class="button">{close}</button>
            </div>
        </form>
    }
    .into_any()
}

fn currency_section(language: Language, totals: &CurrencyTotals, detail: &MonthDetail) -> AnyView {
    let currency = totals.currency;
    let title_id = format!("statement-{}", currency.code());
    let labelled_by = title_id.clone();
    let name = |id: &str| language.text(id);
    let amount = |value: Decimal| amount(value, currency);
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <h2 id=title_id>{currency.code()}</h2>
            <dl class="facts numbers">
                {fact(name("reports-opening-balance"), amount(totals.opening))}
                {fact(name("reports-received"), amount(totals.received))}
                {fact(name("reports-paid"), amount(totals.paid))}
                {fact(name("reports-fees"), amount(totals.fees))}
                {fact(name("reports-closing-balance"), amount(totals.closing))}
            </dl>
            {kinds_of(language, currency, detail)}
        </section>
    }
    .into_any()
}

/// The movements of a currency by their kinds.
fn kinds_of(language: Language, currency: Currency, detail: &MonthDetail) -> AnyView {
    let kinds = detail.kinds.iter().filter(|kind| kind.currency == currency);
    let rows: Vec<AnyView> = kinds.map(|kind| kind_row(language, kind, detail.totals.house_currency)).collect();
    if rows.is_empty() {
        return view! { <p class="hint">{language.text("reports-nothing-in-month")}</p> }.into_any();
    }
    let label = language.with("reports-kinds-label", [("currency", currency.code())]);
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("reports-kind")),
        Column::number(name("reports-movements")),
        Column::number(name("reports-received")),
        Column::number(name("reports-paid")),
        Column::number(name("reports-fees")),
        Column::number(name("reports-worth")),
    ];
    view! { <Table label columns rows plain=true /> }.into_any()
}

fn kind_row(language: Language, kind: &KindTotals, house_currency: Currency) -> AnyView {
    let name = |id: &str| language.text(id);
    let amount = |value: Decimal| amount(value, kind.currency);
    let worth = if kind.without_rate == kind.movements {
        name("reports-no-rate").into_any()
    } else {
        amount_with_code(kind.worth, house_currency)
    };
    let some_without = kind.without_rate > 0 && kind.without_rate < kind.movements;
    let note = some_without.then(|| {
        let text = language.with("reports-no-rate-of-some", [("count", kind.without_rate)]);
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <tr>
            <th scope="row" class="wrap">{kind.reason.title(language)}</th>
            <td data-label=name("reports-movements") class="end number">{kind.movements}</td>
            <td data-label=name("reports-received") class="end number">{amount(kind.received)}</td>
            <td data-label=name("reports-paid") class="end number">{amount(kind.paid)}</td>
            <td data-label=name("reports-fees") class="end number">{amount(kind.fees)}</td>
            <td data-label=name("reports-worth") class="end number">{worth} {note}</td>
        </tr>
    }
    .into_any()
}

type Options = Vec<(&'static str, String)>;

fn kinds(language: Language) -> Options {
    let moving = PostingReason::all().filter(|reason| reason.changes_holdings());
    let moving = moving.map(|reason| (reason.as_str(), reason.title(language)));
    std::iter::once(("", language.text("reports-every-kind"))).chain(moving).collect()
}

fn filters_that_are_on(language: Language, query: &MovementQuery) -> Vec<Option<Chip<MovementFilters>>> {
    type F = MovementFilters;
    let on = &query.filters;
    // Also one that nothing was held in, which is not among the choices.
    let currencies: Options = Currency::all().map(|currency| (currency.code(), currency.code().to_owned())).collect();
    let (currency, kind) = (language.text("reports-currency"), language.text("reports-kind"));
    vec![
        option_chip(currency, &currencies, &on.currency, |filters: &mut F| filters.currency.clear()),
        option_chip(kind, &kinds(language), &on.kind, |filters: &mut F| filters.kind.clear()),
    ]
}

fn filters(language: Language, query: &MovementQuery, month: Month, detail: &MonthDetail) -> AnyView {
    let name = |id: &str| language.text(id);
    let codes = detail.totals.currencies.iter().map(|totals| totals.currency.code());
    let currencies: Options = std::iter::once(("", name("reports-every-currency")))
        .chain(codes.map(|code| (code, code.to_owned())))
        .collect();
    let sorts: Options = vec![("newest", name("reports-newest-first")), ("oldest", name("reports-oldest-first"))];
    let (currency, kind, sort) = (name("reports-currency"), name("reports-kind"), name("reports-sort"));
    let filters = view! {
        <Select name="currency" label=currency options=currencies value=query.filters.currency.clone() />
        <Select name="kind" label=kind options=kinds(language) value=query.filters.kind.clone() />
        <Select name="sort" label=sort options=sorts value=query.sort.clone() />
    };
    filter_form(Some(paths::statement(month)), filters, None)
}

/// What a movement belongs to is below its kind, since the amounts need the room beside it.
fn movement_row(language: Language, listed: &ListedMovement) -> AnyView {
    let ListedMovement { movement, subject } = listed;
    let name = |id: &str| language.text(id);
    let amount = |value: Decimal| amount_with_code(value, movement.currency);
    let subject = subject.as_ref().map(|subject| view! { <br /> {subject_link(language, subject)} });
    let at = movement.at;
    view! {
        <tr>
            <th scope="row">
                <time datetime=time::iso_8601(at)>{time::in_language(language, at, true)}</time>
            </th>
            <td data-label=name("reports-kind") class="names">
                <span>{movement.reason.title(language)} {subject}</span>
            </td>
            <td data-label=name("reports-received-or-paid") class="end number">{amount(movement.received() - movement.paid())}</td>
            <td data-label=name("reports-fee") class="end number">
                {super::statements::amount(movement.fee, movement.currency)}
            </td>
            <td data-label=name("reports-worth") class="end number">{worth(language, movement)}</td>
        </tr>
    }
    .into_any()
}

/// What a booking belongs to.
pub(super) fn subject_link(language: Language, subject: &MovementSubject) -> AnyView {
    let (href, text) = match subject {
        MovementSubject::Payment { intent, order } => {
            (paths::payment_intent(*intent), language.with("reports-order", [("number", order.to_string())]))
        }
        MovementSubject::Refund { id, number } => {
            (paths::refund(*id), language.with("reports-refund", [("number", number.to_string())]))
        }
    };
    view! { <a href=href>{text}</a> }.into_any()
}

/// What a movement was worth, and the source of the rate.
fn worth(language: Language, movement: &Movement) -> AnyView {
    let Some((worth, rate)) = movement.worth().zip(movement.rate.as_ref()) else {
        return language.text("reports-no-rate").into_any();
    };
    // The rate of the currency of the books itself says nothing.
    let source = (movement.currency != rate.per).then(|| {
        let values = [
            ("price", amounts::number(language, &rate.price.normalize().to_string())),
            ("source", of_rate_source(language, &rate.source)),
            ("at", time::in_language(language, rate.at, false)),
        ];
        view! { <p class="hint source">{language.with("reports-rate", values)}</p> }
    });
    view! { {amount_with_code(worth, rate.per)} {source} }.into_any()
}

fn amount_with_code(value: Decimal, currency: Currency) -> AnyView {
    exact_with_code(&number(value, currency), currency)
}

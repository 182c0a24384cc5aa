//! One balance: what it is worth, which refunds reserve how much of it, and what was posted in it.

use super::{
    balances::{payout_accounts, with_code, worth},
    statement::subject_link,
    top_up::{TypedAmount, top_up_section},
};
use crate::{
    domain::{
        error::DomainError,
        ledger::{BalanceChange, PostingReason},
        money::{currency::Currency, number},
        names::Named,
        reports::balance::{Hold, Holds, ListedEntry},
    },
    languages::Language,
    service::reports::balances::{self, BalanceOverview},
    texts::titles::Title,
    ui::{
        components::{
            amount::{amount_cell, exact_number},
            chips::{Chip, chips, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            empty::EmptyState,
            facts::fact,
            field::Select,
            icon::{Drawing, Icon},
            list::{Column, List, NotApplied, NothingMatches, Table, filter_form, total_line},
            mark::currency_code,
            notice::SuccessNotice,
            status::RefundBadge,
            time::Time,
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        language::language,
        list_query::{BY_TIME, ColumnOrder, ListFilter},
        lists::balance_entries::{EntryFilters, EntryQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;
use rust_decimal::Decimal;

type Options = Vec<(&'static str, String)>;

/// Facts, holds, postings, and the form of the sandbox.
#[component]
pub fn BalancePage() -> impl IntoView {
    let language = language();
    let (caller, calendar) = (caller(), calendar());
    let code = param("currency");
    let (done, typed, query): (DoneQuery, TypedAmount, EntryQuery) = (query(), query(), query());
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let currency = Currency::parse(&code).map_err(|_| DomainError::not_found("error-unknown-balance"))?;
        let services = (&requite).into();
        let overview = balances::of_currency(services, &requite.context(), &actor, currency).await?;
        let holds = balances::holds(&requite.store, &actor, currency).await?;
        let filter = query.filter(currency, &calendar);
        let found = balances::entries(&requite.store, &actor, &filter, &query.page()).await?;
        let total = balances::total_of_entries(&requite.store, &actor, &filter).await?;
        let here = paths::balance(currency);
        let links = query.links(&here, &found).with_fragment("postings");
        let when = query.column_order(&here, BY_TIME).map(|order| order.with_fragment("postings"));
        let file = (!found.items.is_empty()).then(|| query.address(&paths::balance_entries_file(currency)));
        let rows: Vec<AnyView> = found.items.iter().map(|listed| entry_row(language, listed)).collect();
        let title = language.with("balances-balance-in", [("currency", currency.code())]);
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {file.map(|href| export_link(language, href, currency))}
                </div>
                <SuccessNotice done />
                {facts(language, &overview)}
                {holds_section(language, &holds)}
                <section class="stack" aria-labelledby="postings">
                    <h2 id="postings">{language.text("balances-postings")}</h2>
                    <p class="hint">{language.text("balances-postings-hint")}</p>
                    {filters(language, &query, currency, &calendar)}
                    {chips(&here, &query, filters_that_are_on(language, &query, &calendar))}
                    <NotApplied filters=query.filters.unreadable_filters() />
                    {total_line(total, "components-postings")}
                    <List label=language.text("balances-postings-label") columns=entry_columns(language, when) rows links plain=true>
                        {nothing_posted(language, &query, currency)}
                    </List>
                </section>
                {top_up_section(language, &requite, &actor, Some(currency), &typed)}
            },
        )
        .below(paths::BALANCES, language.text("balances-title")))
    })
}

fn export_link(language: Language, href: String, currency: Currency) -> AnyView {
    let saved_as = format!("balance-{currency}.csv");
    view! {
        <a class="button" href=href download=saved_as>
            <Icon of=Drawing::Export /> {language.text("reports-export")}
        </a>
    }
    .into_any()
}

fn facts(language: Language, overview: &BalanceOverview) -> AnyView {
    let name = |id: &str| language.text(id);
    let valued = &overview.valued;
    let (currency, balance) = (valued.currency(), valued.balance);
    let amount = |value: Decimal| with_code(value, currency);
    let accounts = (!overview.payout_accounts.is_empty())
        .then(|| fact(name("balances-payout-accounts"), payout_accounts(&overview.payout_accounts)));
    view! {
        <section class="card stack" aria-labelledby="balance">
            <h2 id="balance">{currency_code(currency)} " " <span class="hint">{currency.coin()}</span></h2>
            <dl class="facts numbers">
                {fact(name("balances-available"), amount(balance.available.amount()))}
                {fact(name("balances-reserved"), amount(balance.reserved.amount()))}
                {fact(name("balances-total"), amount(valued.total()))}
                {fact(name("balances-worth"), worth(language, valued))}
                {accounts}
            </dl>
        </section>
    }
    .into_any()
}

/// The refunds that reserve something, the ones that do so the longest first.
fn holds_section(language: Language, holds: &Holds) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("balances-refund")),
        Column::number(name("balances-held")),
        Column::text(name("balances-status")),
        Column::text(name("balances-since")),
    ];
    let rows: Vec<AnyView> = holds.oldest.iter().map(|hold| hold_row(language, hold)).collect();
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let cut = (holds.number > shown).then(|| {
        let counts = [("shown", shown), ("count", holds.number)];
        let (before, after) = language.around_with("balances-holds-cut", "refunds", counts);
        view! { <p>{before} <a href=paths::REFUNDS>{name("balances-all-refunds")}</a> {after}</p> }
    });
    let table = if rows.is_empty() {
        view! { <p>{name("balances-holds-none")}</p> }.into_any()
    } else {
        view! { <Table label=name("balances-holds-label") columns rows /> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="holds">
            <h2 id="holds">{name("balances-holds")}</h2>
            <p class="hint">{name("balances-holds-hint")}</p>
            {table}
            {cut}
        </section>
    }
    .into_any()
}

fn hold_row(language: Language, hold: &Hold) -> AnyView {
    let name = |id: &str| language.text(id);
    let refund = language.with("reports-refund", [("number", hold.number.to_string())]);
    view! {
        <tr>
            <th scope="row"><a href=paths::refund(hold.refund)>{refund}</a></th>
            <td data-label=name("balances-held") class="end number">
                {with_code(hold.amount.amount(), hold.amount.currency())}
            </td>
            <td data-label=name("balances-status")><RefundBadge status=hold.status /></td>
            <td data-label=name("balances-since")><Time at=hold.since /></td>
        </tr>
    }
    .into_any()
}

fn kinds(language: Language) -> Options {
    let posted = PostingReason::all().filter(|reason| reason.changes_available());
    let posted = posted.map(|reason| (reason.as_str(), reason.title(language)));
    std::iter::once(("", language.text("reports-every-kind"))).chain(posted).collect()
}

fn filters(language: Language, query: &EntryQuery, currency: Currency, calendar: &Calendar) -> AnyView {
    let on = &query.filters;
    let filters = view! {
        <Select name="kind" label=language.text("reports-kind") options=kinds(language) value=on.kind.clone() />
        {period_field(&on.period)}
        {day_fields(&on.from, &on.to, calendar)}
        {time_order_field(&query.sort)}
    };
    filter_form(Some(paths::balance(currency)), filters, None)
}

fn filters_that_are_on(language: Language, query: &EntryQuery, calendar: &Calendar) -> Vec<Option<Chip<EntryFilters>>> {
    type F = EntryFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    let text = |id: &str| language.text(id);
    vec![
        option_chip(text("reports-kind"), &kinds(language), &on.kind, |filters: &mut F| filters.kind.clear()),
        option_chip(text("reports-when"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn nothing_posted(language: Language, query: &EntryQuery, currency: Currency) -> AnyView {
    if query.filters.is_filtered() {
        let show_all = language.text("balances-postings-all");
        return view! { <NothingMatches all=paths::balance(currency) show_all /> }.into_any();
    }
    let title = language.text("balances-postings-none");
    view! { <EmptyState title>{language.text("balances-postings-none-text")}</EmptyState> }.into_any()
}

fn entry_columns(language: Language, when: Option<ColumnOrder>) -> [Column; 5] {
    let name = |id: &str| language.text(id);
    [
        Column::text(name("reports-when")).sorting(when),
        Column::text(name("balances-what-for")),
        Column::number(name("balances-in")),
        Column::number(name("balances-out")),
        Column::number(name("balances-after")),
    ]
}

/// What an entry belongs to is below its kind, since the amounts need the room beside it.
fn entry_row(language: Language, listed: &ListedEntry) -> AnyView {
    let name = |id: &str| language.text(id);
    let (change, closing) = (&listed.entry.change, listed.entry.closing);
    let amount = |value: Decimal| exact_number(&number(value, change.currency));
    let subject = listed.subject.as_ref().map(|subject| view! { <br /> {subject_link(language, subject)} });
    view! {
        <tr>
            <th scope="row"><Time at=change.at seconds=true /></th>
            <td data-label=name("balances-what-for") class="names"><span>{what_for(language, change)} {subject}</span></td>
            {amount_cell(name("balances-in"), change.increase().map(amount))}
            {amount_cell(name("balances-out"), change.decrease().map(amount))}
            <td data-label=name("balances-after") class="end number">{amount(closing)}</td>
        </tr>
    }
    .into_any()
}

/// The fee of a booking is an entry of its own.
fn what_for(language: Language, change: &BalanceChange) -> String {
    let kind = change.reason.title(language);
    if change.is_fee { language.with("balances-fee-of", [("kind", kind)]) } else { kind }
}

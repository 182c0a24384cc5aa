//! Monthly statements: what was held, what came and what went, by month and currency.

use crate::{
    domain::{
        money::{currency::Currency, number},
        reports::{
            month::Month,
            statement::{CurrencyTotals, MonthState, MonthTotals},
        },
    },
    languages::Language,
    service::reports::statements::{self, PAGE_SIZE},
    store::reports::months::MonthsPage,
    texts::calendar,
    ui::{
        components::{
            amount::{exact_number, listed_number},
            empty::EmptyState,
            list::{Column, List, ListHead},
            status::Badge,
        },
        page::{Content, page, query},
    },
    web::{days::MonthsQuery, forms::caller, language::language, list_query::PageLinks, paths},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use rust_decimal::Decimal;

/// The months, the newest first, a row for each currency.
#[component]
pub fn StatementsPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    let query: MonthsQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let current = Month::of(context.now);
        let found = statements::list(&requite.store, &context, &actor, query.newest(), PAGE_SIZE).await?;
        let has_rows = found.months.iter().any(|month| !month.currencies.is_empty());
        let file = has_rows.then(|| query.address(paths::STATEMENTS_FILE));
        let links = links(&found, current);
        let name = |id: &str| language.text(id);
        let columns = [
            Column::text(name("reports-month")),
            Column::text(name("reports-currency")),
            Column::number(name("reports-opening")),
            Column::number(name("reports-received")),
            Column::number(name("reports-paid")),
            Column::number(name("reports-fees")),
            Column::number(name("reports-closing")),
        ];
        let rows = found.months.iter().flat_map(|month| rows(language, month, context.now)).collect();
        let title = name("reports-statements");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file saved_as="statements.csv" />
                <p class="hint">{name("reports-statements-hint")}</p>
                {next_to_close(language, &found, current)}
                <List label=title columns rows links>
                    <EmptyState title=language.text("reports-statements-none")>
                        {language.text("reports-statements-none-text")}
                    </EmptyState>
                </List>
            },
        ))
    })
}

/// The month that can be closed now or soon.
fn next_to_close(language: Language, found: &MonthsPage, current: Month) -> Option<AnyView> {
    let month = found.next_to_close.filter(|month| *month < current)?;
    let (before, after) = language.around("reports-statements-next", "month");
    let name = calendar::of_month(language, month);
    Some(view! { <p>{before} <a href=paths::statement(month)>{name}</a> {after}</p> }.into_any())
}

fn links(found: &MonthsPage, current: Month) -> PageLinks {
    let address = |month: Month| MonthsQuery::until(month).address(paths::STATEMENTS);
    let newest = found.months.first().map(|month| month.month).filter(|newest| *newest < current);
    let oldest = found.months.last().map(|month| month.month).filter(|_| found.has_older);
    PageLinks {
        previous: newest.map(|newest| address(newest.ahead(PAGE_SIZE).min(current))),
        next: oldest.map(|oldest| address(oldest.back(1))),
    }
}

fn rows(language: Language, month: &MonthTotals, now: DateTime<Utc>) -> Vec<AnyView> {
    if month.currencies.is_empty() {
        let (name, nothing) = (language.text("reports-currency"), language.text("reports-statements-nothing"));
        let nothing = view! { <td data-label=name colspan="6">{nothing}</td> };
        return vec![row(language, month, now, nothing.into_any())];
    }
    month.currencies.iter().map(|totals| row(language, month, now, cells(language, totals))).collect()
}

/// The state is below the month, since the amounts need the room beside it.
fn row(language: Language, month: &MonthTotals, now: DateTime<Utc>, cells: AnyView) -> AnyView {
    let name = calendar::of_month(language, month.month);
    view! {
        <tr>
            <th scope="row">
                <a href=paths::statement(month.month)>{name}</a> <br /> {state(language, month, now)}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cells(language: Language, totals: &CurrencyTotals) -> AnyView {
    let name = |id: &str| language.text(id);
    // The page of the month and the file have every digit.
    let amount = |value: Decimal| listed_number(&number(value, totals.currency));
    view! {
        <td data-label=name("reports-currency")>{totals.currency.code()}</td>
        <td data-label=name("reports-opening") class="end number">{amount(totals.opening)}</td>
        <td data-label=name("reports-received") class="end number">{amount(totals.received)}</td>
        <td data-label=name("reports-paid") class="end number">{amount(totals.paid)}</td>
        <td data-label=name("reports-fees") class="end number">{amount(totals.fees)}</td>
        <td data-label=name("reports-closing") class="end number">{amount(totals.closing)}</td>
    }
    .into_any()
}

/// Whether a month is closed, as a badge.
pub fn state(language: Language, month: &MonthTotals, now: DateTime<Utc>) -> AnyView {
    let (status, id) = match month.state(now) {
        MonthState::Closed => ("completed", "reports-state-closed"),
        MonthState::Open => ("pending", "reports-state-open"),
        MonthState::Running => ("processing", "reports-state-running"),
    };
    view! { <Badge status=status label=language.text(id) /> }.into_any()
}

/// An amount that may be negative, aligned at its point.
pub fn amount(value: Decimal, currency: Currency) -> AnyView {
    exact_number(&number(value, currency))
}

//! Monthly statements: what was held, what came and what went, by month and currency.

use crate::{
    domain::{
        money::{currency::Currency, number},
        names::Named,
        reports::{
            month::Month,
            statement::{CurrencyTotals, MonthState, MonthTotals},
        },
    },
    service::reports::statements::{self, PAGE_SIZE},
    store::reports::months::MonthsPage,
    ui::{
        components::{
            amount::aligned,
            empty::EmptyState,
            list::{Column, List, ListHead},
            status::Badge,
        },
        page::{Content, page, query},
    },
    web::{days::MonthsQuery, forms::caller, list_query::PageLinks, paths},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use rust_decimal::Decimal;

const COLUMNS: &[Column] = &[
    Column::text("Month"),
    Column::text("Currency"),
    Column::number("Opening"),
    Column::number("Received"),
    Column::number("Paid"),
    Column::number("Fees"),
    Column::number("Closing"),
    Column::text("State"),
];

/// The months, the newest first, a row for each currency.
#[component]
pub fn StatementsPage() -> impl IntoView {
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
        let rows = found.months.iter().flat_map(|month| rows(month, context.now)).collect();
        Ok(Content::new(
            "Statements",
            view! {
                <ListHead title="Statements" file saved_as="statements.csv" />
                <p class="hint">
                    "What you held, what came and what went. A month begins and ends at midnight UTC. Opening and closing \
                     balances are available and reserved money together; received is before fees."
                </p>
                {next_to_close(&found, current)}
                <List label="Statements" columns=COLUMNS rows links>
                    <EmptyState title="No statements yet">"Statements begin with the first booking."</EmptyState>
                </List>
            },
        ))
    })
}

/// The month that can be closed now or soon.
fn next_to_close(found: &MonthsPage, current: Month) -> Option<AnyView> {
    let month = found.next_to_close.filter(|month| *month < current)?;
    Some(
        view! {
            <p>"Next to be closed: " <a href=paths::statement(month)>{month.title()}</a></p>
        }
        .into_any(),
    )
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

fn rows(month: &MonthTotals, now: DateTime<Utc>) -> Vec<AnyView> {
    if month.currencies.is_empty() {
        let nothing = view! { <td data-label="Currency" colspan="6">"nothing was held or moved"</td> };
        return vec![row(month, now, nothing.into_any())];
    }
    month.currencies.iter().map(|totals| row(month, now, cells(totals))).collect()
}

fn row(month: &MonthTotals, now: DateTime<Utc>, cells: AnyView) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=paths::statement(month.month)>{month.month.title()}</a></th>
            {cells}
            <td data-label="State">{state(month, now)}</td>
        </tr>
    }
    .into_any()
}

fn cells(totals: &CurrencyTotals) -> AnyView {
    let amount = |value: Decimal| amount(value, totals.currency);
    view! {
        <td data-label="Currency">{totals.currency.code()}</td>
        <td data-label="Opening" class="end number">{amount(totals.opening)}</td>
        <td data-label="Received" class="end number">{amount(totals.received)}</td>
        <td data-label="Paid" class="end number">{amount(totals.paid)}</td>
        <td data-label="Fees" class="end number">{amount(totals.fees)}</td>
        <td data-label="Closing" class="end number">{amount(totals.closing)}</td>
    }
    .into_any()
}

/// Whether a month is closed, as a badge.
pub fn state(month: &MonthTotals, now: DateTime<Utc>) -> AnyView {
    let state = month.state(now);
    let status = match state {
        MonthState::Closed => "completed",
        MonthState::Open => "pending",
        MonthState::Running => "processing",
    };
    view! { <Badge status=status label=state.as_str() /> }.into_any()
}

/// An amount that may be negative, aligned at its point.
pub fn amount(value: Decimal, currency: Currency) -> AnyView {
    aligned(&number(value, currency))
}

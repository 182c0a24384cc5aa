//! The reconciliation report of a day: payments, refunds, ledger and chain, and the differences between them.

use crate::{
    config::Mode,
    domain::{
        money::{Money, currency::Currency},
        operations::books::UnbookedMovement,
        reports::reconciliation::{Comparison, DailyBalance, Difference, Reconciliation},
    },
    service::reports::reconciliation,
    ui::{
        components::{
            field::Field,
            icon::{Drawing, Icon},
            list::{Column, Table},
            notice::Advice,
        },
        page::{Content, page, query},
    },
    web::{days::DayQuery, forms::caller, paths},
};
use leptos::prelude::*;
use rust_decimal::Decimal;

const HELD_COLUMNS: &[Column] = &[
    Column::text("Currency"),
    Column::number("At the beginning"),
    Column::number("Payments"),
    Column::number("Refunds and their fees"),
    Column::number("At the end"),
];

/// Only a sandbox has balances that were filled with nothing.
const HELD_COLUMNS_IN_SANDBOX: &[Column] = &[
    Column::text("Currency"),
    Column::number("At the beginning"),
    Column::number("Payments"),
    Column::number("Sandbox money"),
    Column::number("Refunds and their fees"),
    Column::number("At the end"),
];

const UNBOOKED_COLUMNS: &[Column] = &[
    Column::text("Network"),
    Column::text("What happened"),
    Column::text("Transaction or id"),
    Column::text("Explanation"),
];

const COMPARISON_COLUMNS: &[Column] = &[
    Column::text("What"),
    Column::text("Currency"),
    Column::number("Payments and refunds"),
    Column::number("Ledger"),
    Column::number("Rail"),
    Column::text("Result"),
];

/// One day, from midnight to midnight UTC.
#[component]
pub fn ReconciliationPage() -> impl IntoView {
    let caller = caller();
    let query: DayQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let day = query.day(context.now);
        let report = reconciliation::of_day(&requite.store, &context, requite.payouts(), &actor, day).await?;
        let title = format!("Reconciliation of {}", day.format("%-d %B %Y"));
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    <a class="button" href=format!("{}?day={day}", paths::RECONCILIATION_FILE) download=format!("reconciliation-{day}.csv")><Icon of=Drawing::Export /> "Export as CSV"</a>
                </div>
                <form method="get" class="filters">
                    <Field name="day" label="Day (UTC)" kind="date" value=day.to_string() required=true />
                    <button class="button">"Show"</button>
                </form>
                {differences(&report)}
                {unbooked(&report.unbooked)}
                {daily_balances(&report.holdings, requite.settings.mode == Mode::Sandbox)}
                {comparisons(&report.comparisons)}
            },
        ))
    })
}

fn differences(report: &Reconciliation) -> AnyView {
    if report.is_clean() {
        let text = "Everything is explained: payments, refunds, ledger and chain agree.";
        return view! { <Advice kind="info"><p>{text}</p></Advice> }.into_any();
    }
    if report.differences.is_empty() {
        // What follows says what is not explained or does not agree.
        return ().into_any();
    }
    let items = report
        .differences
        .iter()
        .map(|Difference { subject, finding }| view! { <li>{finding.clone()} " " <code class="wrap">{subject.to_string()}</code></li> })
        .collect_view();
    view! {
        <section class="notice" data-kind="error" aria-labelledby="differences-title">
            <h2 id="differences-title">"Not explained"</h2>
            <ul class="stack">{items}</ul>
        </section>
    }
    .into_any()
}

/// What moved at the server's own addresses and is in no balance.
fn unbooked(all: &[UnbookedMovement]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let is_explained = all.iter().all(|one| one.explanation.is_some());
    let rows = all
        .iter()
        .map(|UnbookedMovement { movement, explanation }| {
            let explanation = match explanation {
                Some(text) => text.clone().into_any(),
                None => view! { <a href=paths::PAYOUTS>"Not explained yet"</a> }.into_any(),
            };
            view! {
                <tr>
                    <td data-label="Network">{movement.network.title()}</td>
                    <td data-label="What happened" class="sentence wrap">{movement.story()}</td>
                    <td data-label="Transaction or id" class="mono"><span class="two-lines">{movement.name()}</span></td>
                    <td data-label="Explanation" class="sentence wrap">{explanation}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="notice" data-kind=if is_explained { "info" } else { "warning" } aria-labelledby="unbooked-title">
            <h2 id="unbooked-title">"Moved without a payment or refund"</h2>
            <p>
                "These coins came to or left your own addresses for no payment or refund of this server, so no balance has them. \
                 If one paid a refund that a restored backup has lost, make that refund again while payouts are paused, and \
                 assign the transaction to it."
            </p>
            <Table label="Movements" columns=UNBOOKED_COLUMNS rows plain=true />
        </section>
    }
    .into_any()
}

fn daily_balances(all: &[DailyBalance], is_sandbox: bool) -> AnyView {
    let columns = if is_sandbox { HELD_COLUMNS_IN_SANDBOX } else { HELD_COLUMNS };
    let rows = all
        .iter()
        .map(|line| {
            let amount = |value: Decimal| amount(value, line.currency);
            view! {
                <tr>
                    <th scope="row">{line.currency.code()}</th>
                    <td data-label="At the beginning" class="end number">{amount(line.opening)}</td>
                    <td data-label="Payments" class="end number">{amount(line.payments)}</td>
                    {is_sandbox.then(|| view! { <td data-label="Sandbox money" class="end number">{amount(line.funding)}</td> })}
                    <td data-label="Refunds and their fees" class="end number">{amount(-line.refunds)}</td>
                    <td data-label="At the end" class="end number">{amount(line.closing)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="stack">
            <h2>"What is held"</h2>
            <p class="hint">"Available and reserved together."</p>
            <Table label="What is held" columns rows plain=true />
        </div>
    }
    .into_any()
}

fn comparisons(all: &[Comparison]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="hint">"No money moved on this day."</p> }.into_any();
    }
    let rows = all
        .iter()
        .map(|line| {
            let amount = |value: Decimal| amount(value, line.currency);
            view! {
                <tr>
                    <th scope="row">{line.what}</th>
                    <td data-label="Currency">{line.currency.code()}</td>
                    <td data-label="Payments and refunds" class="end number">{amount(line.records)}</td>
                    <td data-label="Ledger" class="end number">{amount(line.ledger)}</td>
                    <td data-label="Rail" class="end number">{line.chain.map_or_else(|| "–".to_owned(), amount)}</td>
                    <td data-label="Result">{if line.is_balanced() { "agree" } else { "differ" }}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="stack">
            <h2>"Records, ledger and chain compared"</h2>
            <Table label="Records, ledger and chain compared" columns=COMPARISON_COLUMNS rows plain=true />
        </div>
    }
    .into_any()
}

/// An amount that may be negative, with the decimals of its currency.
fn amount(value: Decimal, currency: Currency) -> String {
    let number = Money::new(value.abs(), currency).map_or_else(|_| value.abs().to_string(), Money::number);
    if value.is_sign_negative() && !value.is_zero() { format!("−{number}") } else { number }
}

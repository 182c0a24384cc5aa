//! The reconciliation report of a day: payments, refunds, ledger and chain, and the differences between them.

use crate::{
    domain::{
        money::{Money, currency::Currency},
        reports::reconciliation::{Comparison, DailyBalance, Difference, Reconciliation},
    },
    service::reports::reconciliation,
    ui::{
        components::{
            field::Field,
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
    Column::number("Sandbox money"),
    Column::number("Refunds and their fees"),
    Column::number("At the end"),
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
                    <a class="button" href=format!("{}?day={day}", paths::RECONCILIATION_FILE) download=format!("reconciliation-{day}.csv")>"Export as CSV"</a>
                </div>
                <form method="get" class="filters">
                    <Field name="day" label="Day (UTC)" kind="date" value=day.to_string() required=true />
                    <button class="button">"Show"</button>
                </form>
                {differences(&report)}
                {daily_balances(&report.holdings)}
                {comparisons(&report.comparisons)}
            },
        ))
    })
}

fn differences(report: &Reconciliation) -> AnyView {
    if report.differences.is_empty() && report.comparisons.iter().all(Comparison::is_balanced) {
        return view! {
            <Advice kind="info">
                <p>"Everything is explained: payments, refunds, ledger and chain agree."</p>
            </Advice>
        }
        .into_any();
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

fn daily_balances(all: &[DailyBalance]) -> AnyView {
    let rows = all
        .iter()
        .map(|line| {
            let amount = |value: Decimal| amount(value, line.currency);
            view! {
                <tr>
                    <th scope="row">{line.currency.code()}</th>
                    <td class="end number">{amount(line.opening)}</td>
                    <td class="end number">{amount(line.payments)}</td>
                    <td class="end number">{amount(line.funding)}</td>
                    <td class="end number">{amount(-line.refunds)}</td>
                    <td class="end number">{amount(line.closing)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="stack">
            <h2>"What is held"</h2>
            <p class="hint">"Available and reserved together."</p>
            <Table label="What is held" columns=HELD_COLUMNS rows plain=true />
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
                    <td>{line.currency.code()}</td>
                    <td class="end number">{amount(line.records)}</td>
                    <td class="end number">{amount(line.ledger)}</td>
                    <td class="end number">{line.chain.map_or_else(|| "–".to_owned(), amount)}</td>
                    <td>{if line.is_balanced() { "agree" } else { "differ" }}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="stack">
            <h2>"Who says what"</h2>
            <Table label="Who says what" columns=COMPARISON_COLUMNS rows plain=true />
        </div>
    }
    .into_any()
}

/// An amount that may be negative, with the decimals of its currency.
fn amount(value: Decimal, currency: Currency) -> String {
    let number = Money::new(value.abs(), currency).map_or_else(|_| value.abs().to_string(), Money::number);
    if value.is_sign_negative() && !value.is_zero() { format!("−{number}") } else { number }
}

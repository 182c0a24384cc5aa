//! What was refunded over time, on the overview.

use crate::{
    domain::{
        money,
        reports::activity::{Activity, Bar, Compared, Period},
    },
    texts::{spans::in_two_units, titles::Title},
    ui::components::{
        amount::aligned,
        bar_chart::{BarChart, ChartBar},
        list::{Column, Table},
    },
    web::paths,
};
use leptos::prelude::*;
use serde::Deserialize;

/// The period that is shown, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PeriodQuery {
    days: String,
}

impl PeriodQuery {
    /// One of the periods to choose from; 30 days otherwise.
    pub fn days(&self) -> u16 {
        self.days.parse().ok().filter(|days| Period::CHOICES.contains(days)).unwrap_or(30)
    }
}

const NUMBERS: &[Column] = &[Column::text("Day"), Column::number("Refunds completed")];
const TIMES: &[Column] = &[Column::text("Day"), Column::number("Time from request to completion")];
const BY_COIN: &[Column] = &[
    Column::text("Coin"),
    Column::number("Refunds"),
    Column::number("Before"),
    Column::number("Amount"),
    Column::number("Before"),
];
const BY_NETWORK: &[Column] = &[Column::text("Network"), Column::number("Refunds"), Column::number("Before")];
const BY_REASON: &[Column] = &[Column::text("Reason"), Column::number("Refunds"), Column::number("Before")];

/// Charts and tables of the period.
pub fn activity_section(activity: &Activity) -> AnyView {
    let days = activity.period.days;
    let choices = Period::CHOICES
        .map(|choice| {
            let current = (choice == days).then_some("true");
            view! { <a href=format!("{}?days={choice}#activity", paths::OVERVIEW) aria-current=current>{choice} " days"</a> }
        })
        .into_iter()
        .collect_view();
    let body = if activity.is_empty() {
        view! { <p class="hint">"Nothing was paid or refunded in these days."</p> }.into_any()
    } else {
        view! {
            <ul class="tiles" data-kind="numbers">{numbers(activity)}</ul>
            <div class="charts">
                <BarChart title="Refunds completed" columns=NUMBERS bars=bars(activity, number) />
                <BarChart title="Time from request to completion" columns=TIMES bars=bars(activity, time) />
            </div>
            <div class="charts">{tables(activity)}</div>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="activity">
            <div class="section-head">
                <h2 id="activity">"The last " {days} " days"</h2>
                <nav class="choices-in-line" aria-label="Days to look at">{choices}</nav>
            </div>
            {body}
            <p class="hint">"Days are in UTC. New payments and refunds appear within a minute."</p>
        </section>
    }
    .into_any()
}

fn numbers(activity: &Activity) -> AnyView {
    let Activity { paid, refunded, rejected, .. } = activity;
    let days = activity.period.days;
    let count = |both: &Compared| (both.now.number.to_string(), both.before.number.to_string());
    let share = |refunds: i64, payments: i64| {
        // Tenths of a percent, rounded down: the exact numbers stand beside it.
        let tenths = refunds.saturating_mul(1_000).checked_div(payments);
        tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
    };
    let average = |seconds: Option<i64>| seconds.map_or_else(|| "–".to_owned(), in_two_units);
    let shares = (share(refunded.now.number, paid.now.number), share(refunded.before.number, paid.before.number));
    let times = (average(refunded.now.average_seconds()), average(refunded.before.average_seconds()));
    [
        ("Payments credited", count(paid)),
        ("Refunds completed", count(refunded)),
        ("Refund rate", shares),
        ("Time to complete", times),
        ("Refunds rejected", count(rejected)),
    ]
    .map(|(name, (now, before))| {
        view! {
            <li class="tile">
                <span class="tile-name">{name}</span>
                <span class="tile-value number">{now}</span>
                <span class="hint">{format!("previous {days} days: ")} <span class="number">{before}</span></span>
            </li>
        }
    })
    .into_iter()
    .collect_view()
    .into_any()
}

fn bars(activity: &Activity, value: fn(&Bar) -> (i64, String)) -> Vec<ChartBar> {
    let bar = |bar: &Bar| {
        let first = bar.first.format("%-d %b").to_string();
        let name = if bar.first == bar.last { first } else { format!("{first} to {}", bar.last.format("%-d %b")) };
        let (value, text) = value(bar);
        ChartBar { name, value, text }
    };
    activity.bars.iter().map(bar).collect()
}

fn number(bar: &Bar) -> (i64, String) {
    (bar.refunded.number, bar.refunded.number.to_string())
}

fn time(bar: &Bar) -> (i64, String) {
    bar.refunded.average_seconds().map_or_else(|| (0, "–".to_owned()), |seconds| (seconds, in_two_units(seconds)))
}

fn tables(activity: &Activity) -> AnyView {
    let counts = |both: &Compared| {
        view! {
            <td data-label="Refunds" class="end number">{both.now.number}</td>
            <td data-label="Before" class="end number">{both.before.number}</td>
        }
    };
    let coins = activity
        .currencies
        .iter()
        .map(|(currency, both)| {
            let amount = |amount| aligned(&money::number(amount, *currency));
            view! {
                <tr>
                    <th scope="row">{currency.coin_symbol()}</th>
                    {counts(both)}
                    <td data-label="Amount" class="end number">{amount(both.now.amount)}</td>
                    <td data-label="Before" class="end number">{amount(both.before.amount)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let networks = activity
        .networks
        .iter()
        .map(|(network, both)| view! { <tr><th scope="row">{network.title()}</th> {counts(both)}</tr> }.into_any())
        .collect();
    let reasons = activity
        .reasons
        .iter()
        .map(|(reason, both)| view! { <tr><th scope="row">{reason.title()}</th> {counts(both)}</tr> }.into_any())
        .collect();
    view! {
        {table("Completed refunds by coin", BY_COIN, coins)}
        {table("Completed refunds by network", BY_NETWORK, networks)}
        {table("Completed refunds by reason", BY_REASON, reasons)}
    }
    .into_any()
}

/// Nothing if there is no row.
fn table(label: &'static str, columns: &'static [Column], rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <Table label columns rows plain=true /> }.into_any())
}

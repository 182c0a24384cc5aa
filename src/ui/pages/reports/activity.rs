//! What was refunded over time, on the overview.

use crate::{
    domain::{
        money,
        reports::activity::{Activity, Bar, Compared, Period},
    },
    languages::Language,
    texts::{amounts, calendar, numbers::grouped, spans::in_two_units, titles::Title},
    ui::components::{
        amount::listed_number,
        bar_chart::{BarChart, ChartBar},
        list::{Column, Columns, Table},
        mark::{coin_symbol, network_name},
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

/// Charts and tables of the period.
pub fn activity_section(language: Language, activity: &Activity) -> AnyView {
    let days = activity.period.days;
    let choices = Period::CHOICES
        .map(|choice| {
            let current = (choice == days).then_some("true");
            let text = language.with("reports-days", [("count", choice)]);
            view! { <a href=format!("{}?days={choice}#activity", paths::OVERVIEW) aria-current=current>{text}</a> }
        })
        .into_iter()
        .collect_view();
    let body = if activity.is_empty() {
        view! { <p class="hint">{language.text("reports-nothing-in-days")}</p> }.into_any()
    } else {
        view! {
            <ul class="tiles" data-kind="numbers">{numbers(language, activity)}</ul>
            <div class="charts">{charts(language, activity)}</div>
            <div class="charts">{tables(language, activity)}</div>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="activity">
            <div class="section-head">
                <h2 id="activity">{language.with("reports-last-days", [("count", days)])}</h2>
                <nav class="choices-in-line" aria-label=language.text("reports-days-label")>{choices}</nav>
            </div>
            {body}
            <p class="hint">{language.text("reports-days-hint")}</p>
        </section>
    }
    .into_any()
}

fn numbers(language: Language, activity: &Activity) -> AnyView {
    let Activity { paid, refunded, rejected, .. } = activity;
    let days = activity.period.days;
    let count = |both: &Compared| (grouped(language, both.now.number), grouped(language, both.before.number));
    let share = |refunds: i64, payments: i64| {
        // Tenths of a percent, rounded down: the exact numbers stand beside it.
        let tenths = refunds.saturating_mul(1_000).checked_div(payments);
        tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{} %", amounts::number(language, &in_tenths(tenths))))
    };
    let average =
        |seconds: Option<i64>| seconds.map_or_else(|| "–".to_owned(), |seconds| in_two_units(language, seconds));
    let shares = (share(refunded.now.number, paid.now.number), share(refunded.before.number, paid.before.number));
    let times = (average(refunded.now.average_seconds()), average(refunded.before.average_seconds()));
    [
        ("reports-payments-credited", count(paid)),
        ("reports-refunds-completed", count(refunded)),
        ("reports-refund-rate", shares),
        ("reports-time-to-complete", times),
        ("reports-refunds-rejected", count(rejected)),
    ]
    .map(|(id, (now, earlier))| {
        let (before, after) = language.around_with("reports-previous-days", "value", [("count", days)]);
        view! {
            <li class="tile">
                <span class="tile-name">{language.text(id)}</span>
                <span class="tile-value number">{now}</span>
                <span class="hint">{before} <span class="number">{earlier}</span> {after}</span>
            </li>
        }
    })
    .into_iter()
    .collect_view()
    .into_any()
}

fn charts(language: Language, activity: &Activity) -> AnyView {
    let chart = |id: &str, value: &dyn Fn(&Bar) -> (i64, String)| {
        let title = language.text(id);
        let columns = [Column::text(language.text("reports-day")), Column::number(title.clone())];
        let bars = activity.bars.iter().map(|bar| chart_bar(language, bar, value(bar))).collect();
        view! { <BarChart title columns bars /> }.into_any()
    };
    view! {
        {chart("reports-refunds-completed", &|bar: &Bar| number(language, bar))}
        {chart("reports-time-from-request", &|bar: &Bar| time(language, bar))}
    }
    .into_any()
}

fn chart_bar(language: Language, bar: &Bar, (value, text): (i64, String)) -> ChartBar {
    let first = calendar::of_day_in_year(language, bar.first);
    let name = if bar.first == bar.last {
        first
    } else {
        let last = calendar::of_day_in_year(language, bar.last);
        language.with("reports-days-of-bar", [("first", first), ("last", last)])
    };
    ChartBar { name, value, text }
}

fn number(language: Language, bar: &Bar) -> (i64, String) {
    (bar.refunded.number, grouped(language, bar.refunded.number))
}

/// The number of units, with one decimal also where it is zero.
fn in_tenths(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn time(language: Language, bar: &Bar) -> (i64, String) {
    let seconds = bar.refunded.average_seconds();
    seconds.map_or_else(|| (0, "–".to_owned()), |seconds| (seconds, in_two_units(language, seconds)))
}

fn tables(language: Language, activity: &Activity) -> AnyView {
    let name = |id: &str| language.text(id);
    let counts = |both: &Compared| {
        view! {
            <td data-label=name("reports-refunds") class="end number">{grouped(language, both.now.number)}</td>
            <td data-label=name("reports-before") class="end number">{grouped(language, both.before.number)}</td>
        }
    };
    let coins = activity
        .currencies
        .iter()
        .map(|(currency, both)| {
            let amount = |amount| listed_number(&money::number(amount, *currency));
            view! {
                <tr>
                    <th scope="row">{coin_symbol(*currency)}</th>
                    {counts(both)}
                    <td data-label=name("reports-amount") class="end number">{amount(both.now.amount)}</td>
                    <td data-label=name("reports-before") class="end number">{amount(both.before.amount)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let networks = activity
        .networks
        .iter()
        .map(|(network, both)| {
            view! { <tr><th scope="row">{network_name(*network)}</th> {counts(both)}</tr> }.into_any()
        })
        .collect();
    let reasons = activity.reasons.iter().map(|(reason, both)| {
        view! { <tr><th scope="row">{reason.title(language)}</th> {counts(both)}</tr> }.into_any()
    });
    let reasons = reasons.collect();
    let columns = |first: &str| {
        [Column::text(name(first)), Column::number(name("reports-refunds")), Column::number(name("reports-before"))]
    };
    let amounts = [Column::number(name("reports-amount")), Column::number(name("reports-before"))];
    let of_coins: Vec<Column> = columns("reports-coin").into_iter().chain(amounts).collect();
    view! {
        {table(name("reports-by-coin"), of_coins.into(), coins)}
        {table(name("reports-by-network"), columns("reports-network").into(), networks)}
        {table(name("reports-by-reason"), columns("reports-reason").into(), reasons)}
    }
    .into_any()
}

/// Nothing if there is no row.
fn table(label: String, columns: Columns, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <Table label columns rows plain=true /> }.into_any())
}

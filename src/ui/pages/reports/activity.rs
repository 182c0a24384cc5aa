//! What was refunded over time, on the overview.

use super::activity_charts::{charts, count, multiples, share, time};
use crate::{
    domain::reports::activity::{Activity, Compared, Period, Volume},
    languages::Language,
    service::reports::activity::ActivityReport,
    ui::components::bar_chart::{ChartBar, ChartValue},
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

/// Numbers, charts and tables of the period.
pub fn activity_section(language: Language, report: &ActivityReport) -> AnyView {
    let ActivityReport { activity, volume } = report;
    let days = activity.period.days;
    let choices = Period::CHOICES
        .map(|choice| {
            let current = (choice == days).then_some("true");
            let text = language.with("reports-days", [("count", choice)]);
            view! { <a href=format!("{}?days={choice}#activity", paths::OVERVIEW) aria-current=current>{text}</a> }
        })
        .into_iter()
        .collect_view();
    // Without any rate there is no sum of all coins.
    let volume = (volume.without_rate.len() < activity.currencies.len()).then_some(volume);
    let body = if activity.is_empty() {
        view! { <p class="hint">{language.text("reports-nothing-in-days")}</p> }.into_any()
    } else {
        view! {
            <ul class="tiles" data-kind="numbers">{numbers(language, activity, volume)}</ul>
            <p class="hint">{language.with("reports-chart-legend", [("count", days)])}</p>
            <div class="charts">{charts(language, activity, volume)} {multiples(language, activity, volume)}</div>
            {volume.map(|volume| about_rates(language, volume))}
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

fn numbers(language: Language, activity: &Activity, volume: Option<&Volume>) -> AnyView {
    let Activity { paid, refunded, rejected, .. } = activity;
    let text = |id: &str| language.text(id);
    let tiles = [
        Some((text("reports-payments-credited"), count(language, paid))),
        Some((text("reports-refunds-completed"), count(language, refunded))),
        volume.map(|volume| (volume_title(language, volume), worth(language, volume, &volume.total))),
        Some((text("reports-refund-rate"), share(language, paid, refunded))),
        Some((text("reports-time-to-complete"), time(language, refunded))),
        Some((text("reports-refunds-rejected"), count(language, rejected))),
    ];
    let tile = |(title, bar): (String, ChartBar)| {
        let (before, after) = around_before(language, activity.period.days);
        view! {
            <li class="tile">
                <span class="tile-name">{title}</span>
                <span class="tile-value number">{bar.now.shown()}</span>
                <span class="hint">{before} <span class="number">{bar.before.shown()}</span> {after}</span>
            </li>
        }
    };
    tiles.into_iter().flatten().map(tile).collect_view().into_any()
}

/// What is around the value of the period before.
pub(super) fn around_before(language: Language, days: u16) -> (String, String) {
    language.around_with("reports-previous-days", "value", [("count", days)])
}

/// The name of what refunds are worth.
pub(super) fn volume_title(language: Language, volume: &Volume) -> String {
    language.with("reports-volume", [("currency", volume.currency.code())])
}

/// What refunds are worth.
pub(super) fn worth(language: Language, volume: &Volume, both: &Compared) -> ChartBar {
    let value = |amount| ChartValue::amount(language, amount, volume.currency);
    ChartBar { now: value(both.now.amount), before: value(both.before.amount) }
}

/// At which rates, and which coins are left out.
fn about_rates(language: Language, volume: &Volume) -> AnyView {
    let coins = volume.without_rate.iter().map(|coin| coin.coin_symbol()).collect::<Vec<_>>().join(", ");
    let without = (!coins.is_empty()).then(|| language.with("reports-without-rate", [("coins", coins)]));
    let rates = language.with("reports-at-rates", [("currency", volume.currency.code())]);
    view! { <p class="hint">{rates} " " {without}</p> }.into_any()
}

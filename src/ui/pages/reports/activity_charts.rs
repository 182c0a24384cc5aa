//! The charts of what was refunded over time, each with its table.

use super::activity::{around_before, volume_title, worth};
use crate::{
    domain::{
        address::network::Network,
        money::currency::Currency,
        refunds::refund::RefundReason,
        reports::activity::{Activity, Bar, Compared, Part, Volume},
    },
    languages::Language,
    texts::{amounts, calendar, spans::in_two_units, titles::Title},
    ui::components::{
        bar_chart::{BarChart, ChartBar, ChartFrame, ChartValue, Multiple, SmallMultiples, bar_chart, small_multiples},
        mark::{coin_symbol, network_name},
    },
};
use leptos::prelude::*;

/// All refunds together: how many, what they are worth, how they compare with payments, and how long they took.
pub(super) fn charts(language: Language, activity: &Activity, volume: Option<&Volume>) -> AnyView {
    let frame = frame(language, activity);
    let chart = |title: String, sum: ChartBar, bars: Vec<ChartBar>| {
        bar_chart(&frame, BarChart { title, sums: sums(language, activity, &sum), bars })
    };
    let of_bars = |value: &dyn Fn(&Bar) -> ChartBar| activity.bars.iter().map(value).collect::<Vec<_>>();
    let refunded = &activity.refunded;
    let volume = volume.map(|volume| {
        let bars = volume.bars.iter().map(|both| worth(language, volume, both)).collect();
        chart(volume_title(language, volume), worth(language, volume, &volume.total), bars)
    });
    view! {
        {chart(
            language.text("reports-refunds-completed"),
            count(language, refunded),
            of_bars(&|bar: &Bar| count(language, &bar.refunded)),
        )}
        {volume}
        {chart(
            language.text("reports-refund-rate"),
            share(language, &activity.paid, refunded),
            of_bars(&|bar: &Bar| share(language, &bar.paid, &bar.refunded)),
        )}
        {chart(
            language.text("reports-time-from-request"),
            time(language, refunded),
            of_bars(&|bar: &Bar| time(language, &bar.refunded)),
        )}
    }
    .into_any()
}

/// The refunds of each coin, network and reason. Amounts of different coins cannot be compared, numbers of refunds and what they
/// are worth can. Payments have no reason, and a refund may be sent on another network than was paid on, so only a coin has a
/// refund rate.
pub(super) fn multiples(language: Language, activity: &Activity, volume: Option<&Volume>) -> AnyView {
    let frame = frame(language, activity);
    let one = |name: AnyView, label: String, sum: ChartBar, bars: Vec<ChartBar>| Multiple {
        name,
        label,
        sums: sums(language, activity, &sum),
        sum,
        bars,
    };
    let coins = activity.currencies.iter().map(|part| {
        let bars = part.bars.iter().map(|both| amount(language, part, both)).collect();
        let symbol = part.of.coin_symbol();
        one(coin_symbol(part.of), symbol.to_owned(), amount(language, part, &part.total), bars)
    });
    let rates = activity.payments_and_refunds().into_iter().map(|(paid, refunded)| {
        let none = Compared::default();
        let of_bar = |place: usize| refunded.and_then(|part| part.bars.get(place)).unwrap_or(&none);
        let bars = paid.bars.iter().enumerate().map(|(place, paid)| share(language, paid, of_bar(place))).collect();
        let sum = share(language, &paid.total, refunded.map_or(&none, |part| &part.total));
        one(coin_symbol(paid.of), paid.of.coin_symbol().to_owned(), sum, bars)
    });
    let of_network = |part: &Part<Network>, value: &dyn Fn(&Compared) -> ChartBar| {
        let bars = part.bars.iter().map(value).collect();
        one(network_name(part.of), part.of.title().to_owned(), value(&part.total), bars)
    };
    let of_networks = |parts: &[Part<Network>], value: &dyn Fn(&Compared) -> ChartBar| {
        parts.iter().map(|part| of_network(part, value)).collect::<Vec<_>>()
    };
    let of_reasons = |value: &dyn Fn(&Compared) -> ChartBar| {
        let of_reason = |part: &Part<RefundReason>| {
            let (title, bars) = (part.of.title(language), part.bars.iter().map(value).collect());
            one(title.clone().into_any(), title, value(&part.total), bars)
        };
        activity.reasons.iter().map(of_reason).collect::<Vec<_>>()
    };
    let figure = |title: String, multiples: Vec<Multiple>, own_scales: Option<String>| {
        small_multiples(&frame, SmallMultiples { title, multiples, own_scales })
    };
    let name = |id: &str| language.text(id);
    let number = |both: &Compared| count(language, both);
    let seconds = |both: &Compared| time(language, both);
    let worth_by_network = volume.and_then(|volume| {
        let parts = of_networks(&volume.networks, &|both: &Compared| worth(language, volume, both));
        let title = language.with("reports-volume-by-network", [("currency", volume.currency.code())]);
        figure(title, parts, None)
    });
    view! {
        {figure(name("reports-by-coin"), coins.collect(), Some(name("reports-own-scales")))}
        {figure(name("reports-rate-by-coin"), rates.collect(), None)}
        {figure(name("reports-by-network"), of_networks(&activity.networks, &number), None)}
        {worth_by_network}
        {figure(name("reports-time-by-network"), of_networks(&activity.networks, &seconds), None)}
        {figure(name("reports-by-reason"), of_reasons(&number), None)}
        {figure(name("reports-time-by-reason"), of_reasons(&seconds), None)}
    }
    .into_any()
}

fn frame(language: Language, activity: &Activity) -> ChartFrame {
    ChartFrame {
        language,
        names: activity.bars.iter().map(|bar| name(language, bar)).collect(),
        head: language.text("reports-day"),
        together: language.text("reports-together"),
        before: language.text("reports-before"),
    }
}

fn name(language: Language, bar: &Bar) -> String {
    let first = calendar::of_day_in_year(language, bar.first);
    if bar.first == bar.last {
        return first;
    }
    let last = calendar::of_day_in_year(language, bar.last);
    language.with("reports-days-of-bar", [("first", first), ("last", last)])
}

/// The sums of both periods.
fn sums(language: Language, activity: &Activity, sum: &ChartBar) -> AnyView {
    let (before, after) = around_before(language, activity.period.days);
    view! {
        <span class="number">{sum.now.shown()}</span> " "
        <span class="hint">{before} <span class="number">{sum.before.shown()}</span> {after}</span>
    }
    .into_any()
}

/// How many there were.
pub(super) fn count(language: Language, both: &Compared) -> ChartBar {
    let value = |number| ChartValue::number(language, number);
    ChartBar { now: value(both.now.number), before: value(both.before.number) }
}

fn amount(language: Language, part: &Part<Currency>, both: &Compared) -> ChartBar {
    let value = |amount| ChartValue::amount(language, amount, part.of);
    ChartBar { now: value(both.now.amount), before: value(both.before.amount) }
}

/// How many refunds were completed for each payment that was credited.
pub(super) fn share(language: Language, paid: &Compared, refunded: &Compared) -> ChartBar {
    let value = |refunds: i64, payments: i64| {
        // Tenths of a percent, rounded down: the exact numbers stand beside it.
        let tenths = refunds.saturating_mul(1_000).checked_div(payments);
        tenths.map_or_else(ChartValue::unknown, |tenths| {
            let percent = amounts::number(language, &format!("{}.{}", tenths / 10, tenths % 10));
            ChartValue::new(tenths.into(), format!("{percent} %"))
        })
    };
    ChartBar {
        now: value(refunded.now.number, paid.now.number),
        before: value(refunded.before.number, paid.before.number),
    }
}

/// How long refunds took on average.
pub(super) fn time(language: Language, refunded: &Compared) -> ChartBar {
    let value = |seconds: Option<i64>| {
        seconds.map_or_else(ChartValue::unknown, |seconds| {
            ChartValue::new(seconds.into(), in_two_units(language, seconds))
        })
    };
    ChartBar { now: value(refunded.now.average_seconds()), before: value(refunded.before.average_seconds()) }
}

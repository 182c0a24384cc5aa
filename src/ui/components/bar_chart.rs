//! Charts with a bar for each day or week, a line for the same days of the period before, and the table behind them. Drawn by
//! the server, so that they need no script. A line over bars is told apart without colour.

use super::{
    amount::listed_number,
    list::{Column, Columns, Table},
};
use crate::{
    domain::money::{self, currency::Currency},
    languages::Language,
    texts::{amounts, numbers::grouped},
};
use leptos::prelude::*;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// A value: how large it is drawn, and as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartValue {
    size: Decimal,
    text: String,
    /// The plain number of an amount, which tiles and tables may cut off.
    amount: Option<String>,
}

impl ChartValue {
    /// A value with a text of its own.
    pub const fn new(size: Decimal, text: String) -> Self {
        Self { size, text, amount: None }
    }

    /// A count.
    pub fn number(language: Language, number: i64) -> Self {
        Self::new(number.into(), grouped(language, number))
    }

    /// An amount. Its currency is named beside it.
    pub fn amount(language: Language, amount: Decimal, currency: Currency) -> Self {
        let plain = money::number(amount, currency);
        Self { size: amount, text: amounts::number(language, &plain), amount: Some(plain) }
    }

    /// Where there is nothing to tell.
    pub fn unknown() -> Self {
        Self::new(Decimal::ZERO, "–".to_owned())
    }

    /// The text for a tile or a table.
    pub fn shown(&self) -> AnyView {
        self.amount.as_deref().map_or_else(|| self.text.clone().into_any(), listed_number)
    }
}

/// A value, and that of the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartBar {
    pub now: ChartValue,
    pub before: ChartValue,
}

/// What the charts of one period have in common.
#[derive(Clone, Debug)]
pub struct ChartFrame {
    pub language: Language,
    /// What the bars stand for, the oldest first: `23 Nov`.
    pub names: Vec<String>,
    /// The head of the column with these names.
    pub head: String,
    /// The name of the sums of these days.
    pub together: String,
    /// The name of what was in the period before.
    pub before: String,
}

/// One value over time.
pub struct BarChart {
    pub title: String,
    /// The sums of both periods, under the title.
    pub sums: AnyView,
    pub bars: Vec<ChartBar>,
}

/// One part of a whole over time, beside the other parts.
pub struct Multiple {
    pub name: AnyView,
    /// The same as text.
    pub label: String,
    /// The sums of both periods, beside the name.
    pub sums: AnyView,
    pub sum: ChartBar,
    pub bars: Vec<ChartBar>,
}

/// Small charts of the parts of a whole.
pub struct SmallMultiples {
    pub title: String,
    pub multiples: Vec<Multiple>,
    /// What is said where each part has a scale of its own. Otherwise all have one, so that they can be compared.
    pub own_scales: Option<String>,
}

const HEIGHT: i64 = 100;
/// What is above the highest bar, so that a line there is seen whole.
const ABOVE: i64 = 3;
/// The width of a bar with the gap after it, in units of the drawing, which is stretched to the width of its place.
const STEP: usize = 10;

/// A chart with its table.
pub fn bar_chart(frame: &ChartFrame, chart: BarChart) -> AnyView {
    let BarChart { title, sums, bars } = chart;
    let limit = at_most(frame, bars.iter());
    let columns = [Column::text(&frame.head), Column::number(&title), Column::number(&frame.before)];
    let row = |(name, bar): (&String, &ChartBar)| {
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td data-label=title.clone() class="end number">{bar.now.shown()}</td>
                <td data-label=frame.before.clone() class="end number">{bar.before.shown()}</td>
            </tr>
        }
        .into_any()
    };
    let rows = frame.names.iter().zip(&bars).rev().map(row).collect();
    let drawn = drawing(&frame.names, &bars, highest(bars.iter()).map_or(Decimal::ZERO, |value| value.size));
    view! {
        <figure class="chart">
            <figcaption>{title.clone()} <span class="hint">" · " {limit}</span></figcaption>
            <p>{sums}</p>
            {drawn}
            {ends(frame)}
            {table(frame, title, columns.into(), rows)}
        </figure>
    }
    .into_any()
}

/// The charts of all parts with one table. Nothing if there is no part.
pub fn small_multiples(frame: &ChartFrame, charts: SmallMultiples) -> Option<AnyView> {
    let SmallMultiples { title, multiples, own_scales } = charts;
    if multiples.is_empty() {
        return None;
    }
    let all = multiples.iter().flat_map(|part| &part.bars);
    let shared = highest(all.clone()).map_or(Decimal::ZERO, |value| value.size);
    let is_shared = own_scales.is_none();
    let scale = own_scales.or_else(|| at_most(frame, all));
    let columns = multiples.iter().map(|part| Column::number(&part.label));
    let columns: Vec<Column> = std::iter::once(Column::text(&frame.head)).chain(columns).collect();
    let row = |name: &str, value: &dyn Fn(&Multiple) -> Option<ChartValue>| {
        let cells = multiples.iter().map(|part| {
            let shown = value(part).map(|value| value.shown());
            view! { <td data-label=part.label.clone() class="end number">{shown}</td> }
        });
        view! { <tr><th scope="row">{name.to_owned()}</th> {cells.collect_view()}</tr> }.into_any()
    };
    let mut rows = vec![
        row(&frame.together, &|part: &Multiple| Some(part.sum.now.clone())),
        row(&frame.before, &|part: &Multiple| Some(part.sum.before.clone())),
    ];
    let bars = frame.names.iter().enumerate().rev();
    rows.extend(bars.map(|(place, name)| row(name, &|part: &Multiple| Some(part.bars.get(place)?.now.clone()))));
    let charts = multiples
        .into_iter()
        .map(|Multiple { name, sums, bars, .. }| {
            let own = highest(bars.iter()).map_or(Decimal::ZERO, |value| value.size);
            let drawn = drawing(&[], &bars, if is_shared { shared } else { own });
            view! { <li><p>{name} " " {sums}</p> {drawn}</li> }
        })
        .collect_view();
    let figure = view! {
        <figure class="chart" data-kind="multiples">
            <figcaption>{title.clone()} <span class="hint">" · " {scale}</span></figcaption>
            <ul class="multiples">{charts}</ul>
            {ends(frame)}
            {table(frame, title, columns.into(), rows)}
        </figure>
    };
    Some(figure.into_any())
}

/// The bars, the line of the period before, and under the pointer what a bar stands for if it has a name. `top` fills the
/// height.
fn drawing(names: &[String], bars: &[ChartBar], top: Decimal) -> AnyView {
    let rects = bars.iter().enumerate().filter(|(_, bar)| bar.now.size > Decimal::ZERO).map(|(index, bar)| {
        let height = height(bar.now.size, top);
        match names.get(index) {
            Some(name) => view! {
                <rect x=index * STEP y=HEIGHT - height width=STEP - 2 height=height>
                    <title>{format!("{name}: {}", bar.now.text)}</title>
                </rect>
            }
            .into_any(),
            None => view! { <rect x=index * STEP y=HEIGHT - height width=STEP - 2 height=height /> }.into_any(),
        }
    });
    let rects = rects.collect_view();
    let line = line(bars, top).map(|points| {
        // The wider line below keeps the other one apart from bars that it crosses.
        view! {
            <polyline class="chart-halo" points=points.clone() />
            <polyline class="chart-before" points=points />
        }
    });
    let size = format!("0 -{ABOVE} {} {}", (bars.len() * STEP).max(1), HEIGHT + ABOVE);
    view! {
        <svg class="chart-drawing" viewBox=size preserveAspectRatio="none" aria-hidden="true">
            {rects}
            {line}
        </svg>
    }
    .into_any()
}

/// The points of the period before, with a step for each bar; `None` if there was nothing.
fn line(bars: &[ChartBar], top: Decimal) -> Option<String> {
    bars.iter().find(|bar| bar.before.size > Decimal::ZERO)?;
    let steps = bars.iter().enumerate().map(|(index, bar)| {
        let (left, right, y) = (index * STEP, (index + 1) * STEP, HEIGHT - height(bar.before.size, top));
        format!("{left},{y} {right},{y}")
    });
    Some(steps.collect::<Vec<_>>().join(" "))
}

fn height(size: Decimal, top: Decimal) -> i64 {
    if size <= Decimal::ZERO {
        return 0;
    }
    let share = size.checked_mul(HEIGHT.into()).and_then(|size| size.checked_div(top)?.to_i64());
    // What is more than nothing can be seen.
    share.unwrap_or(HEIGHT).clamp(1, HEIGHT)
}

fn highest<'a>(bars: impl Iterator<Item = &'a ChartBar>) -> Option<&'a ChartValue> {
    bars.flat_map(|bar| [&bar.now, &bar.before]).max_by_key(|value| value.size)
}

/// How much the full height is.
fn at_most<'a>(frame: &ChartFrame, bars: impl Iterator<Item = &'a ChartBar>) -> Option<String> {
    let value = highest(bars)?.text.as_str();
    Some(frame.language.with("components-at-most", [("value", value)]))
}

fn ends(frame: &ChartFrame) -> AnyView {
    let (first, last) = (frame.names.first().cloned(), frame.names.last().cloned());
    view! {
        <p class="chart-ends hint" aria-hidden="true"><span>{first}</span> <span>{last}</span></p>
    }
    .into_any()
}

fn table(frame: &ChartFrame, label: String, columns: Columns, rows: Vec<AnyView>) -> AnyView {
    view! {
        <details>
            <summary>{frame.language.text("components-as-table")}</summary>
            <Table label columns rows plain=true />
        </details>
    }
    .into_any()
}

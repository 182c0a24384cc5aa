//! A chart with a bar for each day or week, and the table behind it. Drawn by the server, so that it needs no script.

use super::list::{Columns, Table};
use crate::web::language::language;
use leptos::prelude::*;

/// One bar.
pub struct ChartBar {
    /// What it stands for: `23 Nov`.
    pub name: String,
    pub value: i64,
    /// The value as people read it.
    pub text: String,
}

const HEIGHT: i64 = 100;
/// The width of a bar with the gap after it, in units of the drawing, which is stretched to the width of its place.
const STEP: usize = 10;

/// The bars, the highest of which fills the height.
#[component]
pub fn BarChart(#[prop(into)] title: String, #[prop(into)] columns: Columns, bars: Vec<ChartBar>) -> impl IntoView {
    let language = language();
    let highest = bars.iter().max_by_key(|bar| bar.value);
    let limit = highest.map(|bar| language.with("components-at-most", [("value", bar.text.as_str())]));
    let top = highest.map_or(1, |bar| bar.value.max(1));
    let (first, last) = (bars.first().map(|bar| bar.name.clone()), bars.last().map(|bar| bar.name.clone()));
    let drawn = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| {
            // What is more than nothing can be seen.
            let height = if bar.value > 0 { (bar.value.saturating_mul(HEIGHT) / top).max(1) } else { 0 };
            view! {
                <rect x=index * STEP y=HEIGHT - height width=STEP - 2 height=height>
                    <title>{format!("{}: {}", bar.name, bar.text)}</title>
                </rect>
            }
        })
        .collect_view();
    let size = format!("0 0 {} {HEIGHT}", (bars.len() * STEP).max(1));
    let rows = bars.into_iter().rev().map(|bar| row(bar, &title)).collect();
    view! {
        <figure class="chart">
            <figcaption>{title.clone()} <span class="hint">" · " {limit}</span></figcaption>
            <svg viewBox=size preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>
            <p class="chart-ends hint" aria-hidden="true"><span>{first}</span> <span>{last}</span></p>
            <details>
                <summary>{language.text("components-as-table")}</summary>
                <Table label=title columns rows plain=true />
            </details>
        </figure>
    }
}

fn row(bar: ChartBar, title: &str) -> AnyView {
    view! {
        <tr>
            <th scope="row">{bar.name}</th>
            <td data-label=title.to_owned() class="end number">{bar.text}</td>
        </tr>
    }
    .into_any()
}

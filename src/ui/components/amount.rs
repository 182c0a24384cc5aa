//! Amounts that are easy to read: with groups of three digits, and in tables aligned at the decimal point.

use leptos::prelude::*;

/// A number whose digits are in groups of three. The room between them is not text, so that a number that is copied or read
/// aloud stays as it is.
pub fn grouped(number: &str) -> AnyView {
    let (whole, fraction) = number.find('.').map_or((number, ""), |point| number.split_at(point));
    let sign = whole.len() - whole.trim_start_matches('-').len();
    let first = sign + (whole.len() - sign + 2) % 3 + 1;
    let Some((first, rest)) = whole.split_at_checked(first).filter(|_| whole.is_ascii()) else {
        return number.to_owned().into_any();
    };
    let groups = rest.as_bytes().chunks(3).map(|group| {
        view! { <span class="thousands">{String::from_utf8_lossy(group).into_owned()}</span> }
    });
    // An empty text would become a space.
    let fraction = (!fraction.is_empty()).then(|| fraction.to_owned());
    // One element: in a cell that is a grid, each part would be a cell of its own.
    view! { <span>{first.to_owned()} {groups.collect_view()} {fraction}</span> }.into_any()
}

/// A number, with its coin if it has one, such as `12.50 USDC`. Its parts are elements, so that the style sheet gives the
/// digits behind the point the same width in every row. They are inline, so that the text stays the same for copying and
/// for screen readers. Other text is returned as it is.
pub fn aligned(text: &str) -> AnyView {
    let (number, coin) = text.split_once(' ').map_or((text, ""), |(number, coin)| (number, coin));
    if !number.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit()) {
        return text.to_owned().into_any();
    }
    let (whole, fraction) = number.find('.').map_or((number, ""), |point| number.split_at(point));
    let digits = fraction.len().saturating_sub(1).min(8);
    let coin = (!coin.is_empty()).then(|| view! { " " <span class="coin">{coin.to_owned()}</span> });
    view! {
        <span class="amount">
            {grouped(whole)} <span class="fraction" data-digits=digits>{fraction.to_owned()}</span> {coin}
        </span>
    }
    .into_any()
}

/// The cell of one side of a posting. An empty one has no label, which on a phone would be a line without a value.
pub fn amount_cell(label: String, amount: Option<String>) -> AnyView {
    match amount {
        Some(amount) => view! { <td class="end number" data-label=label>{aligned(&amount)}</td> }.into_any(),
        None => view! { <td class="end"></td> }.into_any(),
    }
}

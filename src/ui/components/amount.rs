//! Amounts in tables, aligned at the decimal point.

use leptos::prelude::*;

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
            {whole.to_owned()} <span class="fraction" data-digits=digits>{fraction.to_owned()}</span> {coin}
        </span>
    }
    .into_any()
}

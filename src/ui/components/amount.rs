//! Amounts in tables, lists and tiles, in the reader's way and aligned at the point. Where many are read, the last decimals of
//! long ones are cut off; where money is decided about, sent or booked, every digit is shown. Other places have all of them
//! (`texts/amounts.rs`).

use super::mark::{coin_symbol, network_name};
use crate::{
    domain::{
        address::network::Network,
        money::{Money, currency::Currency, number_format::NumberFormat},
    },
    texts::amounts::{format_of, number},
    web::language::language,
};
use leptos::prelude::*;
use std::ops::RangeInclusive;

/// The digits that lists and tiles show, and how many of them are decimals: `0.00000001` bitcoin and `40,673.27406` fit.
/// Cut off, never rounded up, so that nobody reads more than there is.
const READ_DIGITS: usize = 10;
const READ_DECIMALS: RangeInclusive<usize> = 2..=8;

/// What follows the number.
#[derive(Clone, Copy)]
enum Unit {
    /// The mark and the symbol of the coin that moves.
    Coin(Currency),
    /// The code of the currency of a balance.
    Code(Currency),
    /// It is named beside the number.
    Elsewhere,
}

/// An amount in a list, with its coin.
pub fn listed(money: Money) -> AnyView {
    of_list(&money.number(), Unit::Coin(money.currency()))
}

/// An amount in a list, with the code of its currency.
pub fn listed_with_code(money: Money) -> AnyView {
    of_list(&money.number(), Unit::Code(money.currency()))
}

/// A plain number in a list or a tile that names its currency.
pub fn listed_number(plain: &str) -> AnyView {
    of_list(plain, Unit::Elsewhere)
}

/// Every digit of a plain number, in a table that names its currency.
pub fn exact_number(plain: &str) -> AnyView {
    of_books(plain, Unit::Elsewhere)
}

/// Every digit of a plain number, with the code of its currency.
pub fn exact_with_code(plain: &str, currency: Currency) -> AnyView {
    of_books(plain, Unit::Code(currency))
}

/// An amount in a heading or a sentence, with its coin and all of its digits.
pub fn in_words(money: Money) -> AnyView {
    let number = format!("{} ", number(language(), &money.number()));
    view! { <span class="in-words number">{number} {coin_symbol(money.currency())}</span> }.into_any()
}

/// The same with the network on which it is sent.
pub fn on_network(money: Money, network: Network) -> AnyView {
    let language = language();
    let (before, between, after) = language.around_two("refund-amount-on-network", ["amount", "network"]);
    // An empty text would become a space.
    let some = |text: String| (!text.is_empty()).then_some(text);
    view! {
        <span class="in-words">
            {some(before)} {in_words(money)} {between} {network_name(network)} {some(after)}
        </span>
    }
    .into_any()
}

/// The cell of one side of a posting. An empty one has no label, which on a phone would be a line without a value.
pub fn amount_cell(label: String, amount: Option<AnyView>) -> AnyView {
    match amount {
        Some(amount) => view! { <td class="end number" data-label=label>{amount}</td> }.into_any(),
        None => view! { <td class="end"></td> }.into_any(),
    }
}

fn of_books(plain: &str, unit: Unit) -> AnyView {
    let number = digits(format_of(language()), plain, false);
    view! { <span class="amount">{number} {unit.view()}</span> }.into_any()
}

/// What is cut off is said under the pointer and by screen readers, and is in what is copied with the row.
fn of_list(plain: &str, unit: Unit) -> AnyView {
    let shown = cut_off(plain);
    if shown == plain {
        return of_books(plain, unit);
    }
    let format = format_of(language());
    let exact = format.write(plain);
    let title = unit.name().map_or_else(|| exact.clone(), |name| format!("{exact} {name}"));
    view! {
        <span class="amount" title=title>
            <span class="cut-off" aria-hidden="true">{digits(format, shown, true)}</span>
            <span class="visually-hidden">{exact}</span> {unit.view()}
        </span>
    }
    .into_any()
}

fn cut_off(plain: &str) -> &str {
    let end = plain.find('.').map(|point| {
        let decimals = READ_DIGITS.saturating_sub(point).clamp(*READ_DECIMALS.start(), *READ_DECIMALS.end());
        point + 1 + decimals
    });
    end.and_then(|end| plain.split_at_checked(end)).map_or(plain, |(shown, _)| shown)
}

/// A plain number. Its parts are elements, so that the style sheet gives the digits behind the point the same width in every row.
/// They are inline, so that the text stays the same for copying and for screen readers.
fn digits(format: NumberFormat, plain: &str, is_cut_off: bool) -> AnyView {
    let written = format.write(plain);
    let (whole, fraction) =
        written.find(format.decimal).map_or((written.as_str(), ""), |point| written.split_at(point));
    let count = fraction.chars().count().saturating_sub(1) + usize::from(is_cut_off);
    // An empty text would become a space.
    let fraction = (!fraction.is_empty()).then(|| fraction.to_owned());
    let more = is_cut_off.then(|| view! { <span class="more">"…"</span> });
    view! {
        <span>{whole.to_owned()}</span>
        <span class="fraction" data-digits=count data-room=room(count)>{fraction} {more}</span>
    }
    .into_any()
}

/// The room that a column has behind the point if these are the most digits in it. The style sheet has a rule for each.
const fn room(digits: usize) -> Option<u8> {
    match digits {
        0 => None,
        1..=2 => Some(2),
        3..=4 => Some(4),
        5..=6 => Some(6),
        7..=8 => Some(8),
        9 => Some(9),
        _ => Some(18),
    }
}

impl Unit {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Coin(currency) => Some(currency.coin_symbol()),
            Self::Code(currency) => Some(currency.code()),
            Self::Elsewhere => None,
        }
    }

    fn view(self) -> Option<AnyView> {
        let name = match self {
            Self::Coin(currency) => coin_symbol(currency),
            Self::Code(currency) => currency.code().into_any(),
            Self::Elsewhere => return None,
        };
        Some(view! { " " <span class="coin">{name}</span> }.into_any())
    }
}

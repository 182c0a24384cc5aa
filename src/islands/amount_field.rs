//! The amount of a refund: buttons for parts of what is left, and its value in US dollars during typing. The page has the marks
//! of numbers in its language.

use super::{
    early_input::adopt_text,
    passed_texts::{passed_sentence, passed_texts},
};
use crate::domain::{
    error::DomainError,
    money::{Money, currency::Currency, number_format::NumberFormat},
    refunds::{
        amount_basis::require_within,
        quote::{Rounding, multiply},
    },
};
use leptos::prelude::*;
use rust_decimal::Decimal;

/// The ids of its texts that name no value. Those that do follow: its label, how much is left, what is before and after the value
/// in US dollars, and the amounts of the buttons.
pub const TEXTS: [&str; 4] = ["components-decimal", "components-thousands", "wizard-amount-parts", "wizard-amount-all"];

/// What an amount is worth at this price of one unit.
fn in_dollars(amount: Money, price: &str) -> Option<Money> {
    let price = Decimal::from_str_exact(price).ok()?;
    let value = multiply(amount.amount(), price, 2, Rounding::Down)?;
    Money::new(value, Currency::Usd).ok()
}

/// The amount, checked during typing with the same rules as on the server.
#[island]
pub fn AmountField(
    /// The code of the currency.
    currency: String,
    /// The amount that is left, as a plain number.
    left: String,
    /// The price of one unit in US dollars, if known.
    dollars: Option<String>,
    /// The amount as entered before.
    value: String,
    /// The server's error about the amount.
    error: Option<String>,
    /// Its texts.
    texts: Vec<String>,
    /// The sentences of the errors that its checks can find.
    sentences: Vec<String>,
) -> impl IntoView {
    let [decimal, thousands, parts, all, label, what_is_left, before_worth, after_worth, quarter, half, whole]: [String;
        TEXTS.len() + 7] = passed_texts(texts);
    let format = NumberFormat::of(&decimal, &thousands);
    let typed = RwSignal::new(value.clone());
    let touched = RwSignal::new(false);
    let unit = Currency::parse(&currency).map_or_else(|_| currency.clone(), |coin| coin.coin_symbol().to_owned());
    let was_refused = error.is_some();
    let check = move |text: &str| check(format, text, &currency, &left);
    let problem = {
        let check = check.clone();
        move || {
            if touched.get() {
                check(&typed.get()).err().map(|error| passed_sentence(&sentences, &error.message))
            } else {
                error.clone()
            }
        }
    };
    let invalid = {
        let problem = problem.clone();
        move || problem().is_some().to_string()
    };
    let worth = {
        let check = check.clone();
        move || {
            let value = in_dollars(check(&typed.get()).ok()?, dollars.as_deref()?)?;
            Some(format!("{before_worth}{}{after_worth}", format.write(&value.number())))
        }
    };
    let input = NodeRef::new();
    adopt_text(input, typed, touched);
    let fill = Callback::new(move |share: String| {
        if let Some(input) = input.get_untracked() {
            input.set_value(&share);
        }
        touched.set(true);
        typed.set(share);
    });
    let chips = [("25 %".to_owned(), quarter), ("50 %".to_owned(), half), (all, whole)]
        .map(|(name, share)| percent_button(name, share, &unit, fill));
    view! {
        <div class="field">
            <label for="amount">{label}</label>
            <input
                id="amount"
                name="amount"
                class="input"
                data-size="large"
                inputmode="decimal"
                autocomplete="off"
                required=true
                autofocus=was_refused
                value=value
                node_ref=input
                aria-invalid=invalid
                aria-describedby="amount-hint amount-error"
                on:input=move |event| {
                    touched.set(true);
                    typed.set(event_target_value(&event));
                }
            />
            <p class="hint" id="amount-hint">
                {what_is_left} " " <output for="amount">{worth}</output>
            </p>
            <p class="error" id="amount-error" aria-live="polite">{problem}</p>
            <div class="chips" role="group" aria-label=parts>{chips}</div>
        </div>
    }
}

fn percent_button(name: String, share: String, unit: &str, fill: Callback<String>) -> impl IntoView + use<> {
    view! {
        <button type="button" class="chip" aria-label=format!("{name}: {share} {unit}") on:click=move |_| fill.run(share.clone())>
            {name.clone()}
        </button>
    }
}

fn check(format: NumberFormat, text: &str, currency: &str, left: &str) -> Result<Money, DomainError> {
    let currency = Currency::parse(currency)?;
    let amount = Money::parse_positive(&format.read(text)?, currency)?;
    require_within(amount, Money::parse(left, currency)?)?;
    Ok(amount)
}

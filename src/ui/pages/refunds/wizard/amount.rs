//! Step 2: the amount.

use super::buttons;
use crate::{
    domain::{
        error::DomainError,
        intents::payment_intent::PaymentIntent,
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            amount_basis::AmountBasis,
            draft::{AmountEntry, AmountInput, WizardStep, price_currency},
        },
    },
    islands::amount_field::{self, AmountField},
    languages::Language,
    rates,
    server_fns::refund_drafts::SaveAmount,
    service::refunds::draft::OpenDraft,
    state::Requite,
    texts::{
        amounts::{format_of, in_coin, in_currency},
        errors::{for_island, sentence},
        island_errors,
        titles::Title,
    },
    ui::components::field::Field,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form, filled in with the whole remaining amount, since most refunds are full refunds. `refused` is what was typed and not
/// stored.
pub fn form(
    language: Language,
    requite: &Requite,
    open: &OpenDraft,
    refused: Option<AmountInput>,
    error: Option<DomainError>,
) -> AnyView {
    let typed = refused.unwrap_or_else(|| to_type(language, &open.draft.amount));
    let left = open.intent.left();
    let currency = left.currency();
    let fresh = typed.amount.is_empty() && (error.is_none() || typed.entry != AmountEntry::AsPaid);
    let value = if fresh { format_of(language).write_to_type(&left.number()) } else { typed.amount };
    // The worth of dollars in dollars is not shown.
    let rate = (currency != Currency::Usd)
        .then(|| rates::require(requite.rates.as_ref(), currency, Currency::Usd, requite.context().now).ok())
        .flatten();
    let ways = entry_choices(language, &open.intent, rate.is_some());
    let chosen = if ways.iter().any(|(way, _)| *way == typed.entry) { typed.entry } else { AmountEntry::AsPaid };
    let message = |way: AmountEntry| error.as_ref().filter(|_| way == chosen).map(|error| sentence(language, error));
    let price_offered = ways.iter().any(|(way, _)| *way == AmountEntry::Price);
    let next = language.text("wizard-to-funding");
    view! {
        <form method="post" action=SaveAmount::url() class="stack" novalidate=true>
            <h2>{WizardStep::Amount.title(language)}</h2>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            {entry_radio_buttons(language, &ways, chosen, message(AmountEntry::Overpaid))}
            <div data-way=AmountEntry::AsPaid.as_str()>
                <AmountField
                    currency=currency.code().to_owned()
                    left=left.number()
                    dollars=rate.map(|rate| rate.price.to_string())
                    value=value
                    error=message(AmountEntry::AsPaid)
                    texts=amount_texts(language, left)
                    sentences=sentences(language, left)
                />
            </div>
            {price_offered
                .then(|| price_field(language, &open.intent, typed.price, message(AmountEntry::Price)))}
            {buttons(language, open, Some(WizardStep::Recipient), next)}
        </form>
    }
    .into_any()
}

/// What is stored, as it is typed in the language.
fn to_type(language: Language, stored: &AmountInput) -> AmountInput {
    let format = format_of(language);
    AmountInput {
        entry: stored.entry,
        amount: format.write_to_type(&stored.amount),
        price: format.write_to_type(&stored.price),
    }
}

/// The sentences of the errors that the field finds. The amount that is left is in them already.
fn sentences(language: Language, left: Money) -> Vec<String> {
    let left = in_coin(language, left);
    for_island(language, island_errors::AMOUNT).iter().map(|sentence| sentence.replace("{left}", &left)).collect()
}

/// The texts of the field for the amount.
fn amount_texts(language: Language, left: Money) -> Vec<String> {
    let mut texts = language.texts(amount_field::TEXTS);
    let label = language.with("wizard-amount-in", [("coin", left.currency().coin_symbol())]);
    let what_is_left = language.with("wizard-amount-left", [("amount", in_coin(language, left))]);
    let (before_worth, after_worth) = language.around("wizard-amount-worth", "amount");
    texts.extend([label, what_is_left, before_worth, after_worth]);
    let format = format_of(language);
    texts.extend([25, 50, 100].map(|percent| format.write_to_type(&left.percent(percent).number())));
    texts
}

/// The ways to give an amount that apply to this intent.
fn entry_choices(language: Language, intent: &PaymentIntent, rate_known: bool) -> Vec<(AmountEntry, String)> {
    let as_paid = language.with("wizard-amount-as-paid", [("coin", intent.currency().coin_symbol())]);
    let mut ways = vec![(AmountEntry::AsPaid, as_paid)];
    if let Some(price) = intent.price() {
        let of_price = language.with("wizard-amount-of-price", [("price", in_currency(language, price))]);
        ways.push((AmountEntry::Price, of_price));
    } else if rate_known {
        ways.push((AmountEntry::Price, language.text("wizard-amount-in-dollars")));
    }
    if let Ok(extra) = AmountBasis::Overpaid.resolve(intent, None) {
        let overpaid = language.with("wizard-amount-overpaid", [("amount", in_coin(language, extra.amount))]);
        ways.push((AmountEntry::Overpaid, overpaid));
    }
    ways
}

fn entry_radio_buttons(
    language: Language,
    ways: &[(AmountEntry, String)],
    chosen: AmountEntry,
    error: Option<String>,
) -> Option<AnyView> {
    if ways.len() < 2 {
        return None;
    }
    let is_wrong = error.is_some();
    let radios = ways.iter().map(|(way, title)| {
        let is_chosen = *way == chosen;
        view! {
            <label class="choice">
                <input type="radio" name="way" value=way.as_str() checked=is_chosen autofocus=is_chosen && is_wrong />
                <span>{title.clone()}</span>
            </label>
        }
    });
    let view = view! {
        <fieldset class="field" aria-describedby="way-error">
            <legend>{language.text("wizard-amount-way")}</legend>
            <div class="choices">{radios.collect_view()}</div>
            <p class="error" id="way-error">{error}</p>
        </fieldset>
    };
    Some(view.into_any())
}

/// Shown by the style sheet when a price is chosen, so that it works the same without JavaScript.
fn price_field(language: Language, intent: &PaymentIntent, value: String, error: Option<String>) -> AnyView {
    let currency = [("currency", price_currency(intent).code())];
    let (label, hint) = if intent.price().is_some() {
        (language.with("wizard-price", currency), language.text("wizard-price-hint"))
    } else {
        (language.with("wizard-worth", currency), language.text("wizard-worth-hint"))
    };
    let focused = error.is_some();
    view! {
        <div data-way=AmountEntry::Price.as_str()>
            <Field name="price" label=label value=value required=true hint=hint error=error focused=focused />
        </div>
    }
    .into_any()
}

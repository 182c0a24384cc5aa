//! Step 2: the amount.

use super::buttons;
use crate::{
    domain::{
        error::DomainError,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency,
        names::Named,
        refunds::{
            amount_basis::AmountBasis,
            draft::{AmountEntry, WizardStep, price_currency},
        },
    },
    islands::amount_field::{AmountField, ERRORS},
    rates,
    server_fns::refund_drafts::SaveAmount,
    service::refunds::draft::OpenDraft,
    state::Requite,
    texts::errors::{for_island, sentence},
    ui::components::field::Field,
    web::language::language,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form, filled in with the whole remaining amount, since most refunds are full refunds.
pub fn form(requite: &Requite, open: &OpenDraft, error: Option<DomainError>) -> AnyView {
    let typed = &open.draft.amount;
    let left = open.intent.left();
    let currency = left.currency();
    let fresh = typed.amount.is_empty() && (error.is_none() || typed.entry != AmountEntry::AsPaid);
    let value = if fresh { left.number() } else { typed.amount.clone() };
    // The worth of dollars in dollars is not shown.
    let rate = (currency != Currency::Usd)
        .then(|| rates::require(requite.rates.as_ref(), currency, Currency::Usd, requite.context().now).ok())
        .flatten();
    let ways = entry_choices(&open.intent, rate.is_some());
    let chosen = if ways.iter().any(|(way, _)| *way == typed.entry) { typed.entry } else { AmountEntry::AsPaid };
    let message = |way: AmountEntry| error.as_ref().filter(|_| way == chosen).map(|error| sentence(language(), error));
    let price_offered = ways.iter().any(|(way, _)| *way == AmountEntry::Price);
    view! {
        <form method="post" action=SaveAmount::url() class="stack" novalidate=true>
            <h2>"Amount"</h2>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            {entry_radio_buttons(&ways, chosen, message(AmountEntry::Overpaid))}
            <div data-way=AmountEntry::AsPaid.as_str()>
                <AmountField
                    currency=currency.code().to_owned()
                    left=left.number()
                    dollars=rate.map(|rate| rate.price.to_string())
                    value=value
                    error=message(AmountEntry::AsPaid)
                    sentences=for_island(language(), ERRORS)
                />
            </div>
            {price_offered.then(|| price_field(&open.intent, typed.price.clone(), message(AmountEntry::Price)))}
            {buttons(open, Some(WizardStep::Recipient), "Continue to the balance")}
        </form>
    }
    .into_any()
}

/// The ways to give an amount that apply to this intent.
fn entry_choices(intent: &PaymentIntent, rate_known: bool) -> Vec<(AmountEntry, String)> {
    let mut ways = vec![(AmountEntry::AsPaid, format!("In {}, as it was paid", intent.currency().coin_symbol()))];
    if let Some(price) = intent.price() {
        ways.push((AmountEntry::Price, format!("A part of the price of {price}")));
    } else if rate_known {
        ways.push((AmountEntry::Price, "In US dollars, at today's rate".to_owned()));
    }
    if let Ok(extra) = AmountBasis::Overpaid.resolve(intent, None) {
        ways.push((AmountEntry::Overpaid, format!("Only what was paid too much: {}", extra.amount.with_coin_symbol())));
    }
    ways
}

fn entry_radio_buttons(ways: &[(AmountEntry, String)], chosen: AmountEntry, error: Option<String>) -> Option<AnyView> {
    if ways.len() < 2 {
        return None;
    }
    let radios = ways.iter().map(|(way, title)| {
        view! {
            <label class="choice">
                <input type="radio" name="way" value=way.as_str() checked=*way == chosen />
                <span>{title.clone()}</span>
            </label>
        }
    });
    let view = view! {
        <fieldset class="field" aria-describedby="way-error">
            <legend>"How the amount is meant"</legend>
            <div class="choices">{radios.collect_view()}</div>
            <p class="error" id="way-error">{error}</p>
        </fieldset>
    };
    Some(view.into_any())
}

/// Shown by the style sheet when a price is chosen, so that it works the same without JavaScript.
fn price_field(intent: &PaymentIntent, value: String, error: Option<String>) -> AnyView {
    let currency = price_currency(intent);
    let name = match currency {
        Currency::Usd => "US dollars",
        Currency::Eur => "euros",
        Currency::Fiat(fiat) => fiat.title(),
        Currency::Usdt
        | Currency::Eth
        | Currency::Btc
        | Currency::Ltc
        | Currency::Sol
        | Currency::Xrp
        | Currency::Xlm
        | Currency::Trx
        | Currency::Pol
        | Currency::Avax => currency.coin(),
    };
    let (label, hint) = if intent.price().is_some() {
        (format!("Part of the price, in {name}"), "The customer gets what this part of the price is worth today.")
    } else {
        (
            format!("Refund worth, in {name}"),
            "The customer gets the coins that this buys today, of those that were paid.",
        )
    };
    view! {
        <div data-way=AmountEntry::Price.as_str()>
            <Field name="price" label=label value=value required=true hint=hint error=error />
        </div>
    }
    .into_any()
}

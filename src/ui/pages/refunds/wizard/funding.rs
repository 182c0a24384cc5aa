//! Step 3: the balance that pays for the refund.

use super::buttons;
use crate::{
    domain::{
        error::ErrorCode,
        names::Named,
        refunds::{
            draft::WizardStep,
            quote::{FeePayer, QuoteTerms},
        },
    },
    languages::Language,
    server_fns::refund_drafts::SaveFunding,
    service::refunds::draft::{FundingOption, OpenDraft},
    texts::{amounts::in_currency, errors::sentence, titles::Title},
    ui::components::mark::currency_code,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Every balance with the cost of the refund from it, or why it does not suffice.
pub fn form(language: Language, open: &OpenDraft, options: &[FundingOption], check: bool) -> AnyView {
    let chosen = chosen(open, options);
    let rows = options.iter().map(|option| row(language, option, &chosen, check)).collect_view();
    // Without the network's fee, nobody knows what the balances have to cover.
    let is_short =
        |option: &FundingOption| option.offer.as_ref().is_err_and(|error| error.code == ErrorCode::InsufficientBalance);
    let none = options.iter().all(is_short);
    let error = check.then(|| language.text("wizard-funding-missing"));
    let next = language.text("wizard-to-review");
    view! {
        <form method="post" action=SaveFunding::url() class="stack">
            <h2>{WizardStep::Funding.title(language)}</h2>
            <p class="hint">{language.text("wizard-funding-hint")}</p>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <fieldset class="field" aria-describedby="funding-error">
                <legend class="visually-hidden">{language.text("wizard-funding-choice")}</legend>
                <div class="options">{rows}</div>
                <p class="error" id="funding-error">{error}</p>
            </fieldset>
            {fee_payer(language, open.draft.fee_payer)}
            {none
                .then(|| {
                    // Where no balance can be chosen, nothing else can have the focus.
                    view! {
                        <p class="notice" data-kind="warning" tabindex="-1" autofocus=check>
                            {language.text("wizard-funding-none")}
                        </p>
                    }
                })}
            {buttons(language, open, Some(WizardStep::Amount), next)}
        </form>
    }
    .into_any()
}

/// Who pays the network fee. The costs above are for the selected payer; another choice computes them again.
fn fee_payer(language: Language, chosen: FeePayer) -> AnyView {
    let choices = [
        (FeePayer::Merchant, language.text("wizard-fee-payer-merchant")),
        (FeePayer::Customer, language.text("wizard-fee-payer-customer")),
    ];
    let radios = choices.map(|(payer, title)| {
        view! {
            <label class="choice">
                <input type="radio" name="fee_payer" value=payer.as_str() checked=payer == chosen />
                <span>{title}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{language.text("wizard-fee-payer")}</legend>
            <div class="choices">{radios}</div>
        </fieldset>
    }
    .into_any()
}

/// The balance chosen before; else the one in the refund's own currency, which needs no conversion; else the first that
/// can.
fn chosen(open: &OpenDraft, options: &[FundingOption]) -> String {
    let able = |code: &str| {
        options.iter().any(|option| option.offer.is_ok() && option.balance.available.currency().code() == code)
    };
    let own = open.draft.coin(&open.intent).code();
    if able(&open.draft.funding) {
        open.draft.funding.clone()
    } else if able(own) {
        own.to_owned()
    } else {
        let first = options.iter().find(|option| option.offer.is_ok());
        first.map(|option| option.balance.available.currency().code().to_owned()).unwrap_or_default()
    }
}

/// A balance. The chosen one has the focus where something has to be corrected.
fn row(language: Language, option: &FundingOption, chosen: &str, check: bool) -> AnyView {
    let balance = option.balance.available;
    let currency = balance.currency();
    let is_chosen = currency.code() == chosen;
    let describe = format!("funding-{}", currency.code());
    let details = match &option.offer {
        Ok(terms) => cost(language, option, terms),
        Err(error) => sentence(language, error),
    };
    let available = language.with("wizard-funding-available", [("amount", in_currency(language, balance))]);
    view! {
        <label class="option" data-state=if option.offer.is_ok() { "able" } else { "unable" }>
            <input
                type="radio"
                name="funding"
                value=currency.code()
                checked=is_chosen
                autofocus=is_chosen && check
                disabled=option.offer.is_err()
                required=true
                aria-describedby=describe.clone()
            />
            <span class="option-title">
                <strong>{currency_code(currency)}</strong> " " <span class="hint">{currency.coin()}</span>
                <span class="number">{available}</span>
            </span>
            <span class="option-details number" id=describe>{details}</span>
        </label>
    }
    .into_any()
}

fn cost(language: Language, option: &FundingOption, terms: &QuoteTerms) -> String {
    let rest = option.balance.available.minus(terms.total).map(|rest| in_currency(language, rest)).unwrap_or_default();
    let amounts =
        [("debit", in_currency(language, terms.debit)), ("fee", in_currency(language, terms.fee)), ("rest", rest)];
    language.with("wizard-funding-cost", amounts)
}

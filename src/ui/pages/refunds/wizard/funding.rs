//! Step 3: the balance that pays for the refund.

use super::buttons;
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        names::Named,
        refunds::{
            draft::WizardStep,
            quote::{FeePayer, QuoteTerms},
        },
    },
    server_fns::refund_drafts::SaveFunding,
    service::refunds::draft::{FundingOption, OpenDraft},
    texts::errors::sentence,
    web::language::language,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Every balance with the cost of the refund from it, or why it does not suffice.
pub fn form(open: &OpenDraft, options: &[FundingOption], check: bool) -> AnyView {
    let chosen = chosen(open, options);
    let rows = options.iter().map(|option| row(option, &chosen)).collect_view();
    // Without the network's fee, nobody knows what the balances have to cover.
    let is_short =
        |option: &FundingOption| option.offer.as_ref().is_err_and(|error| error.code == ErrorCode::InsufficientBalance);
    let none = options.iter().all(is_short);
    let error = check.then_some("Choose a balance that covers the refund and the network fee.");
    view! {
        <form method="post" action=SaveFunding::url() class="stack">
            <h2>"Funding balance"</h2>
            <p class="hint">"A balance in another currency is debited at today's rate, which is fixed for a minute on the next page."</p>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <fieldset class="field" aria-describedby="funding-error">
                <legend class="visually-hidden">"Balance that pays"</legend>
                <div class="options">{rows}</div>
                <p class="error" id="funding-error">{error}</p>
            </fieldset>
            {fee_payer(open.draft.fee_payer)}
            {none
                .then(|| view! { <p class="notice" data-kind="warning">"No balance covers this refund. Go back and enter less, or add funds first."</p> })}
            {buttons(open, Some(WizardStep::Amount), "Continue to the review")}
        </form>
    }
    .into_any()
}

/// Who pays the network fee. The costs above are for the selected payer; another choice computes them again.
fn fee_payer(chosen: FeePayer) -> AnyView {
    let choices =
        [(FeePayer::Merchant, "You, on top of the refund"), (FeePayer::Customer, "The customer, out of the refund")];
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
            <legend>"Network fee paid by"</legend>
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

fn row(option: &FundingOption, chosen: &str) -> AnyView {
    let currency = option.balance.available.currency();
    let describe = format!("funding-{}", currency.code());
    let details = match &option.offer {
        Ok(terms) => cost(option, terms).into_any(),
        Err(error) => problem(error).into_any(),
    };
    view! {
        <label class="option" data-state=if option.offer.is_ok() { "able" } else { "unable" }>
            <input
                type="radio"
                name="funding"
                value=currency.code()
                checked=currency.code() == chosen
                disabled=option.offer.is_err()
                required=true
                aria-describedby=describe.clone()
            />
            <span class="option-title">
                <strong>{currency.code()}</strong> " " <span class="hint">{currency.coin()}</span>
                <span class="number">{option.balance.available.to_string()} " available"</span>
            </span>
            <span class="option-details" id=describe>{details}</span>
        </label>
    }
    .into_any()
}

fn cost(option: &FundingOption, terms: &QuoteTerms) -> AnyView {
    let rest = option.balance.available.minus(terms.total).map(|rest| rest.to_string()).unwrap_or_default();
    view! {
        <span class="number">{terms.debit.to_string()}</span> " + "
        <span class="number">{terms.fee.to_string()}</span> " network fee. Afterwards "
        <span class="number">{rest}</span> " remains."
    }
    .into_any()
}

fn problem(error: &DomainError) -> AnyView {
    sentence(language(), error).into_any()
}

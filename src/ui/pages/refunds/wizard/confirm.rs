//! Step 5: the confirmation that creates the refund.

use super::{
    confirmable, costs, expired_rate, rate_countdown,
    review::{hold_notice, memo},
};
use crate::{
    domain::{
        names::Named,
        policy::RefundHolds,
        refunds::{draft::WizardStep, new_refund::NewRefund, quote::Quote},
    },
    error::Error,
    islands::submit_button::SubmitButton,
    languages::Language,
    server_fns::refund_drafts::{ConfirmRefund, RenewQuote},
    service::{
        people::second_factor::CodeRequirement,
        refunds::draft::{OpenDraft, typed_confirmation},
    },
    state::Requite,
    texts::{amounts::in_coin, titles::Title},
    ui::components::{address::AddressText, amount::on_network, code_field::CodeField, field::Field},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The last form. It contains the quote and the remaining amount that the page showed, so that it cannot confirm
/// anything else.
pub async fn form(
    language: Language,
    requite: &Requite,
    open: &OpenDraft,
    quote: Option<&Quote>,
    holds: RefundHolds,
    code_requirement: CodeRequirement,
    typed: String,
) -> Result<AnyView, Error> {
    let new = open.draft.new_refund(&open.intent)?;
    let context = requite.context();
    let typing = typed_confirmation(requite.into(), &context, open).await?.map(|_| typed.clone());
    let body = match confirmable(quote, context.now) {
        Some(quote) => {
            let act = act(language, open, &new, quote, typing, holds, code_requirement);
            confirmation(language, &new, quote, holds, act)
        }
        None => view! { {expired_rate(language)} {renewal(language, open, typed)} }.into_any(),
    };
    let view = view! {
        <div class="stack">
            <h2>{WizardStep::Confirm.title(language)}</h2>
            {body}
        </div>
    };
    Ok(view.into_any())
}

fn confirmation(language: Language, new: &NewRefund, quote: &Quote, holds: RefundHolds, act: AnyView) -> AnyView {
    let (before, after) = language.around("refund-what-to", "what");
    view! {
        <p class="lead">{before} <strong>{on_network(quote.terms.send, new.destination.network())}</strong> {after}</p>
        <p><AddressText address=new.destination.address.as_str().to_owned() /></p>
        {memo(language, new)}
        {costs(language, &quote.terms)}
        {hold_notice(language, holds)}
        {rate_countdown(language, quote)}
        {act}
    }
    .into_any()
}

/// The form for a new rate. It returns to this page with what was typed.
fn renewal(language: Language, open: &OpenDraft, typed: String) -> AnyView {
    view! {
        <form method="post" action=RenewQuote::url()>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <input type="hidden" name="typed" value=typed />
            <button class="button" data-kind="primary" name="step" value=WizardStep::Confirm.as_str()>
                {language.text("wizard-rate-new")}
            </button>
        </form>
    }
    .into_any()
}

/// The form that creates the refund, or what the user has to do first. `typing` is what was typed so far of the end of
/// the address, if that is asked for.
fn act(
    language: Language,
    open: &OpenDraft,
    new: &NewRefund,
    quote: &Quote,
    typing: Option<String>,
    holds: RefundHolds,
    code_requirement: CodeRequirement,
) -> AnyView {
    let amount = [("amount", in_coin(language, quote.terms.send))];
    let label = if holds.needs_approval {
        language.with("wizard-ask-to-send", amount)
    } else {
        language.with("wizard-send", amount)
    };
    let busy = language.text("wizard-sending");
    let agree = language.with("wizard-agree", [("network", new.destination.network().title())]);
    let back = view! {
        <a class="button" data-kind="quiet" href=paths::refund_draft(open.draft.id, WizardStep::Review)>
            {language.text("wizard-back")}
        </a>
    };
    // In the same form, so that what was typed is sent along. After the other button, which Enter presses.
    let renew = quote.terms.is_converted().then(|| {
        view! {
            <button class="button" data-kind="quiet" formaction=RenewQuote::url() formnovalidate=true
                name="step" value=WizardStep::Confirm.as_str()>{language.text("wizard-rate-new")}</button>
        }
    });
    view! {
        <form method="post" action=ConfirmRefund::url() class="stack">
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <input type="hidden" name="quote" value=quote.id.to_string() />
            <input type="hidden" name="left" value=open.intent.left().number() />
            {typing
                .map(|typed| {
                    view! {
                        <Field
                            name="typed"
                            value=typed
                            label=language.text("wizard-end-of-address")
                            required=true
                            hint=language.text("wizard-end-of-address-hint")
                        />
                    }
                })}
            <label class="check">
                <input type="checkbox" name="confirmed" value="yes" required=true />
                <span>{agree}</span>
            </label>
            {(code_requirement != CodeRequirement::Nothing).then(|| view! { <CodeField /> })}
            <div class="actions">
                <SubmitButton label busy />
                {renew}
                {back}
            </div>
        </form>
    }
    .into_any()
}

//! Step 5: the confirmation that creates the refund.

use super::{
    costs, expired_rate,
    review::{hold_notice, memo, renewal},
};
use crate::{
    domain::{
        policy::RefundHolds,
        refunds::{draft::WizardStep, new_refund::NewRefund, quote::Quote},
    },
    error::Error,
    islands::{quote_countdown::QuoteCountdown, submit_button::SubmitButton},
    server_fns::refund_drafts::ConfirmRefund,
    service::{
        people::second_factor::CodeRequirement,
        refunds::draft::{OpenDraft, typed_confirmation},
    },
    state::Requite,
    ui::components::{address::AddressText, code_field::CodeField, field::Field},
    web::{paths, time},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The last form. It contains the quote and the remaining amount that the page showed, so that it cannot confirm
/// anything else.
pub async fn form(
    requite: &Requite,
    open: &OpenDraft,
    quote: Option<&Quote>,
    holds: RefundHolds,
    code_requirement: CodeRequirement,
) -> Result<impl IntoView + use<>, Error> {
    let new = open.draft.new_refund(&open.intent)?;
    let context = requite.context();
    let typing = typed_confirmation(requite.into(), &context, open).await?.is_some();
    let current = quote.filter(|quote| quote.require_current(context.now).is_ok());
    let body = match current {
        Some(quote) => confirmation(&new, quote, holds, act(open, &new, quote, typing, holds, code_requirement)),
        None => view! { {expired_rate()} {renewal(open, true)} }.into_any(),
    };
    Ok(view! {
        <div class="stack">
            <h2>"Confirm"</h2>
            {body}
        </div>
    })
}

fn confirmation(new: &NewRefund, quote: &Quote, holds: RefundHolds, act: AnyView) -> AnyView {
    let network = new.destination.network().title();
    view! {
        <p class="lead">
            <strong class="number">{quote.terms.send.to_string()}</strong> " on " <strong>{network}</strong> " to:"
        </p>
        <p><AddressText address=new.destination.address.as_str().to_owned() /></p>
        {memo(new)}
        {costs(&quote.terms)}
        {hold_notice(holds)}
        <p class="hint">
            "The rate " <QuoteCountdown expires_at=quote.expires_at.timestamp_millis() until=time::text(quote.expires_at) /> "."
        </p>
        {act}
    }
    .into_any()
}

/// The form that creates the refund, or what the user has to do first.
fn act(
    open: &OpenDraft,
    new: &NewRefund,
    quote: &Quote,
    typing: bool,
    holds: RefundHolds,
    code_requirement: CodeRequirement,
) -> AnyView {
    let network = new.destination.network().title();
    let send = quote.terms.send;
    let label = if holds.needs_approval { format!("Ask to send {send}") } else { format!("Send {send}") };
    let back = view! { <a class="button" data-kind="quiet" href=paths::refund_draft(open.draft.id, WizardStep::Review)>"Back"</a> };
    view! {
        <form method="post" action=ConfirmRefund::url() class="stack">
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <input type="hidden" name="quote" value=quote.id.to_string() />
            <input type="hidden" name="left" value=open.intent.left().number() />
            {typing
                .then(|| {
                    view! {
                        <Field
                            name="typed"
                            label="Last six characters of the address"
                            required=true
                            hint="This is a large refund. Read them from the customer's own message, not from this page."
                        />
                    }
                })}
            <label class="check">
                <input type="checkbox" name="confirmed" value="yes" required=true />
                <span>"The address is the customer's own, on " {network} ". I know that this cannot be cancelled."</span>
            </label>
            {(code_requirement != CodeRequirement::Nothing).then(|| view! { <CodeField /> })}
            <div class="actions">
                <SubmitButton label busy="Sending…".to_owned() />
                {back}
            </div>
        </form>
    }
    .into_any()
}

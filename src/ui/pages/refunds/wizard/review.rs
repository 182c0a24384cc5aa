//! Step 4: a summary of the refund before the confirmation.

use super::{confirmable, costs, expired_rate, rate_countdown};
use crate::{
    domain::{
        address::network::Network,
        policy::{RefundHolds, recipient::RecipientOnChain},
        refunds::{draft::WizardStep, new_refund::NewRefund, quote::Quote, transfer::HeldReason},
    },
    server_fns::refund_drafts::RenewQuote,
    service::refunds::{draft::OpenDraft, recipient::RecipientReview},
    state::Requite,
    texts::{errors::text, next_steps, titles::Title},
    ui::components::{
        address::AddressText,
        facts::fact,
        notice::{Advice, Notice},
        time::Time,
        typed_text::{mail_address_or_dash, typed_or_dash},
    },
    web::{language::language, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount, destination, balance and rate. The last parameter says whether nothing is paid on the network before a person has found
/// out what happened there, and for what else the refund would wait.
pub fn page(
    requite: &Requite,
    open: &OpenDraft,
    new: &NewRefund,
    quote: Option<&Quote>,
    holds: RefundHolds,
    recipient: RecipientReview,
    (is_unexplained, waits): (bool, Option<HeldReason>),
) -> AnyView {
    let current = confirmable(quote, requite.context().now);
    let is_renewable = current.is_none_or(|quote| quote.terms.is_converted());
    let body = match current {
        Some(quote) => review(open, new, quote, holds),
        None => expired_rate(),
    };
    let note = recipient.on_chain.and_then(RecipientOnChain::note).map(|note| text(language(), &note));
    view! {
        <div class="stack">
            <h2>"Review"</h2>
            {recipient.problems.into_iter().next().map(|error| view! { <Notice error /> })}
            {is_unexplained.then(|| unexplained(new.destination.network()))}
            {waits.map(|reason| view! {
                <Advice kind="warning">
                    <p><strong>"The refund would not be sent at once. "</strong> {next_steps::of_held_transfer(reason)}</p>
                </Advice>
            })}
            {note.map(|note| view! { <Advice kind="info"><p>{note}</p></Advice> })}
            {body}
            {is_renewable.then(|| renewal(open, current.is_none()))}
        </div>
    }
    .into_any()
}

/// Warns that the customer may have been paid by what nobody has explained.
fn unexplained(network: Network) -> AnyView {
    view! {
        <Advice kind="warning">
            <p>
                "Payouts on " {network.title()} " are paused, because an account there has done what this server cannot explain; \
                 it may have paid this customer already, so "
                <a href=paths::PAYOUTS>"look at it"</a> " before you go on."
            </p>
        </Advice>
    }
    .into_any()
}

fn review(open: &OpenDraft, new: &NewRefund, quote: &Quote, holds: RefundHolds) -> AnyView {
    let terms = &quote.terms;
    view! {
        <p class="lead">
            "You are about to send " <strong class="number">{terms.send.with_coin_symbol()}</strong> " on "
            <strong>{terms.network.title()}</strong> " to this address:"
        </p>
        <p><AddressText address=new.destination.address.as_str().to_owned() /></p>
        {memo(new)}
        {costs(terms)}
        {rate_countdown(quote)}
        <dl class="facts">
            {fact("Customer's e-mail", mail_address_or_dash(new.customer_email.as_deref()))}
            {fact("Reason", new.reason.title())}
            {fact("Note", typed_or_dash(new.note.as_deref()))}
        </dl>
        {hold_notice(holds)}
        <Advice kind="warning">
            <p>
                <strong>"A refund cannot be cancelled. "</strong>
                "Once it is confirmed the coins go to exactly this address on exactly this network. Nobody can bring them back."
            </p>
        </Advice>
        <div class="actions">
            <a class="button" data-kind="primary" href=paths::refund_draft(open.draft.id, WizardStep::Confirm)>"Continue to confirm"</a>
            <a class="button" data-kind="quiet" href=paths::refund_draft(open.draft.id, WizardStep::Funding)>"Back"</a>
        </div>
    }
    .into_any()
}

/// What the refund will wait for after the confirmation.
pub fn hold_notice(holds: RefundHolds) -> Option<AnyView> {
    let RefundHolds { needs_approval, held_until } = holds;
    let approval = needs_approval.then(|| {
        view! { <p>"It is large enough to need a second person: a colleague who may approve refunds looks at it before it is sent."</p> }
    });
    let hold = held_until.map(|until| {
        view! { <p>"The address is new, so the refund is held back until " <Time at=until /> " and can be stopped until then."</p> }
    });
    (needs_approval || held_until.is_some())
        .then(|| view! { <div class="notice" data-kind="info">{approval} {hold}</div> }.into_any())
}

/// The memo, or a remark that an expected memo is missing.
pub fn memo(new: &NewRefund) -> Option<AnyView> {
    let rule = new.destination.network().memo_rule();
    rule.form()?;
    let text = match &new.destination.memo {
        Some(memo) => {
            view! { "With the " {rule.name()} " " <strong class="mono wrap">{memo.to_string()}</strong> }.into_any()
        }
        None => view! { "Without a " {rule.name()} }.into_any(),
    };
    Some(view! { <p>{text} "."</p> }.into_any())
}

/// The form for a new rate, shown prominently once the old one has expired.
fn renewal(open: &OpenDraft, needed: bool) -> AnyView {
    view! {
        <form method="post" action=RenewQuote::url()>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <button class="button" data-kind=if needed { "primary" } else { "quiet" }>"Get a new rate"</button>
        </form>
    }
    .into_any()
}

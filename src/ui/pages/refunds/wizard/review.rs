//! Step 4: a summary of the refund before the confirmation.

use super::{confirmable, costs, expired_rate, rate_countdown};
use crate::{
    domain::{
        address::{memo::MemoFormat, network::Network},
        policy::{RefundHolds, recipient::RecipientOnChain},
        refunds::{draft::WizardStep, new_refund::NewRefund, quote::Quote, transfer::HeldReason},
    },
    languages::Language,
    server_fns::refund_drafts::RenewQuote,
    service::refunds::{draft::OpenDraft, recipient::RecipientReview},
    state::Requite,
    texts::{errors::text, next_steps, titles::Title},
    ui::components::{
        address::AddressText,
        facts::fact,
        mark::{currency_code, network_name},
        notice::{Advice, Notice},
        time::Time,
        typed_text::{mail_address_or_dash, typed_or_dash},
    },
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount, destination, balance and rate. The last parameter says whether nothing is paid on the network before a person has found
/// out what happened there, and for what else the refund would wait.
pub fn page(
    language: Language,
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
        Some(quote) => review(language, open, new, quote, holds),
        None => expired_rate(language),
    };
    let note = recipient.on_chain.and_then(RecipientOnChain::note).map(|note| text(language, &note));
    view! {
        <div class="stack">
            <h2>{WizardStep::Review.title(language)}</h2>
            {recipient.problems.into_iter().next().map(|error| view! { <Notice error /> })}
            {is_unexplained.then(|| unexplained(language, new.destination.network()))}
            {waits.map(|reason| would_wait(language, reason))}
            {note.map(|note| view! { <Advice kind="info"><p>{note}</p></Advice> })}
            {body}
            {is_renewable.then(|| renewal(language, open, current.is_none()))}
        </div>
    }
    .into_any()
}

/// Says what would keep the refund from being sent.
fn would_wait(language: Language, reason: HeldReason) -> AnyView {
    view! {
        <Advice kind="warning">
            <p>
                <strong>{language.text("wizard-would-wait")}</strong> " "
                {next_steps::of_held_transfer(language, reason)}
            </p>
        </Advice>
    }
    .into_any()
}

/// Warns that the customer may have been paid by what nobody has explained.
fn unexplained(language: Language, network: Network) -> AnyView {
    let text = language.with("wizard-unexplained", [("network", network.title())]);
    view! {
        <Advice kind="warning">
            <p>{text} " " <a href=paths::PAYOUTS>{language.text("wizard-unexplained-link")}</a></p>
        </Advice>
    }
    .into_any()
}

fn review(language: Language, open: &OpenDraft, new: &NewRefund, quote: &Quote, holds: RefundHolds) -> AnyView {
    let terms = &quote.terms;
    let name = |id: &str| language.text(id);
    let network = [("network", terms.network.title())];
    let (before, after) = language.around_with("wizard-about-to-send", "amount", network);
    view! {
        <p class="lead">{before} <strong class="number">{terms.send.with_coin_symbol()}</strong> {after}</p>
        <p><AddressText address=new.destination.address.as_str().to_owned() /></p>
        {memo(language, new)}
        {costs(language, terms)}
        {rate_countdown(language, quote)}
        <dl class="facts">
            {fact(name("wizard-network"), network_name(terms.network))}
            {fact(name("wizard-funding-choice"), currency_code(terms.funding()))}
            {fact(name("wizard-email"), mail_address_or_dash(new.customer_email.as_deref()))}
            {fact(name("wizard-reason"), new.reason.title(language))}
            {fact(name("wizard-review-note"), typed_or_dash(new.note.as_deref()))}
        </dl>
        {hold_notice(language, holds)}
        <Advice kind="warning">
            <p><strong>{language.text("wizard-final")}</strong> " " {language.text("wizard-final-text")}</p>
        </Advice>
        <div class="actions">
            <a class="button" data-kind="primary" href=paths::refund_draft(open.draft.id, WizardStep::Confirm)>
                {name("wizard-to-confirm")}
            </a>
            <a class="button" data-kind="quiet" href=paths::refund_draft(open.draft.id, WizardStep::Funding)>
                {name("wizard-back")}
            </a>
        </div>
    }
    .into_any()
}

/// What the refund will wait for after the confirmation.
pub fn hold_notice(language: Language, holds: RefundHolds) -> Option<AnyView> {
    let RefundHolds { needs_approval, held_until } = holds;
    let approval = needs_approval.then(|| view! { <p>{language.text("wizard-needs-approval")}</p> });
    let hold = held_until.map(|until| {
        let (before, after) = language.around("wizard-held-until", "time");
        view! { <p>{before} <Time at=until /> {after}</p> }
    });
    (needs_approval || held_until.is_some())
        .then(|| view! { <div class="notice" data-kind="info">{approval} {hold}</div> }.into_any())
}

/// The memo, or a remark that an expected memo is missing.
pub fn memo(language: Language, new: &NewRefund) -> Option<AnyView> {
    let (with, without) = match new.destination.network().memo_rule().form()? {
        MemoFormat::Tag => ("wizard-with-tag", "wizard-without-tag"),
        MemoFormat::Text { .. } | MemoFormat::Stellar => ("wizard-with-memo", "wizard-without-memo"),
    };
    let Some(memo) = &new.destination.memo else {
        return Some(view! { <p>{language.text(without)}</p> }.into_any());
    };
    let (before, after) = language.around(with, "memo");
    Some(view! { <p>{before} <strong class="mono wrap">{memo.to_string()}</strong> {after}</p> }.into_any())
}

/// The form for a new rate, shown prominently once the old one has expired.
fn renewal(language: Language, open: &OpenDraft, needed: bool) -> AnyView {
    view! {
        <form method="post" action=RenewQuote::url()>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <button class="button" data-kind=if needed { "primary" } else { "quiet" }>
                {language.text("wizard-rate-new")}
            </button>
        </form>
    }
    .into_any()
}

//! Step 1: the destination, the customer and the reason.

use super::buttons;
use crate::{
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, Field as ErrorField},
        money::currency::Currency,
        names::Named,
        policy::recipient::RecipientOnChain,
        refunds::{
            draft::{RefundDraft, WizardStep},
            refund::RefundReason,
            warning::Warning,
        },
    },
    islands::address_field::{self, AddressField, MemoInput, NetworkChoice},
    languages::Language,
    server_fns::refund_drafts::{DiscardRefundDraft, SaveCoin, SaveRecipient},
    service::refunds::{draft::OpenDraft, recipient::RecipientReview},
    texts::{
        errors::{for_island, text},
        island_errors,
        titles::Title,
    },
    ui::components::{
        field::{Field, Select, first_with_error, message_of},
        notice::Advice,
        time::Time,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The inputs in the order of the form. The first three are in `AddressField`, which knows from its own errors which of them is
/// the first with one.
const INPUTS: [ErrorField; 7] = [
    ErrorField::DestinationNetwork,
    ErrorField::DestinationAddress,
    ErrorField::DestinationMemo,
    ErrorField::OverrideReason,
    ErrorField::Email,
    ErrorField::Reason,
    ErrorField::Note,
];

/// The form, with what is known about the recipient: the errors to show, and what the chain says about its address.
/// `paid_on` is the network of the newest payment.
pub fn form(
    language: Language,
    open: &OpenDraft,
    sent: &Pairs,
    review: &RecipientReview,
    paid_on: Option<Network>,
    resumed: bool,
) -> AnyView {
    let input = open.draft.recipient.clone();
    let coin = open.draft.coin(&open.intent);
    let on_chain = review.on_chain.and_then(RecipientOnChain::note).map(|note| text(language, &note));
    let error = |field: ErrorField| message_of(&review.problems, field);
    // The reason is requested only if there is a warning about the address, and stays visible once it was entered.
    let doubtful = error(ErrorField::OverrideReason).is_some() || !input.override_reason.is_empty();
    let override_reason = doubtful.then(|| override_field(language, open, review, error(ErrorField::OverrideReason)));
    // An outdated or refused address is not called right, also if its checksum is.
    let is_questionable = resumed || doubtful || error(ErrorField::DestinationAddress).is_some();
    let networks: Vec<_> = sent
        .supporting(coin)
        .map(|network| NetworkChoice { code: network.code().to_owned(), title: network.title().to_owned() })
        .collect();
    // Most customers want the refund where they paid from, so that network is suggested visibly, and never chosen
    // silently.
    let suggested = paid_on.filter(|network| sent.contains(*network, coin)).map(|network| network.code().to_owned());
    let suggested = suggested.unwrap_or_default();
    let network = if input.network.is_empty() { suggested } else { input.network.clone() };
    let memo =
        MemoInput { memo: input.memo, not_needed: input.memo_not_needed, error: error(ErrorField::DestinationMemo) };
    view! {
        <h2>{WizardStep::Recipient.title(language)}</h2>
        {resumed.then(|| earlier_draft(language, open))}
        {coin_form(language, open, sent, coin)}
        {networks.is_empty().then(|| not_sent(language, sent, coin))}
        <form method="post" action=SaveRecipient::url() class="stack" novalidate=true>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <AddressField
                draft=open.draft.id.to_string()
                networks
                network
                address=input.address
                is_questionable
                network_error=error(ErrorField::DestinationNetwork)
                address_error=error(ErrorField::DestinationAddress)
                on_chain
                memo
                texts=address_texts(language)
                sentences=for_island(language, island_errors::ADDRESS)
            />
            {override_reason}
            {about_customer(language, open, &review.problems)}
            {buttons(language, open, None, language.text("wizard-to-amount"))}
        </form>
    }
    .into_any()
}

/// The customer's e-mail address, the reason and the note.
fn about_customer(language: Language, open: &OpenDraft, problems: &[DomainError]) -> AnyView {
    let input = open.draft.recipient.clone();
    let error = |field: ErrorField| message_of(problems, field);
    let first = first_with_error(problems, &INPUTS);
    let is_first = |field: ErrorField| first == Some(field);
    let name = |id: &str| language.text(id);
    let reasons = RefundReason::all().map(|reason| (reason.as_str(), reason.title(language))).collect();
    view! {
        <Field
            name="email"
            label=name("wizard-email")
            kind="email"
            value=input.email
            error=error(ErrorField::Email)
            focused=is_first(ErrorField::Email)
            hint=name("wizard-email-hint")
        />
        <Select
            name="reason"
            label=name("wizard-reason")
            options=reasons
            value=input.reason
            error=error(ErrorField::Reason)
            focused=is_first(ErrorField::Reason)
        />
        <Field
            name="note"
            label=name("wizard-note")
            value=input.note
            error=error(ErrorField::Note)
            focused=is_first(ErrorField::Note)
        />
    }
    .into_any()
}

/// The texts of the fields for network, address and memo.
fn address_texts(language: Language) -> Vec<String> {
    let mut texts = language.texts(address_field::TEXTS);
    let (before_tag, after_tag) = language.around("wizard-memo-with-tag", "tag");
    texts.extend([before_tag, after_tag]);
    texts
}

/// The reason to send to an address about which there are warnings.
fn override_field(language: Language, open: &OpenDraft, review: &RecipientReview, error: Option<String>) -> AnyView {
    let input = &open.draft.recipient;
    let focused = first_with_error(&review.problems, &INPUTS) == Some(ErrorField::OverrideReason);
    let is_needed = error.is_some() || !review.warnings.is_empty();
    // The reason is about the warnings that this form or an earlier one shows, and about no others.
    let shown: Vec<_> =
        Warning::of_codes(&input.overrides).into_iter().chain(review.warnings.iter().copied()).collect();
    view! {
        <input type="hidden" name="overrides" value=Warning::codes(&shown) />
        <Field
            name="override_reason"
            label=language.text("wizard-override")
            value=input.override_reason.clone()
            error=error
            focused=focused
            required=is_needed
            hint=language.text("wizard-override-hint")
        />
    }
    .into_any()
}

/// Says that the input below is an earlier one, and offers to discard it.
fn earlier_draft(language: Language, open: &OpenDraft) -> AnyView {
    let RefundDraft { id, intent_id, created_at, updated_at, .. } = open.draft;
    let (before_begun, after_begun) = language.around("wizard-earlier", "time");
    let (before_changed, after_changed) = language.around("wizard-earlier-text", "time");
    view! {
        <Advice kind="warning">
            <p>
                <strong>{before_begun} <Time at=created_at /> {after_begun}</strong> " " {before_changed}
                <Time at=updated_at /> {after_changed}
            </p>
            <form method="post" action=DiscardRefundDraft::url()>
                <input type="hidden" name="draft" value=id.to_string() />
                <input type="hidden" name="intent" value=intent_id.to_string() />
                <button class="button">{language.text("wizard-earlier-discard")}</button>
            </form>
        </Advice>
    }
    .into_any()
}

/// Says that the chosen coin cannot be sent from here.
fn not_sent(language: Language, sent: &Pairs, coin: Currency) -> AnyView {
    let next = match sent.networks().next() {
        Some(_) => language.text("wizard-coin-another"),
        None => language.text("wizard-coin-none"),
    };
    view! {
        <Advice kind="warning">
            <p><strong>{language.with("wizard-coin-not-sent", [("coin", coin.coin())])}</strong> " " {next}</p>
        </Advice>
    }
    .into_any()
}

/// The coin that is sent. Another coin has other networks, so it is chosen in a separate form.
fn coin_form(language: Language, open: &OpenDraft, sent: &Pairs, coin: Currency) -> AnyView {
    let is_listed = |currency: &Currency| *currency == coin || sent.supporting(*currency).next().is_some();
    let coins = Currency::all().filter(is_listed);
    let options = coins.map(|currency| (currency.code(), currency.coin().to_owned())).collect();
    view! {
        <form method="post" action=SaveCoin::url() class="coin-form">
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <Select name="coin" label=language.text("wizard-coin") options value=coin.code().to_owned() />
            <button class="button">{language.text("wizard-coin-change")}</button>
        </form>
    }
    .into_any()
}

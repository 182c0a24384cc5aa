//! Step 1: the destination, the customer and the reason.

use super::buttons;
use crate::{
    domain::{
        address::{network::Network, pairs::Pairs},
        error::Field as ErrorField,
        money::currency::Currency,
        names::Named,
        policy::recipient::RecipientOnChain,
        refunds::{draft::RefundDraft, refund::RefundReason, warning::Warning},
    },
    islands::address_field::{AddressField, ERRORS, MemoInput, NetworkChoice},
    server_fns::refund_drafts::{DiscardRefundDraft, SaveCoin, SaveRecipient},
    service::refunds::{draft::OpenDraft, recipient::RecipientReview},
    texts::{
        errors::{for_island, text},
        titles::Title,
    },
    ui::components::{
        field::{Field, Select, message_of},
        notice::Advice,
        time::Time,
    },
    web::language::language,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form, with what is known about the recipient: the errors to show, and what the chain says about its address.
/// `paid_on` is the network of the newest payment.
pub fn form(
    open: &OpenDraft,
    sent: &Pairs,
    review: &RecipientReview,
    paid_on: Option<Network>,
    resumed: bool,
) -> AnyView {
    let input = open.draft.recipient.clone();
    let coin = open.draft.coin(&open.intent);
    let note = review.on_chain.and_then(RecipientOnChain::note);
    let on_chain = note.map(|note| text(language(), &note));
    let error = |field: ErrorField| message_of(&review.problems, field);
    // The reason is requested only if there is a warning about the address, and stays visible once it was entered.
    let doubtful = error(ErrorField::OverrideReason).is_some() || !input.override_reason.is_empty();
    let override_reason = input.override_reason.clone();
    let override_error = error(ErrorField::OverrideReason);
    let is_needed = override_error.is_some() || !review.warnings.is_empty();
    // An outdated or refused address is not called right, also if its checksum is.
    let is_questionable = resumed || doubtful || error(ErrorField::DestinationAddress).is_some();
    // The reason is about the warnings that this form or an earlier one shows, and about no others.
    let shown: Vec<_> =
        Warning::of_codes(&input.overrides).into_iter().chain(review.warnings.iter().copied()).collect();
    let overrides = Warning::codes(&shown);
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
    let reasons = RefundReason::all().map(|reason| (reason.as_str(), reason.title())).collect();
    view! {
        <h2>"Recipient"</h2>
        {resumed.then(|| earlier_draft(open))}
        {coin_form(open, sent, coin)}
        {networks.is_empty().then(|| not_sent(sent, coin))}
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
                sentences=for_island(language(), ERRORS)
            />
            {doubtful
                .then(|| {
                    view! {
                        <input type="hidden" name="overrides" value=overrides />
                        <Field
                            name="override_reason"
                            label="Why this address is right all the same"
                            value=override_reason
                            error=override_error
                            required=is_needed
                            hint="Compare every character with the customer's own message first. What you write is kept in the audit log."
                        />
                    }
                })}
            <Field
                name="email"
                label="Customer's e-mail"
                kind="email"
                value=input.email
                error=error(ErrorField::Email)
                hint="They are told by mail how the refund ended. You can search for refunds by it later."
            />
            <Select name="reason" label="Reason" options=reasons value=input.reason error=error(ErrorField::Reason) />
            <Field name="note" label="Note for your team" value=input.note error=error(ErrorField::Note) />
            {buttons(open, None, "Continue to the amount")}
        </form>
    }
    .into_any()
}

/// Says that the input below is an earlier one, and offers to discard it.
fn earlier_draft(open: &OpenDraft) -> AnyView {
    let RefundDraft { id, intent_id, created_at, updated_at, .. } = open.draft;
    view! {
        <Advice kind="warning">
            <p>
                <strong>"You began this refund earlier, on " <Time at=created_at /> ". "</strong>
                "What you see was typed then and last changed on " <Time at=updated_at />
                ". If the customer has sent another address since, discard this and type the new one."
            </p>
            <form method="post" action=DiscardRefundDraft::url()>
                <input type="hidden" name="draft" value=id.to_string() />
                <input type="hidden" name="intent" value=intent_id.to_string() />
                <button class="button">"Discard it and begin anew"</button>
            </form>
        </Advice>
    }
    .into_any()
}

/// Says that the chosen coin cannot be sent from here.
fn not_sent(sent: &Pairs, coin: Currency) -> AnyView {
    let next = match sent.networks().next() {
        Some(_) => "Choose another coin, if the customer agrees.",
        None => "No account that pays refunds is connected. Ask your administrator.",
    };
    view! {
        <Advice kind="warning">
            <p><strong>{format!("This server does not send {}. ", coin.coin())}</strong> {next}</p>
        </Advice>
    }
    .into_any()
}

/// The coin that is sent. Another coin has other networks, so it is chosen in a separate form.
fn coin_form(open: &OpenDraft, sent: &Pairs, coin: Currency) -> AnyView {
    let is_listed = |currency: &Currency| *currency == coin || sent.supporting(*currency).next().is_some();
    let options = Currency::all().filter(is_listed).map(|currency| (currency.code(), currency.coin())).collect();
    view! {
        <form method="post" action=SaveCoin::url() class="coin-form">
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <Select name="coin" label="Coin to send" options value=coin.code().to_owned() />
            <button class="button">"Change coin"</button>
        </form>
    }
    .into_any()
}

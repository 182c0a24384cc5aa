//! The transfer of a refund on a real network: its state, its signed versions, and what an owner can do about it.

use crate::{
    domain::{
        people::actor::{Actor, Permission},
        refunds::{
            refund::Refund,
            transfer::{Attempt, Held, Transfer},
        },
    },
    evm::units::gwei,
    languages::Language,
    server_fns::transfers::{CancelTransfer, StopTransfer},
    service::{people::second_factor::CodeRequirement, refunds::transfer::TransferView},
    store::refunds::held::HeldRefund,
    texts::{
        amounts::{self, in_coin},
        next_steps,
        payouts::of_hold,
        titles::Title,
    },
    ui::components::{
        address::{AddressText, transaction_link},
        code_field::RecentCode,
        copy::copy_button,
        facts::fact,
        field::Field,
        list::{Column, Table},
        mark::network_name,
        notice::Advice,
        time::Time,
    },
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section, and before it the question for a code if an owner can act. `code` says what a cancellation needs.
pub fn transfer_section(
    language: Language,
    refund: &Refund,
    view: &TransferView,
    actor: &Actor,
    code: CodeRequirement,
) -> AnyView {
    let transfer = &view.with.transfer;
    let may_act = actor.may(Permission::ManagePayouts);
    let cancel = (may_act && transfer.require_cancellable().is_ok()).then(|| match code {
        CodeRequirement::SetUp => second_factor_first(language),
        CodeRequirement::Nothing | CodeRequirement::Code => cancel_form(language, refund),
    });
    let stop = (may_act && transfer.require_withdrawable(view.pause).is_ok()).then(|| stop_form(language, refund));
    let asks = cancel.is_some() || stop.is_some();
    view! {
        {asks.then(|| view! { <RecentCode requirement=code page=paths::refund(refund.id) /> })}
        <section class="card stack" aria-labelledby="transfer-title">
            <h2 id="transfer-title">{language.text("refund-transfer")}</h2>
            {transfer.is_cancelling.then(|| cancelling(language))}
            {facts(language, view)}
            {attempts(language, view)}
        </section>
        {cancel}
        {stop}
    }
    .into_any()
}

/// The question for a code, and the form with which an owner stops a refund for which no transfer was planned.
pub fn unplanned_section(language: Language, refund: &Refund, code: CodeRequirement) -> AnyView {
    view! {
        <RecentCode requirement=code page=paths::refund(refund.id) />
        {stop_form(language, refund)}
    }
    .into_any()
}

/// Since when it waits, and for what exactly. The reason and what to do are said with the progress of the refund.
fn held(language: Language, held: &Held) -> AnyView {
    let detail = of_hold(language, held.reason, &held.detail);
    fact(language.text("refund-waits-since"), view! { <Time at=held.since /> ". " {detail} })
}

fn cancelling(language: Language) -> AnyView {
    view! { <Advice kind="info"><p>{language.text("refund-cancelling")}</p></Advice> }.into_any()
}

fn facts(language: Language, view: &TransferView) -> AnyView {
    let name = |id: &str| language.text(id);
    let Transfer { status, network, sender, nonce, block_height, fee, planned_at, .. } = &view.with.transfer;
    let block = block_height.map(|height| {
        let confirmations = view.confirmations.map(|count| language.with("refund-confirmations", [("count", count)]));
        fact(name("refund-block"), view! { <span class="number">{height}</span> " " {confirmations} })
    });
    view! {
        <dl class="facts">
            {fact(name("refund-status"), status.title(language))}
            {view.with.transfer.held.as_ref().map(|waits| held(language, waits))}
            {fact(name("refund-network"), network_name(*network))}
            {fact(name("refund-paid-by"), view! { <AddressText address=sender.clone() /> })}
            {fact(name("refund-planned"), view! { <Time at=*planned_at /> })}
            {nonce.map(|nonce| fact(name("refund-nonce"), view! { <span class="number">{nonce}</span> }))}
            {block}
            {fee.map(|fee| fact(name("refund-fee-taken"), view! { <span class="number">{in_coin(language, fee)}</span> }))}
        </dl>
    }
    .into_any()
}

fn attempts(language: Language, view: &TransferView) -> Option<AnyView> {
    if view.with.attempts.is_empty() {
        return None;
    }
    let several =
        (view.with.attempts.len() > 1).then(|| view! { <p class="hint">{language.text("refund-one-of-a-nonce")}</p> });
    let taken = view.with.transfer.transaction_hash.as_deref();
    let rows = view.with.attempts.iter().map(|attempt| attempt_row(language, view, attempt, taken)).collect();
    let columns = [
        Column::text(language.text("refund-attempt-kind")),
        Column::text(language.text("refund-transaction")),
        Column::number(language.text("refund-attempt-fee")),
    ];
    Some(
        view! {
            <h3>{language.text("refund-attempts")}</h3>
            {several}
            <Table label=language.text("refund-attempts") columns rows plain=true />
        }
        .into_any(),
    )
}

fn attempt_row(language: Language, view: &TransferView, attempt: &Attempt, taken: Option<&str>) -> AnyView {
    let name = |id: &str| language.text(id);
    let kind = attempt.kind.title(language);
    let is_in_block = taken == Some(attempt.hash.as_str());
    let kind = if is_in_block { language.with("refund-attempt-in-block", [("kind", kind)]) } else { kind };
    let (before, after) = language.around("refund-attempt-signed", "at");
    view! {
        <tr>
            <td data-label=name("refund-attempt-kind")>
                <span>{kind}</span>
                <p class="hint">{before} <Time at=attempt.signed_at /> {after}</p>
            </td>
            <td data-label=name("refund-transaction")>
                <div>
                    {transaction_link(view.link(&attempt.hash), attempt.hash.clone())}
                    <p>{copy_button(attempt.hash.clone(), "copy-transaction")}</p>
                </div>
            </td>
            <td data-label=name("refund-attempt-fee") class="end number">{amounts::stored(language, &gwei(attempt.max_fee_per_gas))}</td>
        </tr>
    }
    .into_any()
}

fn cancel_form(language: Language, refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=CancelTransfer::url() class="card">
            <h2>{language.text("refund-cancel")}</h2>
            <p class="hint">{language.text("refund-cancel-hint")}</p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <div class="actions">
                <button class="button">{language.text("refund-cancel-now")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Instead of the form, for an owner without a second factor.
fn second_factor_first(language: Language) -> AnyView {
    let (before, after) = language.around("refund-cancel-needs-factor", "page");
    view! {
        <section class="card">
            <h2>{language.text("refund-cancel")}</h2>
            <p>{before} <a href=paths::ACCOUNT>{language.text("refund-cancel-account")}</a> {after}</p>
        </section>
    }
    .into_any()
}

fn stop_form(language: Language, refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=StopTransfer::url() class="card">
            <h2>{language.text("refund-stop-transfer")}</h2>
            <p class="hint">{language.text("refund-stop-transfer-hint")}</p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field name="reason" label=language.text("refund-stop-reason") required=true />
            <div class="actions">
                <button class="button">{language.text("refund-stop-transfer-now")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A refund that waits in a list, with its reason and who has to do what.
pub fn held_refund(language: Language, held: &HeldRefund) -> AnyView {
    let (amount, network) = (in_coin(language, held.amount), held.network.title());
    let what = language.with("refund-amount-on-network", [("amount", amount.as_str()), ("network", network)]);
    let next_step = next_steps::of_held_transfer(language, held.reason);
    let values = [("reason", held.reason.title(language)), ("next", next_step)];
    let (before, after) = language.around_with("refund-held-since", "at", values);
    view! { <a href=paths::refund(held.id)>{what}</a> {before} <Time at=held.since /> {after} }.into_any()
}

//! The transfer of a refund on a real network: its state, its signed versions, and what an owner can do about it.

use crate::{
    domain::{
        counted::counted,
        people::actor::{Actor, Permission},
        refunds::{
            refund::Refund,
            transfer::{Attempt, Held, Transfer},
        },
    },
    evm::units::gwei,
    islands::transaction::transaction_link,
    server_fns::transfers::{CancelTransfer, StopTransfer},
    service::{people::second_factor::CodeRequirement, refunds::transfer::TransferView},
    store::refunds::held::HeldRefund,
    texts::{next_steps, titles::Title},
    ui::components::{
        address::AddressText,
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

const ATTEMPT_COLUMNS: &[Column] =
    &[Column::text("What it does"), Column::text("Transaction"), Column::number("Highest fee per gas")];

/// The section, and before it the question for a code if an owner can act. `code` says what a cancellation needs.
pub fn transfer_section(refund: &Refund, view: &TransferView, actor: &Actor, code: CodeRequirement) -> AnyView {
    let transfer = &view.with.transfer;
    let may_act = actor.may(Permission::ManagePayouts);
    let cancel = (may_act && transfer.require_cancellable().is_ok()).then(|| match code {
        CodeRequirement::SetUp => second_factor_first(),
        CodeRequirement::Nothing | CodeRequirement::Code => cancel_form(refund),
    });
    let stop = (may_act && transfer.require_withdrawable(view.pause).is_ok()).then(|| stop_form(refund));
    let asks = cancel.is_some() || stop.is_some();
    view! {
        {asks.then(|| view! { <RecentCode requirement=code page=paths::refund(refund.id) /> })}
        <section class="card stack" aria-labelledby="transfer-title">
            <h2 id="transfer-title">"Transfer"</h2>
            {transfer.is_cancelling.then(cancelling)}
            {facts(view)}
            {attempts(view)}
        </section>
        {cancel}
        {stop}
    }
    .into_any()
}

/// Since when it waits, and for what exactly. The reason and what to do are said with the progress of the refund.
fn held(held: &Held) -> AnyView {
    let Held { detail, since, .. } = held.clone();
    fact("Waits since", view! { <Time at=since /> ". " {detail} })
}

fn cancelling() -> AnyView {
    view! {
        <Advice kind="info">
            <p>"An owner wants it cancelled. The network decides whether it takes the payment or the cancellation."</p>
        </Advice>
    }
    .into_any()
}

fn facts(view: &TransferView) -> AnyView {
    let Transfer { status, network, sender, nonce, block_height, fee, planned_at, .. } = &view.with.transfer;
    let block = block_height.map(|height| {
        let confirmations = view.confirmations.map(|number| format!(" ({})", counted(number, "confirmation")));
        fact("Block", view! { <span class="number">{height}</span> {confirmations} })
    });
    view! {
        <dl class="facts">
            {fact("Status", status.title())}
            {view.with.transfer.held.as_ref().map(held)}
            {fact("Network", network_name(*network))}
            {fact("Paid by", view! { <AddressText address=sender.clone() /> })}
            {fact("Planned", view! { <Time at=*planned_at /> })}
            {nonce.map(|nonce| fact("Nonce", view! { <span class="number">{nonce}</span> }))}
            {block}
            {fee.map(|fee| fact("Fee that the network took", view! { <span class="number">{fee.with_coin_symbol()}</span> }))}
        </dl>
    }
    .into_any()
}

fn attempts(view: &TransferView) -> Option<AnyView> {
    if view.with.attempts.is_empty() {
        return None;
    }
    let several = (view.with.attempts.len() > 1)
        .then(|| view! { <p class="hint">"The network takes only one transaction with the same nonce."</p> });
    let taken = view.with.transfer.transaction_hash.as_deref();
    let rows = view.with.attempts.iter().map(|attempt| attempt_row(view, attempt, taken)).collect();
    Some(
        view! {
            <h3>"Signed transactions"</h3>
            {several}
            <Table label="Signed transactions" columns=ATTEMPT_COLUMNS rows plain=true />
        }
        .into_any(),
    )
}

fn attempt_row(view: &TransferView, attempt: &Attempt, taken: Option<&str>) -> AnyView {
    let in_block = (taken == Some(attempt.hash.as_str())).then_some(", in a block");
    view! {
        <tr>
            <td data-label="What it does">
                <span>{attempt.kind.title()} {in_block}</span>
                <p class="hint">"Signed " <Time at=attempt.signed_at /></p>
            </td>
            <td data-label="Transaction">
                <div>
                    {transaction_link(view.link(&attempt.hash), attempt.hash.clone())}
                    <p>{copy_button(attempt.hash.clone(), "copy-transaction")}</p>
                </div>
            </td>
            <td data-label="Highest fee per gas" class="end number">{gwei(attempt.max_fee_per_gas)}</td>
        </tr>
    }
    .into_any()
}

fn cancel_form(refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=CancelTransfer::url() class="card">
            <h2>"Cancel it"</h2>
            <p class="hint">
                "A transaction with the same nonce, which pays nothing, takes its place if the network takes it first. \
                 Then the refund is rejected and its money is back on your balance. It costs the network's fee."
            </p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <div class="actions">
                <button class="button">"Cancel with the same nonce"</button>
            </div>
        </form>
    }
    .into_any()
}

/// Instead of the form, for an owner without a second factor.
fn second_factor_first() -> AnyView {
    view! {
        <section class="card">
            <h2>"Cancel it"</h2>
            <p>
                "Only an owner with a second factor cancels a transfer. Set one up on the page "
                <a href=paths::ACCOUNT>"Your account"</a> ", then come back."
            </p>
        </section>
    }
    .into_any()
}

fn stop_form(refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=StopTransfer::url() class="card">
            <h2>"Stop this transfer"</h2>
            <p class="hint">"Nothing was signed when this page was opened. If you stop it, the refund is rejected and its money goes back to your balance."</p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field name="reason" label="Why it is stopped" required=true />
            <div class="actions">
                <button class="button">"Stop the transfer"</button>
            </div>
        </form>
    }
    .into_any()
}

/// A refund that waits in a list, with its reason and who has to do what.
pub fn held_refund(held: &HeldRefund) -> AnyView {
    view! {
        <a href=paths::refund(held.id)>{held.amount.with_coin_symbol()} " on " {held.network.title()}</a>
        ": " {held.reason.title()} ", since " <Time at=held.since /> ". "
        {next_steps::of_held_transfer(held.reason)}
    }
    .into_any()
}

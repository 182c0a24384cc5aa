//! How an owner finds out what an account that is paused has done: compare, explain or assign, resume.

use crate::{
    chain::evm::connection::explorer_link,
    domain::{
        address::network::Network,
        ids::RefundId,
        refunds::{reconciliation::ReconciliationRecord, transfer::Transfer},
    },
    islands::transaction::transaction_link,
    server_fns::payouts::{AssignTransaction, ExplainTransaction, ReconcilePayouts, ResumePayouts},
    service::operations::payout_accounts::{PayoutAccount, Reconciling},
    store::refunds::senders::UnexplainedTransaction,
    ui::components::{notice::Advice, time::Time, typed_text::TypedText},
    web::paths,
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// What a transaction is called in the lists if no node finds it.
const UNKNOWN_NONCE: &str = "nonce-";

/// The three steps, for an owner.
pub fn steps(account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    let network = account.network.title();
    view! {
        <ol class="stack guide">
            <li class="stack">
                <h3>"Compare database, signer and chain"</h3>
                <p class="hint">
                    "Nothing is signed. What is proven to be sent or paid is taken over; everything else is listed. If there is \
                     another owner, whoever compares, explains or assigns leaves it to them to resume."
                </p>
                <form method="post" action=ReconcilePayouts::url()>
                    <input type="hidden" name="network" value=account.network.code() />
                    <button class="button">{format!("Reconcile payouts on {network}")}</button>
                </form>
                {reconciling.last.as_ref().map(|(record, at)| found(record, *at))}
            </li>
            <li class="stack">
                <h3>"Explain or assign what is listed"</h3>
                {to_explain(account, reconciling)}
            </li>
            <li class="stack">
                <h3>"Resume"</h3>
                {resume(account, reconciling)}
            </li>
        </ol>
    }
    .into_any()
}

/// What the newest comparison has found and done.
fn found(record: &ReconciliationRecord, at: DateTime<Utc>) -> AnyView {
    let ReconciliationRecord { adopted, ended, waiting, unproven, searched: (from, to), next_nonce, .. } = record;
    let refund = |id: RefundId| view! { <a href=paths::refund(id) class="mono">{id.to_string()}</a> };
    let adopted = adopted
        .iter()
        .map(|id| view! { <li>"Taken over from the signer's memory, and followed now: refund " {refund(*id)} "."</li> })
        .collect_view();
    let ended = ended
        .iter()
        .map(|(id, status)| {
            view! { <li>"Found out: the transfer of refund " {refund(*id)} " is " {status.replace('_', " ")} "."</li> }
        })
        .collect_view();
    let doubts = (!unproven.is_empty()).then(|| {
        let items = unproven.iter().map(|doubt| view! { <li class="wrap">{doubt.clone()}</li> }).collect_view();
        view! {
            <Advice kind="warning">
                <p>
                    <strong>"It cannot be proven. "</strong>
                    "Nothing keeps you from resuming, but then these may be paid a second time. Look for each elsewhere first."
                </p>
                <ul>{items}</ul>
            </Advice>
        }
    });
    let not_yet = (!waiting.is_empty()).then(|| {
        let items = waiting.iter().map(|what| view! { <li class="wrap">{what.clone()}</li> }).collect_view();
        view! {
            <Advice kind="info">
                <p>
                    <strong>"Not yet. "</strong>
                    "Compare again when it is done. If the client of a lost refund repeats its request with the same idempotency key, what was signed for it is taken over."
                </p>
                <ul>{items}</ul>
            </Advice>
        }
    });
    view! {
        <p>
            "Last compared " <Time at /> ": blocks " <span class="number">{*from}</span> " to " <span class="number">{*to}</span>
            " were searched. The next nonce is " <span class="number">{*next_nonce}</span> "."
        </p>
        <ul>{adopted} {ended}</ul>
        {not_yet}
        {doubts}
    }
    .into_any()
}

/// Each transaction of the account that belongs to no refund, with its two forms.
fn to_explain(account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    if account.unexplained.is_empty() {
        let nothing = if reconciling.last.is_some() {
            "No transaction of this account is left to be explained."
        } else {
            "Nothing is listed so far. Compare first."
        };
        return view! { <p class="hint">{nothing}</p> }.into_any();
    }
    let items = account
        .unexplained
        .iter()
        .enumerate()
        .map(|(number, found)| unexplained(account, reconciling, found, number))
        .collect_view();
    view! {
        <p class="hint">
            "The account has done each of these, and this database knows no refund for it. If it paid a refund that is still \
             open here, assign it: that refund then ends as paid. Otherwise say what it was."
        </p>
        <ul class="stack">{items}</ul>
    }
    .into_any()
}

fn unexplained(
    account: &PayoutAccount,
    reconciling: &Reconciling,
    found: &UnexplainedTransaction,
    number: usize,
) -> AnyView {
    let hash = found.transaction_hash.clone();
    let is_hash = !hash.starts_with(UNKNOWN_NONCE);
    let name = if is_hash {
        let link = explorer_link(account.explorer.as_deref(), Some(&hash));
        transaction_link(link, hash.clone())
    } else {
        view! { <code class="mono">{hash.clone()}</code> }.into_any()
    };
    let meaning = if is_hash {
        "Look it up, and compare recipient, coin and amount with your refunds."
    } else {
        "The account has used this nonce, and no node that was asked finds the transaction. Look for it in an explorer."
    };
    let id = format!("{}-{}-{number}", account.network.code(), account.address);
    let assign = is_hash.then(|| match reconciling.assignable.get(&hash).map(Vec::as_slice) {
        Some([]) => nothing_fits(),
        Some(fitting) => assign_form(account, fitting, &hash, &id),
        None => view! { <p class="hint">"Compare, to see which of your refunds it may have paid."</p> }.into_any(),
    });
    view! {
        <li class="stack finding">
            <p class="wrap">{name} " " {found.detail.clone()} " Found " <Time at=found.found_at /> "."</p>
            <p class="hint">{meaning}</p>
            {assign}
            {explain_form(account.network, &hash, &id)}
        </li>
    }
    .into_any()
}

/// A person says what a transaction or a movement was. `id` tells its input from others on the page.
pub(super) fn explain_form(network: Network, name: &str, id: &str) -> AnyView {
    let input = format!("explanation-{id}");
    let fields = view! {
        <div class="field">
            <label for=input.clone()>"What it was, for the audit log"</label>
            <input id=input name="explanation" class="input" maxlength="500" autocomplete="off" required=true />
        </div>
    };
    transaction_form(network, name, (ExplainTransaction::url(), "Explain"), fields.into_any())
}

fn nothing_fits() -> AnyView {
    view! {
        <p class="hint">
            "No refund that waits here has to pay exactly this amount of this coin to this address, so it cannot be assigned. \
             Say what it was. If you expect one: a refund that needs an approval, a confirmation or its time fits only when \
             that is over, and one that the database has lost when its client repeats the request. Then compare again."
        </p>
    }
    .into_any()
}

fn assign_form(account: &PayoutAccount, fitting: &[Transfer], hash: &str, id: &str) -> AnyView {
    let input = format!("refund-{id}");
    let options = fitting
        .iter()
        .map(|transfer| {
            let label = format!("{} to {}", transfer.amount.with_coin_symbol(), transfer.recipient);
            view! { <option value=transfer.id.to_string()>{label}</option> }
        })
        .collect_view();
    let fields = view! {
        <div class="field">
            <label for=input.clone()>"The refund that it paid"</label>
            <select id=input name="refund" class="input">{options}</select>
        </div>
        <p class="hint">
            "Only refunds that have to pay exactly what it paid are listed. It cannot be undone."
        </p>
    };
    transaction_form(account.network, hash, (AssignTransaction::url(), "Assign"), fields.into_any())
}

/// A form about a transaction.
fn transaction_form(
    network: Network,
    hash: &str,
    (action, button): (&'static str, &'static str),
    fields: AnyView,
) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="network" value=network.code() />
            <input type="hidden" name="transaction" value=hash.to_owned() />
            {fields}
            <div class="actions">
                <button class="button">{button}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Who has to resume, for somebody who may not.
fn resumed_by_others(network: Network, others: &[String]) -> AnyView {
    let who = if others.is_empty() {
        "So has every other owner, and whoever runs the server has to resume them".into_any()
    } else {
        let names = others.join(", ");
        view! { "So another owner has to resume them (" <TypedText text=names /> "), or whoever runs the server" }
            .into_any()
    };
    view! {
        <p class="wrap">
            "You have paused, compared, explained or assigned something while payouts were paused. " {who} ", with "
            <code>{format!("requite payouts resume {}", network.code())}</code>
            ". They look at what was done first; the audit log has it."
        </p>
    }
    .into_any()
}

fn resume(account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    let left = account.unexplained.len();
    let condition = if left > 0 {
        "It is refused while something above is not explained."
    } else {
        "Chain and signer are asked once more. It is refused if they know a transaction of the account that is not explained."
    };
    let action = match &reconciling.others {
        Some(others) => resumed_by_others(account.network, others),
        None => view! {
            <form method="post" action=ResumePayouts::url()>
                <input type="hidden" name="network" value=account.network.code() />
                <button class="button">{format!("Resume payouts on {}", account.network.title())}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <p class="hint">{condition}</p>
        {action}
    }
    .into_any()
}

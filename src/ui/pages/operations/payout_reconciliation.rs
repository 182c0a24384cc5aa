//! How an owner finds out what an account that is paused has done: compare, explain or assign, resume.

use crate::{
    chain::evm::connection::explorer_link,
    domain::{
        address::network::Network,
        ids::RefundId,
        names::Named,
        refunds::{
            reconciliation::ReconciliationRecord,
            transfer::{Transfer, TransferStatus},
        },
    },
    languages::Language,
    server_fns::payouts::{AssignTransaction, ExplainTransaction, ReconcilePayouts, ResumePayouts},
    service::operations::payout_accounts::{PayoutAccount, Reconciling},
    store::refunds::senders::UnexplainedTransaction,
    texts::{amounts::in_coin, errors::stored, titles::Title},
    ui::components::{address::transaction_link, notice::Advice, time::Time, typed_text::TypedText},
    web::paths,
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// The command that resumes payouts, before the code of a network.
const RESUME: &str = "requite payouts resume";
/// What a transaction is called in the lists if no node finds it.
const UNKNOWN_NONCE: &str = "nonce-";

/// The three steps, for an owner.
pub fn steps(language: Language, account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    let network = [("network", account.network.title())];
    let text = |id: &str| language.text(id);
    view! {
        <ol class="stack guide">
            <li class="stack">
                <h3>{text("payouts-compare-title")}</h3>
                <p class="hint">{text("payouts-compare-hint")}</p>
                <form method="post" action=ReconcilePayouts::url()>
                    <input type="hidden" name="network" value=account.network.code() />
                    <button class="button">{language.with("payouts-compare", network)}</button>
                </form>
                {reconciling.last.as_ref().map(|(record, at)| found(language, record, *at))}
            </li>
            <li class="stack">
                <h3>{text("payouts-explain-title")}</h3>
                {to_explain(language, account, reconciling)}
            </li>
            <li class="stack">
                <h3>{text("payouts-resume-title")}</h3>
                {resume(language, account, reconciling)}
            </li>
        </ol>
    }
    .into_any()
}

/// What the newest comparison has found and done.
fn found(language: Language, record: &ReconciliationRecord, at: DateTime<Utc>) -> AnyView {
    let ReconciliationRecord { adopted, ended, waiting, unproven, searched: (from, to), next_nonce, .. } = record;
    let adopted = adopted
        .iter()
        .map(|id| {
            let (before, after) = language.around("payouts-taken-over", "refund");
            refund_item(*id, before, after)
        })
        .collect_view();
    let ended = ended
        .iter()
        .map(|(id, status)| {
            let status = TransferStatus::parse(status).map_or_else(|| status.clone(), |status| status.title(language));
            let (before, after) = language.around_with("payouts-found-out", "refund", [("status", status)]);
            refund_item(*id, before, after)
        })
        .collect_view();
    let (from, to, nonce) = (from.to_string(), to.to_string(), next_nonce.to_string());
    let (before, after) =
        language.around_with("payouts-compared", "at", [("from", from), ("to", to), ("nonce", nonce)]);
    let (not_yet, not_proven) = (language.text("payouts-not-yet"), language.text("payouts-not-proven"));
    view! {
        <p>{before} <Time at /> {after}</p>
        <ul>{adopted} {ended}</ul>
        {points(language, "info", not_yet, language.text("payouts-not-yet-hint"), waiting)}
        {points(language, "warning", not_proven, language.text("payouts-not-proven-hint"), unproven)}
    }
    .into_any()
}

fn refund_item(id: RefundId, before: String, after: String) -> AnyView {
    view! { <li>{before} <a href=paths::refund(id) class="mono">{id.to_string()}</a> {after}</li> }.into_any()
}

/// What keeps an account from being reconciled; nothing if there are no points.
fn points(language: Language, kind: &'static str, title: String, hint: String, points: &[String]) -> Option<AnyView> {
    if points.is_empty() {
        return None;
    }
    let items = points.iter().map(|point| view! { <li class="wrap">{stored(language, point)}</li> }).collect_view();
    Some(
        view! {
            <Advice kind=kind>
                <p><strong>{title}</strong> " " {hint}</p>
                <ul>{items}</ul>
            </Advice>
        }
        .into_any(),
    )
}

/// Each transaction of the account that belongs to no refund, with its two forms.
fn to_explain(language: Language, account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    if account.unexplained.is_empty() {
        let nothing =
            if reconciling.last.is_some() { "payouts-nothing-to-explain" } else { "payouts-nothing-compared" };
        return view! { <p class="hint">{language.text(nothing)}</p> }.into_any();
    }
    let items = account
        .unexplained
        .iter()
        .enumerate()
        .map(|(number, found)| unexplained(language, account, reconciling, (found, number)))
        .collect_view();
    view! {
        <p class="hint">{language.text("payouts-explain-hint")}</p>
        <ul class="stack">{items}</ul>
    }
    .into_any()
}

fn unexplained(
    language: Language,
    account: &PayoutAccount,
    reconciling: &Reconciling,
    (found, number): (&UnexplainedTransaction, usize),
) -> AnyView {
    let hash = found.transaction_hash.clone();
    let is_hash = !hash.starts_with(UNKNOWN_NONCE);
    let name = if is_hash {
        let link = explorer_link(account.explorer.as_deref(), Some(&hash));
        transaction_link(link, hash.clone())
    } else {
        view! { <code class="mono">{hash.clone()}</code> }.into_any()
    };
    let meaning = if is_hash { "payouts-look-it-up" } else { "payouts-nonce-used" };
    let id = format!("{}-{}-{number}", account.network.code(), account.address);
    let assign = is_hash.then(|| match reconciling.assignable.get(&hash).map(Vec::as_slice) {
        Some([]) => hint(language.text("payouts-nothing-fits")),
        Some(fitting) => assign_form(language, account.network, fitting, (&hash, &id)),
        None => hint(language.text("payouts-compare-to-assign")),
    });
    view! {
        <li class="stack finding">
            <p class="wrap">{name} " " {stored(language, &found.detail)} " " {found_at(language, found.found_at)}</p>
            {hint(language.text(meaning))}
            {assign}
            {explain_form(language, account.network, &hash, &id)}
        </li>
    }
    .into_any()
}

fn hint(text: String) -> AnyView {
    view! { <p class="hint">{text}</p> }.into_any()
}

/// When something was found that a person has to explain, as a sentence.
pub(super) fn found_at(language: Language, at: DateTime<Utc>) -> AnyView {
    let (before, after) = language.around("payouts-found-at", "at");
    view! { {before} <Time at /> {after} }.into_any()
}

/// A person says what a transaction or a movement was. `id` tells its input from others on the page.
pub(super) fn explain_form(language: Language, network: Network, name: &str, id: &str) -> AnyView {
    let input = format!("explanation-{id}");
    let fields = view! {
        <div class="field">
            <label for=input.clone()>{language.text("payouts-explanation")}</label>
            <input id=input name="explanation" class="input" maxlength="500" autocomplete="off" required=true />
        </div>
    };
    transaction_form(network, name, (ExplainTransaction::url(), language.text("payouts-explain")), fields.into_any())
}

fn assign_form(language: Language, network: Network, fitting: &[Transfer], (hash, id): (&str, &str)) -> AnyView {
    let input = format!("refund-{id}");
    let options = fitting
        .iter()
        .map(|transfer| {
            let (amount, recipient) = (in_coin(language, transfer.amount), &transfer.recipient);
            let label =
                language.with("payouts-assignable", [("amount", amount.as_str()), ("recipient", recipient.as_str())]);
            view! { <option value=transfer.id.to_string()>{label}</option> }
        })
        .collect_view();
    let fields = view! {
        <div class="field">
            <label for=input.clone()>{language.text("payouts-assigned-refund")}</label>
            <select id=input name="refund" class="input">{options}</select>
        </div>
        {hint(language.text("payouts-assign-hint"))}
    };
    transaction_form(network, hash, (AssignTransaction::url(), language.text("payouts-assign")), fields.into_any())
}

/// A form about a transaction.
fn transaction_form(
    network: Network,
    hash: &str,
    (action, button): (&'static str, String),
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
fn resumed_by_others(language: Language, network: Network, others: &[String]) -> AnyView {
    let who = if others.is_empty() {
        language.text("payouts-resumed-by-operator").into_any()
    } else {
        let (before, after) = language.around("payouts-resumed-by-others", "names");
        view! { {before} <TypedText text=others.join(", ") /> {after} }.into_any()
    };
    let (before, after) = language.around("payouts-resumed-with", "command");
    view! {
        <p class="wrap">
            {language.text("payouts-took-part")} " " {who} " " {before}
            <code>{format!("{RESUME} {}", network.code())}</code> {after}
        </p>
    }
    .into_any()
}

fn resume(language: Language, account: &PayoutAccount, reconciling: &Reconciling) -> AnyView {
    let condition = if !account.unexplained.is_empty() {
        "payouts-resume-is-refused"
    } else if reconciling.must_compare {
        "payouts-resume-after-comparison"
    } else {
        "payouts-resume-asks-again"
    };
    let action = match &reconciling.others {
        Some(others) => resumed_by_others(language, account.network, others),
        None => view! {
            <form method="post" action=ResumePayouts::url()>
                <input type="hidden" name="network" value=account.network.code() />
                <button class="button">{language.with("payouts-resume", [("network", account.network.title())])}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        {hint(language.text(condition))}
        {action}
    }
    .into_any()
}

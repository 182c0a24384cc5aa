//! The fields for network, address and memo, checked during typing with the same rules as on the server.

use super::{
    early_input::{adopt_input, adopt_text},
    passed_texts::{passed_sentence, passed_texts},
    timer::after,
};
use crate::{
    domain::{
        address::{
            Address, AddressMemo,
            memo::{Memo as TransferMemo, MemoRule},
            network::Network,
        },
        error::ErrorCode,
    },
    server_fns::refund_drafts::recipient_on_chain,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long typing pauses before the server is asked about the address.
const TYPING: Duration = Duration::from_millis(400);

/// The ids of its texts: first those of the network and the address, then those of the memo. What is before and after the tag
/// of an address follows.
pub const TEXTS: [&str; FIELD_TEXTS + MEMO_TEXTS] = [
    "wizard-network",
    "wizard-address",
    "wizard-address-hint",
    "wizard-address-right",
    "wizard-memo",
    "wizard-memo-hint",
    "wizard-memo-not-needed",
    "wizard-memo-without-tag",
    "wizard-memo-inside",
];
const FIELD_TEXTS: usize = 4;
const MEMO_TEXTS: usize = 5;
/// A network that the coin can be sent on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkChoice {
    pub code: String,
    pub title: String,
}

/// What was entered about the memo, and the server's error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoInput {
    pub memo: String,
    /// Whether the box 'no memo needed' is checked.
    pub not_needed: bool,
    /// The error from the server.
    pub error: Option<String>,
}

/// The network, address and memo. Errors from the server are shown until a field changes. The style sheet shows the
/// memo field for networks that have memos, so that it works the same without JavaScript.
#[island]
pub fn AddressField(
    /// The id of the draft.
    draft: String,
    /// The networks that support the coin.
    networks: Vec<NetworkChoice>,
    /// The code of the chosen network; empty if none is chosen.
    network: String,
    /// The address as entered before.
    address: String,
    /// Whether it may be outdated, or was refused. It is not shown as correct then.
    is_questionable: bool,
    /// The server's error about the network.
    network_error: Option<String>,
    /// The server's error about the address.
    address_error: Option<String>,
    /// What the chain says about the address.
    on_chain: Option<String>,
    memo: MemoInput,
    /// Its texts.
    texts: Vec<String>,
    /// The sentences of the errors that its checks can find.
    sentences: Vec<String>,
) -> impl IntoView {
    let mut texts = texts;
    let memo_texts = texts.split_off(FIELD_TEXTS.min(texts.len()));
    let [legend, label, hint, right]: [String; FIELD_TEXTS] = passed_texts(texts);
    // The first input with an error has the focus.
    let is_address_first = network_error.is_none() && address_error.is_some();
    let is_memo_first = network_error.is_none() && address_error.is_none() && memo.error.is_some();
    let of_memo = sentences.clone();
    let chosen = RwSignal::new(network.clone());
    let typed = RwSignal::new(address.clone());
    let touched = RwSignal::new(false);
    let input = NodeRef::new();
    adopt_text(input, typed, touched);
    let has_memos = memo != MemoInput::default() || networks.iter().any(|choice| has_memo(&choice.code));
    let check = Memo::new(move |_| check_address(&chosen.get(), &typed.get(), &sentences));
    let on_chain = what_chain_says(on_chain, draft, [chosen, typed], touched);
    let problem = move || {
        if !touched.get() {
            return address_error.clone();
        }
        match check.get() {
            AddressCheck::Wrong(message) => Some(message),
            AddressCheck::Empty | AddressCheck::Right(_) => None,
        }
    };
    let advice = move || match check.get() {
        AddressCheck::Right(Some(warning)) => Some(warning),
        AddressCheck::Right(None) if is_questionable && !touched.get() => None,
        AddressCheck::Right(None) => Some(right.clone()),
        AddressCheck::Empty | AddressCheck::Wrong(_) => None,
    };
    let advice_state = move || match check.get() {
        AddressCheck::Right(None) => "right",
        _ => "warning",
    };
    let invalid = {
        let problem = problem.clone();
        move || problem().is_some().to_string()
    };
    view! {
        {network_field(networks, &network, (legend, network_error), touched, chosen)}
        <div class="field">
            <label for="address">{label}</label>
            <input
                id="address"
                name="address"
                class="input mono"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                required=true
                autofocus=is_address_first
                maxlength="128"
                value=address
                node_ref=input
                aria-invalid=invalid
                aria-describedby="address-hint address-error address-advice address-on-chain"
                on:input=move |event| {
                    touched.set(true);
                    typed.set(event_target_value(&event));
                }
            />
            <p class="hint" id="address-hint">{hint}</p>
            <p class="error" id="address-error" aria-live="polite">{problem}</p>
            <p class="advice" id="address-advice" data-state=advice_state aria-live="polite">{advice}</p>
            <p class="advice" id="address-on-chain" data-state="warning" aria-live="polite">{on_chain}</p>
        </div>
        {has_memos.then(|| memo_fields(memo, is_memo_first, (memo_texts, of_memo), chosen, typed))}
    }
}

/// What the chain says about the address: first what the server has rendered, then what it answers during typing.
fn what_chain_says(
    rendered: Option<String>,
    draft: String,
    input: [RwSignal<String>; 2],
    touched: RwSignal<bool>,
) -> RwSignal<Option<String>> {
    let on_chain = RwSignal::new(rendered);
    Effect::new(move |_| {
        if touched.get() {
            on_chain.set(None);
            look_at(draft.clone(), input, on_chain);
        }
    });
    on_chain
}

/// Asks the server what the chain says about an address, once it is no longer typed. An answer about another address than
/// the present one is dropped, and none is shown if the server cannot be reached: it asks again when the form is sent.
fn look_at(draft: String, input: [RwSignal<String>; 2], on_chain: RwSignal<Option<String>>) {
    let [network, address] = input.map(|signal| signal.get());
    if !matches!(check_address(&network, &address, &[]), AddressCheck::Right(_)) {
        return;
    }
    let is_current = {
        let now = [network.clone(), address.clone()];
        move || input.map(|signal| signal.get_untracked()) == now
    };
    after(TYPING, move || {
        if is_current() {
            leptos::task::spawn_local(async move {
                let answer = recipient_on_chain(draft, network, address).await;
                if is_current()
                    && let Ok(advice) = answer
                {
                    on_chain.set(advice);
                }
            });
        }
    });
}

fn memo_fields(
    input: MemoInput,
    focused: bool,
    (texts, sentences): (Vec<String>, Vec<String>),
    network: RwSignal<String>,
    address: RwSignal<String>,
) -> impl IntoView {
    let MemoInput { memo, not_needed, error } = input;
    let [label, hint, is_not_needed, without_tag, inside, before_tag, after_tag]: [String; MEMO_TEXTS + 2] =
        passed_texts(texts);
    // A memo that was entered stays visible, even if the chosen network has no memos.
    let insistent = (!memo.is_empty() || error.is_some()).then_some("");
    let typed = RwSignal::new(memo.clone());
    let ticked = RwSignal::new(not_needed);
    let touched = RwSignal::new(false);
    let (input, tick) = (NodeRef::new(), NodeRef::new());
    adopt_text(input, typed, touched);
    adopt_input(tick, move |tick| ticked.set(tick.checked()));
    let problem = move || {
        if touched.get() {
            memo_problem(&network.get(), &address.get(), &typed.get(), ticked.get(), &sentences)
        } else {
            error.clone()
        }
    };
    let invalid = {
        let problem = problem.clone();
        move || problem().is_some().to_string()
    };
    let advice = move || match memo_of_address(&network.get(), &address.get())? {
        AddressMemo::Silent => None,
        AddressMemo::NotNeeded => Some(without_tag.clone()),
        AddressMemo::Tag(tag) => Some(format!("{before_tag}{tag}{after_tag}")),
        AddressMemo::Inside => Some(inside.clone()),
    };
    view! {
        <div class="memo" data-insistent=insistent>
            <div class="field">
                <label for="memo">{label}</label>
                <input
                    id="memo"
                    name="memo"
                    class="input mono"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    autofocus=focused
                    maxlength="1000"
                    value=memo
                    node_ref=input
                    aria-invalid=invalid
                    aria-describedby="memo-hint memo-error memo-advice"
                    on:input=move |event| {
                        touched.set(true);
                        typed.set(event_target_value(&event));
                    }
                />
                <p class="hint" id="memo-hint">{hint}</p>
                <p class="error" id="memo-error" aria-live="polite">{problem}</p>
                <p class="advice" id="memo-advice" data-state="right" aria-live="polite">{advice}</p>
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    name="memo_not_needed"
                    value="yes"
                    checked=not_needed
                    node_ref=tick
                    on:change=move |event| {
                        touched.set(true);
                        ticked.set(event_target_checked(&event));
                    }
                />
                <span>{is_not_needed}</span>
            </label>
        </div>
    }
}

fn has_memo(network: &str) -> bool {
    Network::parse(network).is_ok_and(|network| network.memo_rule() != MemoRule::None)
}

/// Returns what is wrong with the memo during typing. A missing memo is reported only when the form is sent.
fn memo_problem(network: &str, address: &str, memo: &str, not_needed: bool, sentences: &[String]) -> Option<String> {
    let address = Address::parse(Network::parse(network).ok()?, address).ok()?;
    let error = TransferMemo::decide(&address, Some(memo), not_needed).err()?;
    (error.code != ErrorCode::MemoMissing).then(|| passed_sentence(sentences, &error.message))
}

/// Returns what follows for the memo from the address alone.
fn memo_of_address(network: &str, address: &str) -> Option<AddressMemo> {
    Some(Address::parse(Network::parse(network).ok()?, address).ok()?.memo())
}

/// The networks. Tab reaches one button of the group, the chosen one or else the first, so that one has the focus after an error.
fn network_field(
    networks: Vec<NetworkChoice>,
    before: &str,
    (legend, error): (String, Option<String>),
    touched: RwSignal<bool>,
    chosen: RwSignal<String>,
) -> impl IntoView + use<> {
    let is_wrong = error.is_some();
    let reached = networks.iter().position(|choice| choice.code == before).unwrap_or_default();
    let radios = networks
        .into_iter()
        .enumerate()
        .map(|(place, choice)| radio(choice, before, is_wrong && place == reached, touched, chosen));
    let radios = radios.collect_view();
    view! {
        <fieldset class="field" aria-describedby="network-error">
            <legend>{legend}</legend>
            <div class="choices">{radios}</div>
            <p class="error" id="network-error">{error}</p>
        </fieldset>
    }
}

fn radio(
    choice: NetworkChoice,
    before: &str,
    focused: bool,
    touched: RwSignal<bool>,
    chosen: RwSignal<String>,
) -> impl IntoView + use<> {
    let code = choice.code.clone();
    let memo = has_memo(&code).then_some("");
    let input = NodeRef::new();
    let choose = move || {
        touched.set(true);
        chosen.set(code.clone());
    };
    let early = choose.clone();
    adopt_input(input, {
        let code = choice.code.clone();
        move |input| {
            if input.checked() && chosen.get_untracked() != code {
                early();
            }
        }
    });
    view! {
        <label class="choice">
            <input
                type="radio"
                name="network"
                required=true
                autofocus=focused
                checked=choice.code == before
                value=choice.code
                data-memo=memo
                node_ref=input
                on:change=move |_| choose()
            />
            <span>{choice.title}</span>
        </label>
    }
}

/// The result of checking an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum AddressCheck {
    Empty,
    Wrong(String),
    Right(Option<String>),
}

fn check_address(network: &str, address: &str, sentences: &[String]) -> AddressCheck {
    if address.trim().is_empty() || network.is_empty() {
        return AddressCheck::Empty;
    }
    let Ok(network) = Network::parse(network) else { return AddressCheck::Empty };
    match Address::parse(network, address) {
        Ok(address) => {
            let warning = address.warning();
            AddressCheck::Right(warning.map(|warning| passed_sentence(sentences, &warning.text())))
        }
        Err(error) => AddressCheck::Wrong(passed_sentence(sentences, &error.text())),
    }
}

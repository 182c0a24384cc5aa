//! Where the money goes: network and address, checked while they are typed with the same rules as on the server.

use crate::domain::{
    address::{Address, AddressWarning},
    network::Network,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A network that the coin can be sent on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
}

/// Network and address. What the server said is shown until something is changed.
#[island]
pub fn AddressField(
    /// The networks that carry the coin.
    networks: Vec<NetworkChoice>,
    /// Code of the chosen network; may be empty.
    network: String,
    /// What was typed.
    address: String,
    /// What the server said about the network.
    network_error: Option<String>,
    /// What the server said about the address.
    address_error: Option<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(network.clone());
    let typed = RwSignal::new(address.clone());
    let touched = RwSignal::new(false);
    let verdict = Memo::new(move |_| verdict(&chosen.get(), &typed.get()));
    let problem = move || {
        if !touched.get() {
            return address_error.clone();
        }
        match verdict.get() {
            Verdict::Wrong(message) => Some(message),
            Verdict::Empty | Verdict::Right(_) => None,
        }
    };
    let advice = move || match verdict.get() {
        Verdict::Right(Some(warning)) => Some(warning),
        Verdict::Right(None) => Some("The checksum is right.".to_owned()),
        Verdict::Empty | Verdict::Wrong(_) => None,
    };
    let advice_state = move || match verdict.get() {
        Verdict::Right(None) => "right",
        _ => "warning",
    };
    let invalid = {
        let problem = problem.clone();
        move || problem().is_some().to_string()
    };
    let radios = networks.into_iter().map(|choice| radio(choice, &network, touched, chosen)).collect_view();
    view! {
        <fieldset class="field" aria-describedby="network-error">
            <legend>"Network"</legend>
            <div class="choices">{radios}</div>
            <p class="error" id="network-error">{network_error}</p>
        </fieldset>
        <div class="field">
            <label for="address">"Customer's address"</label>
            <input
                id="address"
                name="address"
                class="input mono"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                required=true
                maxlength="128"
                value=address
                aria-invalid=invalid
                aria-describedby="address-hint address-error address-advice"
                on:input=move |event| {
                    touched.set(true);
                    typed.set(event_target_value(&event));
                }
            />
            <p class="hint" id="address-hint">
                "Ask the customer for it. The address that a payment came from often belongs to an exchange, and money sent there is lost."
            </p>
            <p class="error" id="address-error" aria-live="polite">{problem}</p>
            <p class="advice" id="address-advice" data-state=advice_state aria-live="polite">{advice}</p>
        </div>
    }
}

fn radio(
    choice: NetworkChoice,
    before: &str,
    touched: RwSignal<bool>,
    chosen: RwSignal<String>,
) -> impl IntoView + use<> {
    let code = choice.code.clone();
    let choose = move |_| {
        touched.set(true);
        chosen.set(code.clone());
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="network"
                required=true
                checked=choice.code == before
                value=choice.code
                on:change=choose
            />
            <span>{choice.title}</span>
        </label>
    }
}

/// What there is to say about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Empty,
    Wrong(String),
    Right(Option<String>),
}

fn verdict(network: &str, address: &str) -> Verdict {
    if address.trim().is_empty() || network.is_empty() {
        return Verdict::Empty;
    }
    let Ok(network) = Network::parse(network) else { return Verdict::Empty };
    match Address::parse(network, address) {
        Ok(address) => Verdict::Right(address.warning().map(|warning: AddressWarning| warning.to_string())),
        Err(error) => Verdict::Wrong(error.to_string()),
    }
}

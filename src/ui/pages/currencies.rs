//! Which coin this server receives and refunds on which network; the same list that refunds are checked against.

use crate::{
    domain::{
        address::{memo::MemoRule, network::Network, pairs::Pairs},
        money::currency::Currency,
        names::Named,
    },
    languages::Language,
    service::{
        pairs,
        simulate::{hanging_address, rejecting_address},
    },
    ui::{
        components::{
            address::AddressText,
            facts::fact,
            list::{Column, Table},
            mark::network_name,
        },
        page::{Content, page},
    },
    web::{forms::caller, language::language},
};
use leptos::prelude::*;

/// The supported pairs, and in a sandbox the addresses with which refunds fail or hang.
#[component]
pub fn CurrenciesPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    page(async move {
        let (requite, _) = caller?;
        let chain = requite.chain.as_ref();
        let (received, sent) = (pairs::received(chain), pairs::sent(chain));
        let columns = ["currencies-network", "currencies-coins", "currencies-memo"];
        let columns = columns.map(|id| Column::text(language.text(id)));
        let rows = received.networks().map(|network| network_row(language, (&received, &sent), network)).collect();
        // On real networks these addresses mean nothing.
        let simulated = requite.simulates();
        let title = language.text("currencies-supported");
        Ok(Content::new(
            language.text("currencies-title"),
            view! {
                <h1>{title.clone()}</h1>
                <p>{language.text("currencies-lead")}</p>
                {(received.networks().count() < Network::all().count())
                    .then(|| view! { <p class="hint">{language.text("currencies-connected")}</p> })}
                <Table label=title columns rows plain=true is_list=true />
                {simulated.then(|| test_addresses(language))}
            },
        ))
    })
}

fn network_row(language: Language, (received, sent): (&Pairs, &Pairs), network: Network) -> AnyView {
    let coins = received.coins(network).map(|coin| coin_name(language, sent, network, coin));
    let coins = coins.collect::<Vec<_>>().join(", ");
    let memo = match network.memo_rule() {
        MemoRule::None => "–".to_owned(),
        MemoRule::Optional(_) => language.text("currencies-memo-possible"),
        MemoRule::Expected(_) => language.text("currencies-memo-asked"),
    };
    view! {
        <tr>
            <th scope="row">{network_name(network)} " " <span class="hint">{network.code()}</span></th>
            <td data-label=language.text("currencies-coins")>{coins}</td>
            <td data-label=language.text("currencies-memo")>{memo}</td>
        </tr>
    }
    .into_any()
}

/// A coin's name, and that it is not refunded if this server only receives it.
fn coin_name(language: Language, sent: &Pairs, network: Network, coin: Currency) -> String {
    let name = coin.coin();
    if sent.contains(network, coin) {
        name.to_owned()
    } else {
        language.with("currencies-not-refunded", [("coin", name)])
    }
}

fn test_addresses(language: Language) -> AnyView {
    // One network for each address format; networks with the same format share the test addresses.
    let firsts = Network::all().filter(|n| Network::of_form(n.address_form()).next() == Some(*n));
    let networks = firsts.map(|network| {
        let name = Network::of_form(network.address_form()).map(Network::title).collect::<Vec<_>>().join(", ");
        let rejected = view! { <AddressText address=rejecting_address(network) /> };
        let hanging = view! { <AddressText address=hanging_address(network) /> };
        view! {
            <div class="card">
                <h3>{name}</h3>
                <dl class="facts">
                    {fact(language.text("currencies-test-rejected"), rejected)}
                    {fact(language.text("currencies-test-hanging"), hanging)}
                </dl>
            </div>
        }
    });
    view! {
        <section aria-labelledby="test-title">
            <h2 id="test-title">{language.text("currencies-test")}</h2>
            <p>{language.text("currencies-test-text")}</p>
            {networks.collect_view()}
        </section>
    }
    .into_any()
}

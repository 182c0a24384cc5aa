//! Which coin this server receives and refunds on which network; the same list that refunds are checked against.

use crate::{
    domain::{
        address::{memo::MemoRule, network::Network, pairs::Pairs},
        money::currency::Currency,
        names::Named,
    },
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
    web::forms::caller,
};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[Column::text("Network"), Column::text("Coins"), Column::text("Memo or tag")];

/// The supported pairs, and in a sandbox the addresses with which refunds fail or hang.
#[component]
pub fn CurrenciesPage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, _) = caller?;
        let chain = requite.chain.as_ref();
        let (received, sent) = (pairs::received(chain), pairs::sent(chain));
        let rows = received.networks().map(|network| {
            let coins =
                received.coins(network).map(|coin| coin_name(&sent, network, coin)).collect::<Vec<_>>().join(", ");
            let memo = match network.memo_rule() {
                MemoRule::None => "–",
                MemoRule::Optional(_) => "possible",
                MemoRule::Expected(_) => "asked for",
            };
            view! {
                <tr>
                    <th scope="row">{network_name(network)} " " <span class="hint">{network.code()}</span></th>
                    <td data-label="Coins">{coins}</td>
                    <td data-label="Memo or tag">{memo}</td>
                </tr>
            }
            .into_any()
        });
        // On real networks these addresses mean nothing.
        let simulated = requite.simulates();
        Ok(Content::new(
            "Currencies",
            view! {
                <h1>"Supported currencies"</h1>
                <p>"A refund goes out in the coin that was paid unless you choose another, on a network that carries it."</p>
                {(received.networks().count() < Network::all().count())
                    .then(|| view! { <p class="hint">"These are the networks that this server is connected to."</p> })}
                <Table label="Supported currencies" columns=COLUMNS rows=rows.collect() plain=true is_list=true />
                {simulated.then(test_addresses)}
            },
        ))
    })
}

/// A coin's name, and that it is not refunded if this server only receives it.
fn coin_name(sent: &Pairs, network: Network, coin: Currency) -> String {
    let name = coin.coin();
    if sent.contains(network, coin) { name.to_owned() } else { format!("{name} (not refunded by this server)") }
}

fn test_addresses() -> AnyView {
    // One network for each address format; networks with the same format share the test addresses.
    let firsts = Network::all().filter(|n| Network::of_form(n.address_form()).next() == Some(*n));
    let networks = firsts.map(|network| {
        let name = Network::of_form(network.address_form()).map(Network::title).collect::<Vec<_>>().join(", ");
        view! {
            <div class="card">
                <h3>{name}</h3>
                <dl class="facts">
                    {fact("Every refund is rejected", view! { <AddressText address=rejecting_address(network) /> })}
                    {fact("Every refund stays in processing for an hour", view! { <AddressText address=hanging_address(network) /> })}
                </dl>
            </div>
        }
    }).collect_view();
    view! {
        <section aria-labelledby="test-title">
            <h2 id="test-title">"Test addresses"</h2>
            <p>"In the sandbox every refund is completed after a moment, except to these addresses."</p>
            {networks}
        </section>
    }
    .into_any()
}

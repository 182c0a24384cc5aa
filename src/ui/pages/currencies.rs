//! Which coin can be refunded on which network; the same list that refunds are checked against.

use crate::{
    domain::{
        address::{memo::MemoRule, network::Network},
        names::Named,
    },
    service::simulate::{hanging_address, rejecting_address},
    ui::{
        components::{
            address::AddressText,
            facts::fact,
            list::{Column, Table},
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
        let rows = Network::all().map(|network| {
            let coins = network.coins().iter().map(|(coin, _)| coin.coin()).collect::<Vec<_>>().join(", ");
            let memo = match network.memo_rule() {
                MemoRule::None => "–",
                MemoRule::Optional(_) => "possible",
                MemoRule::Expected(_) => "asked for",
            };
            view! {
                <tr>
                    <th scope="row">{network.title()} " " <span class="hint">{network.code()}</span></th>
                    <td>{coins}</td>
                    <td>{memo}</td>
                </tr>
            }
            .into_any()
        });
        let sandbox = requite.settings.mode.require_sandbox().is_ok();
        Ok(Content::new(
            "Currencies",
            view! {
                <h1>"Supported currencies"</h1>
                <p>"A refund goes out in the coin that was paid unless you choose another, on a network that carries it."</p>
                <Table label="Supported currencies" columns=COLUMNS rows=rows.collect() plain=true />
                {sandbox.then(test_addresses)}
            },
        ))
    })
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

//! Which coin can be refunded on which network: the list that every door checks against.

use crate::{
    domain::{currency::Currency, network::Network},
    rails::sandbox::{hanging_address, rejecting_address},
    ui::{
        components::{address::AddressText, facts::fact},
        forms::caller,
        page::{Content, page},
    },
};
use leptos::prelude::*;

/// The supported pairs, and in a sandbox the addresses that behave badly on purpose.
#[component]
pub fn CurrenciesPage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, _) = caller?;
        let heads = Currency::ALL.map(|currency| view! { <th scope="col">{currency.code()} <br /> <span class="hint">{currency.coin()}</span></th> });
        let rows = Network::ALL.map(|network| {
            let cells = Currency::ALL.map(|currency| {
                let yes = network.carries(currency);
                view! { <td>{if yes { "yes" } else { "–" }}</td> }
            });
            view! { <tr><th scope="row">{network.title()} " " <span class="hint">{network.code()}</span></th>{cells}</tr> }
        });
        let sandbox = requite.require_sandbox().is_ok();
        Ok(Content::new(
            "Currencies",
            view! {
                <h1>"Supported currencies"</h1>
                <p>"A refund goes out in the currency that was paid, on a network that carries it."</p>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Supported currencies">
                    <table>
                        <thead><tr><th scope="col">"Network"</th>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {sandbox.then(test_addresses)}
            },
        ))
    })
}

fn test_addresses() -> AnyView {
    let networks = [Network::Eth, Network::Sol, Network::Btc].map(|network| {
        let name = if network == Network::Eth { "Ethereum, Base, Polygon, Arbitrum" } else { network.title() };
        view! {
            <div class="card">
                <h3>{name}</h3>
                <dl class="facts">
                    {fact("Every refund is rejected", view! { <AddressText address=rejecting_address(network) /> })}
                    {fact("Every refund stays in processing for an hour", view! { <AddressText address=hanging_address(network) /> })}
                </dl>
            </div>
        }
    });
    view! {
        <section aria-labelledby="test-title">
            <h2 id="test-title">"Test addresses"</h2>
            <p>"In the sandbox every refund is completed after a moment, except to these addresses."</p>
            {networks}
        </section>
    }
    .into_any()
}

//! Marks of coins and networks, so that a row is recognised sooner. They are our own drawings, in `style/marks.svg`, which
//! `scripts/site.mjs` puts into the file of the icons. As icons do, they stand beside words.

use crate::{
    domain::{address::network::Network, money::currency::Currency},
    web::embedded_files,
};
use leptos::prelude::*;

/// The name of a network with its mark.
pub fn network_name(network: Network) -> AnyView {
    let id = match network {
        Network::Eth => "coin-eth",
        Network::Base => "network-base",
        Network::Arb => "network-arb",
        Network::Op => "network-op",
        Network::Poly => "coin-pol",
        Network::Avax => "coin-avax",
        Network::Btc => "coin-btc",
        Network::Ltc => "coin-ltc",
        Network::Sol => "coin-sol",
        Network::Xrp => "coin-xrp",
        Network::Xlm => "coin-xlm",
        Network::Algo => "network-algo",
        Network::Trx => "coin-trx",
        Network::Near => "network-near",
        Network::Noble => "network-noble",
        Network::Hbar => "network-hbar",
    };
    marked(id, network.title())
}

/// The names of several networks with their marks.
pub fn network_names(networks: impl IntoIterator<Item = Network>) -> AnyView {
    let names = networks.into_iter().enumerate().map(|(place, network)| {
        view! { {(place > 0).then_some(", ")} {network_name(network)} }
    });
    // One element: in a cell that is a grid, each part would be a cell of its own.
    view! { <span>{names.collect_view()}</span> }.into_any()
}

/// The code of a currency with the mark of its coin.
pub fn currency_code(currency: Currency) -> AnyView {
    let id = match currency {
        Currency::Usd => "coin-usd",
        Currency::Eur => "coin-eur",
        Currency::Usdt => "coin-usdt",
        Currency::Eth => "coin-eth",
        Currency::Btc => "coin-btc",
        Currency::Ltc => "coin-ltc",
        Currency::Sol => "coin-sol",
        Currency::Xrp => "coin-xrp",
        Currency::Xlm => "coin-xlm",
        Currency::Trx => "coin-trx",
        Currency::Pol => "coin-pol",
        Currency::Avax => "coin-avax",
        // Only prices are in it.
        Currency::Fiat(_) => return currency.code().into_any(),
    };
    marked(id, currency.code())
}

fn marked(id: &str, text: &'static str) -> AnyView {
    let href = format!("{}#{id}", embedded_files::icons());
    view! {
        <span class="marked">
            <svg class="icon" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
                <use href=href></use>
            </svg>
            {text}
        </span>
    }
    .into_any()
}

//! What our own addresses on real networks hold, and what nobody has explained: sections of the page of payouts.

use crate::{
    domain::operations::books::{Flow, OpenMovement},
    service::operations::books::{Books, CoinBooks},
    texts::titles::Title,
    ui::components::{
        list::{Column, Table},
        time::Time,
    },
};
use leptos::prelude::*;

const OPEN_COLUMNS: &[Column] =
    &[Column::text("Network"), Column::text("What happened"), Column::text("Transaction or id"), Column::text("Found")];

const ENTRY_COLUMNS: &[Column] = &[Column::text("What"), Column::number("Amount")];

/// Nothing before the first comparison, unless something has to be explained.
pub fn books_sections(books: &Books) -> AnyView {
    view! {
        {(!books.open.is_empty()).then(|| open_movements(&books.open))}
        {(!books.coins.is_empty()).then(|| coins(&books.coins))}
    }
    .into_any()
}

fn open_movements(open: &[OpenMovement]) -> AnyView {
    let rows = open.iter().map(open_row).collect();
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="movements-title">
            <h2 id="movements-title">"Coins that moved, and nobody has explained why"</h2>
            <p>
                "Name your other addresses in 'own-addresses' of the server's networks, so that sweeps and top-ups are recognised. \
                 For the rest, an administrator runs 'requite payouts explain' on the server."
            </p>
            <Table label="Movements to be explained" columns=OPEN_COLUMNS rows plain=true />
        </section>
    }
    .into_any()
}

fn open_row(movement: &OpenMovement) -> AnyView {
    view! {
        <tr>
            <td>{movement.network.title()}</td>
            <td class="sentence wrap">{movement.story()}</td>
            <td class="mono"><span class="two-lines">{movement.name()}</span></td>
            <td><Time at=movement.found_at /></td>
        </tr>
    }
    .into_any()
}

fn coins(coins: &[CoinBooks]) -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="books-title">
            <h2 id="books-title">"What your addresses hold, and why"</h2>
            <p class="hint">
                "Deposit addresses and accounts that pay together. What came less what went is what the chain shows, to the last unit."
            </p>
            {coins.iter().map(coin).collect_view()}
        </section>
    }
    .into_any()
}

fn coin(books: &CoinBooks) -> AnyView {
    let name = format!("{} on {}", books.currency.coin_symbol(), books.network.title());
    let entries = books.entries.iter().map(|(kind, flow, amount)| {
        let sign = if *flow == Flow::In { "+" } else { "−" };
        row(kind.title(), format!("{sign} {}", amount.number()))
    });
    let held = [("at deposit addresses", books.deposits_hold), ("at accounts that pay", books.senders_hold)];
    let held = held.into_iter().map(|(what, amount)| row(what, format!("= {}", amount.number())));
    let rows = entries.chain(held).collect();
    let (height, at) = books.compared;
    view! {
        <details>
            <summary>{name}</summary>
            <p class="hint">"As of block " <span class="number">{height}</span> ", " <Time at /></p>
            <Table label="Entries of this coin" columns=ENTRY_COLUMNS rows plain=true />
        </details>
    }
    .into_any()
}

fn row(what: &'static str, amount: String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td class="end number">{amount}</td>
        </tr>
    }
    .into_any()
}

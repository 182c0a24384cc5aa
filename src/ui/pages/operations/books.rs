//! What our own addresses on real networks hold, and what nobody has explained: sections of the page of payouts.

use super::payout_reconciliation::explain_form;
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

const ENTRY_COLUMNS: &[Column] = &[Column::text("What"), Column::number("Amount")];

/// Nothing before the first comparison, unless something has to be explained.
pub fn books_sections(books: &Books, may_explain: bool) -> AnyView {
    view! {
        {(!books.open.is_empty()).then(|| open_movements(&books.open, may_explain))}
        {(!books.coins.is_empty()).then(|| coins(&books.coins))}
    }
    .into_any()
}

fn open_movements(open: &[OpenMovement], may_explain: bool) -> AnyView {
    let items =
        open.iter().enumerate().map(|(number, movement)| open_item(movement, number, may_explain)).collect_view();
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="movements-title">
            <h2 id="movements-title">"Coins that moved, and nobody has explained why"</h2>
            <p>
                "Name your other addresses in 'own-addresses' of the server's networks, so that sweeps and top-ups are recognised. \
                 An owner says what the rest was."
            </p>
            <ul class="stack">{items}</ul>
        </section>
    }
    .into_any()
}

fn open_item(movement: &OpenMovement, number: usize, may_explain: bool) -> AnyView {
    let name = movement.name();
    let form = may_explain.then(|| explain_form(movement.network, &name, &format!("movement-{number}")));
    view! {
        <li class="stack finding">
            <p class="wrap">
                {movement.network.title()} ": " {movement.story()} " " <code class="mono">{name}</code> " Found "
                <Time at=movement.found_at /> "."
            </p>
            {form}
        </li>
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
            <td data-label="Amount" class="end number">{amount}</td>
        </tr>
    }
    .into_any()
}

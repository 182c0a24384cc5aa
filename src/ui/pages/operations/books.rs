//! What our own addresses on real networks hold, and what nobody has explained: sections of the page of payouts.

use super::payout_reconciliation::{explain_form, found_at};
use crate::{
    domain::operations::books::{Flow, OpenMovement},
    languages::Language,
    service::operations::books::{Books, CoinBooks},
    texts::{amounts::number, payouts::of_movement, titles::Title},
    ui::components::{
        list::{Column, Table},
        time::Time,
    },
};
use leptos::prelude::*;

/// Nothing before the first comparison, unless something has to be explained.
pub fn books_sections(language: Language, books: &Books, may_explain: bool) -> AnyView {
    view! {
        {(!books.open.is_empty()).then(|| open_movements(language, &books.open, may_explain))}
        {(!books.coins.is_empty()).then(|| coins(language, &books.coins))}
    }
    .into_any()
}

fn open_movements(language: Language, open: &[OpenMovement], may_explain: bool) -> AnyView {
    let items = open
        .iter()
        .enumerate()
        .map(|(number, movement)| open_item(language, movement, number, may_explain))
        .collect_view();
    view! {
        <section class="notice" data-kind="warning" aria-labelledby="movements-title">
            <h2 id="movements-title">{language.text("payouts-movements")}</h2>
            <p>{language.text("payouts-movements-lead")}</p>
            <ul class="stack">{items}</ul>
        </section>
    }
    .into_any()
}

fn open_item(language: Language, movement: &OpenMovement, number: usize, may_explain: bool) -> AnyView {
    let name = movement.name();
    let form = may_explain.then(|| explain_form(language, movement.network, &name, &format!("movement-{number}")));
    view! {
        <li class="stack finding">
            <p class="wrap">
                {movement.network.title()} ": " {of_movement(language, movement)} " " <code class="mono">{name}</code> " "
                {found_at(language, movement.found_at)}
            </p>
            {form}
        </li>
    }
    .into_any()
}

fn coins(language: Language, coins: &[CoinBooks]) -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="books-title">
            <h2 id="books-title">{language.text("payouts-books")}</h2>
            <p class="hint">{language.text("payouts-books-hint")}</p>
            {coins.iter().map(|books| coin(language, books)).collect_view()}
        </section>
    }
    .into_any()
}

fn coin(language: Language, books: &CoinBooks) -> AnyView {
    let (coin, network) = (books.currency.coin_symbol(), books.network.title());
    let name = language.with("payouts-books-coin", [("coin", coin), ("network", network)]);
    let amount = language.text("payouts-books-amount");
    let entries = books.entries.iter().map(|(kind, flow, amount)| {
        let sign = if *flow == Flow::In { "+" } else { "−" };
        (kind.title(language), format!("{sign} {}", number(language, &amount.number())))
    });
    let held = [("payouts-books-deposits", books.deposits_hold), ("payouts-books-senders", books.senders_hold)];
    let held =
        held.into_iter().map(|(id, amount)| (language.text(id), format!("= {}", number(language, &amount.number()))));
    let rows = entries.chain(held).map(|(what, number)| row(what, amount.clone(), number)).collect();
    let columns = vec![Column::text(language.text("payouts-books-what")), Column::number(amount.clone())];
    let (height, at) = books.compared;
    let (before, after) = language.around_with("payouts-books-as-of", "at", [("height", height.to_string())]);
    view! {
        <details>
            <summary>{name}</summary>
            <p class="hint">{before} <Time at /> {after}</p>
            <Table label=language.text("payouts-books-entries") columns rows plain=true />
        </details>
    }
    .into_any()
}

fn row(what: String, title: String, amount: String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td data-label=title class="end number">{amount}</td>
        </tr>
    }
    .into_any()
}

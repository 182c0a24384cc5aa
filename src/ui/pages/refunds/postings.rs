//! What a refund has moved in the ledger.

use crate::{
    domain::{
        ledger::{LedgerTransaction, Posting},
        money::number,
    },
    languages::Language,
    texts::titles::Title,
    ui::components::{
        amount::{amount_cell, exact_with_code},
        list::{Column, Table},
        time::Time,
    },
};
use leptos::prelude::*;

/// A table for each movement, such as the reservation. Both sides of each have the same sum in every currency.
pub fn postings_section(language: Language, transactions: &[LedgerTransaction]) -> AnyView {
    let tables = transactions.iter().map(|transaction| movement(language, transaction)).collect_view();
    view! {
        <section class="card stack" aria-labelledby="postings-title">
            <h2 id="postings-title">{language.text("refund-postings")}</h2>
            <p class="hint">{language.text("refund-postings-hint")}</p>
            {tables}
        </section>
    }
    .into_any()
}

fn movement(language: Language, transaction: &LedgerTransaction) -> AnyView {
    let name = |id: &str| language.text(id);
    let title = transaction.reason.title(language);
    let columns =
        [Column::text(name("refund-account")), Column::number(name("refund-in")), Column::number(name("refund-out"))];
    let rows = transaction.postings.iter().map(|posting| posting_row(language, posting)).collect();
    view! {
        <div class="section-head">
            <h3>{title.clone()}</h3>
            <Time at=transaction.at seconds=true />
        </div>
        <Table label=title columns rows plain=true />
    }
    .into_any()
}

/// A positive posting increases its account.
fn posting_row(language: Language, posting: &Posting) -> AnyView {
    let name = |id: &str| language.text(id);
    let amount = exact_with_code(&number(posting.amount.abs(), posting.currency), posting.currency);
    let (inward, outward) = if posting.amount.is_sign_negative() { (None, Some(amount)) } else { (Some(amount), None) };
    view! {
        <tr>
            <th scope="row">{posting.account.title(language)}</th>
            {amount_cell(name("refund-in"), inward)}
            {amount_cell(name("refund-out"), outward)}
        </tr>
    }
    .into_any()
}

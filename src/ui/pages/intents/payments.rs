//! The payments of an intent: a live list if a real network reports them, otherwise a table.

use crate::{
    chain::Chain,
    domain::{
        customers::{CustomerField, CustomerRecord},
        intents::payment_intent::PaymentIntent,
        names::Named,
    },
    islands::payments::{Payments, TEXTS},
    languages::Language,
    service::intents::payment_progress::{PaymentView, PaymentViews, is_followed},
    texts::titles::Title,
    ui::components::{
        address::{shortened_sender, shortened_transaction},
        amount::{listed, listed_with_code},
        list::{Column, Table},
        mark::network_name,
        status::Badge,
        time::Time,
    },
    web::{paths, payment_progress},
};
use leptos::prelude::*;

fn columns(language: Language) -> Vec<Column> {
    let text = |id: &str| language.text(id);
    vec![
        Column::number(text("intents-amount")),
        Column::text(text("intents-status")),
        Column::number(text("intents-credited")),
        Column::text(text("intents-from-and-transaction")),
    ]
}

/// The section of the payments.
pub fn payments_card(
    language: Language,
    chain: Option<&Chain>,
    intent: &PaymentIntent,
    views: PaymentViews,
) -> AnyView {
    if is_followed(chain, intent, views.payments.iter().map(|view| &view.payment)) {
        let initial = payment_progress::of_intent(language, intent, &views);
        let texts = language.texts(TEXTS);
        return view! { <Payments id=intent.id.to_string() is_customer=false has_link=true initial texts /> }
            .into_any();
    }
    let body = if views.payments.is_empty() {
        view! { <p class="hint">{language.text("payments-none")}</p> }.into_any()
    } else {
        let rows = views.payments.into_iter().map(|view| row(language, view)).collect();
        let label = language.text("intents-payments-of-this");
        view! { <Table label columns=columns(language) rows plain=true /> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="payments-title">
            <h2 id="payments-title">{language.text("payments-title")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(language: Language, view: PaymentView) -> AnyView {
    let text = |id: &str| language.text(id);
    let PaymentView { payment, stage, link, .. } = view;
    let customer = paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0));
    let sender = payment.from_address.map(|address| shortened_sender(&address, customer));
    let transaction = payment.transaction_hash.map(|hash| shortened_transaction(&hash, link));
    view! {
        <tr>
            <td data-label=text("intents-amount") class="end number">{listed(payment.amount)}</td>
            <td data-label=text("intents-status")>
                <Badge status=stage.as_str() label=stage.title(language) />
                <p class="hint"><span class="visually-hidden">{text("intents-arrived")} " "</span> <Time at=payment.created_at /></p>
            </td>
            <td data-label=text("intents-credited") class="end number">{listed_with_code(payment.settlement)}</td>
            <td data-label=text("intents-from-and-transaction")>
                {sender}
                {transaction.map(|transaction| view! { <div>{transaction}</div> })}
                <p class="hint">{network_name(payment.network)}</p>
            </td>
        </tr>
    }
    .into_any()
}

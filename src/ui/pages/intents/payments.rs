//! The payments of an intent: a live list if a real network reports them, otherwise a table.

use crate::{
    chain::Chain,
    domain::{
        customers::{CustomerField, CustomerRecord},
        intents::payment_intent::PaymentIntent,
        names::Named,
    },
    islands::payments::{Payments, TEXTS},
    service::intents::payment_progress::{PaymentView, PaymentViews, is_followed},
    texts::titles::Title,
    ui::components::{
        address::shortened,
        amount::aligned,
        list::{Column, Table},
        status::Badge,
        time::Time,
    },
    web::{language::language, paths, payment_progress},
};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    Column::number("Amount"),
    Column::text("Status"),
    Column::number("Credited"),
    Column::text("From"),
    Column::text("Arrived"),
];

/// The section of the payments.
pub fn payments_card(chain: Option<&Chain>, intent: &PaymentIntent, views: PaymentViews) -> AnyView {
    if is_followed(chain, intent, views.payments.iter().map(|view| &view.payment)) {
        let initial = payment_progress::of_intent(intent, &views);
        let texts = language().texts(TEXTS);
        return view! { <Payments id=intent.id.to_string() is_customer=false has_link=true initial texts /> }
            .into_any();
    }
    let body = if views.payments.is_empty() {
        view! { <p class="hint">"Nothing has arrived yet."</p> }.into_any()
    } else {
        let rows = views.payments.into_iter().map(row).collect();
        view! { <Table label="Payments of this payment intent" columns=COLUMNS rows plain=true /> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="payments-title">
            <h2 id="payments-title">"Payments"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(view: PaymentView) -> AnyView {
    let PaymentView { payment, stage, .. } = view;
    let customer = paths::customer(CustomerRecord::new(CustomerField::PaymentSender, payment.id.0));
    let sender = payment.from_address.map(|address| view! { <a href=customer><code>{shortened(&address)}</code></a> });
    view! {
        <tr>
            <td data-label="Amount" class="end number">{aligned(&payment.amount.with_coin_symbol())}</td>
            <td data-label="Status"><Badge status=stage.as_str() label=stage.title() /></td>
            <td data-label="Credited" class="end number">{aligned(&payment.settlement.to_string())}</td>
            <td data-label="From">{sender}</td>
            <td data-label="Arrived"><Time at=payment.created_at /></td>
        </tr>
    }
    .into_any()
}

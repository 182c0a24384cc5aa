//! The payments of an intent or an order. The table is the same whether a real network reports them or not; if one does, a line
//! below keeps it up to date.

use crate::{
    chain::Chain,
    domain::{ids::PayPageId, intents::payment_intent::PaymentIntent},
    islands::payments::{FollowPayments, SECTION, TEXTS},
    languages::Language,
    service::intents::{
        pay_page::Shown,
        payment_progress::{PaymentViews, is_followed},
    },
    ui::components::{
        address::{shortened_sender, shortened_transaction},
        amount::{listed, listed_with_code},
        list::{Column, Table},
        mark::network_name,
        status::Badge,
        time::Time,
    },
    web::payment_progress::{self, ShownPayment},
};
use leptos::prelude::*;

/// The section on the page of an intent.
pub fn payments_card(
    language: Language,
    chain: Option<&Chain>,
    intent: &PaymentIntent,
    views: &PaymentViews,
) -> AnyView {
    let line = is_followed(chain, intent, views.payments.iter().map(|view| &view.payment)).then(|| {
        let initial = payment_progress::of_intent(language, intent, views);
        let texts = language.texts(TEXTS);
        view! { <FollowPayments id=intent.id.to_string() is_customer=false has_link=true initial texts /> }.into_any()
    });
    let label = language.text("intents-payments-of-this");
    section(language, label, payment_progress::for_team(language, views), line)
}

/// The section on the customer's page of an order, whose payments a real network reports; nothing before the first.
/// `is_watched` says whether the page has a link to itself already.
pub fn order_payments_card(
    language: Language,
    id: PayPageId,
    shown: &Shown,
    views: &PaymentViews,
    is_watched: bool,
) -> Option<AnyView> {
    (!views.payments.is_empty()).then(|| {
        let initial = payment_progress::of_order(language, shown, views);
        let texts = language.texts(TEXTS);
        let line = view! { <FollowPayments id=id.to_string() is_customer=true has_link=!is_watched initial texts /> };
        let label = language.text("payments-of-order");
        section(language, label, payment_progress::for_customer(language, views), Some(line.into_any()))
    })
}

/// Only the table is brought up to date: the line under it is what does so.
fn section(language: Language, label: String, payments: Vec<ShownPayment>, line: Option<AnyView>) -> AnyView {
    let body = if payments.is_empty() {
        view! { <p class="hint">{language.text("payments-none")}</p> }.into_any()
    } else {
        let is_credit_shown = payments.iter().any(|payment| payment.credited.is_some());
        let rows = payments.into_iter().map(|payment| row(language, payment)).collect();
        view! { <Table label columns=columns(language, is_credit_shown) rows plain=true /> }.into_any()
    };
    view! {
        <section class="card" id=SECTION tabindex="-1" aria-labelledby="payments-title">
            <h2 id="payments-title">{language.text("payments-title")}</h2>
            <div data-live="">{body}</div>
            {line}
        </section>
    }
    .into_any()
}

/// Customers see neither what is credited nor a sender.
fn columns(language: Language, is_credit_shown: bool) -> Vec<Column> {
    let text = |id: &str| language.text(id);
    let mut columns = vec![Column::number(text("intents-amount")), Column::text(text("intents-status"))];
    if is_credit_shown {
        columns.push(Column::number(text("intents-credited")));
    }
    columns.push(Column::text(text(origin(is_credit_shown))));
    columns
}

const fn origin(is_sender_shown: bool) -> &'static str {
    if is_sender_shown { "intents-from-and-transaction" } else { "payments-transaction" }
}

/// What is said in it breaks where the cell ends, so that the table is not wider than in the sandbox.
fn row(language: Language, payment: ShownPayment) -> AnyView {
    let text = |id: &str| language.text(id);
    let ShownPayment { amount, status, title, sentence, credited, network, block, position, sender, .. } = payment;
    let (transaction, link, at) = (payment.transaction, payment.link, payment.at);
    let origin = text(origin(credited.is_some()));
    let credited = credited.map(|credited| {
        view! { <td data-label=text("intents-credited") class="end number">{listed_with_code(credited)}</td> }
    });
    let sender = sender.map(|sender| shortened_sender(&sender.address, sender.everything));
    let transaction = transaction.map(|hash| shortened_transaction(&hash, link));
    let detail = |name: String, value: String| {
        view! { <p class="hint wrap">{name} " " <span class="number">{value}</span></p> }
    };
    view! {
        <tr>
            <td data-label=text("intents-amount") class="end number">{listed(amount)}</td>
            <td data-label=text("intents-status")>
                <div aria-live="polite"><Badge status label=title /></div>
                <p class="hint"><span class="visually-hidden">{text("intents-arrived")} " "</span> <Time at /></p>
                <p class="hint wrap">{sentence}</p>
            </td>
            {credited}
            <td data-label=origin>
                {sender}
                {transaction.map(|transaction| view! { <div>{transaction}</div> })}
                <p class="hint">{network_name(network)}</p>
                {block.map(|block| detail(text("payments-block"), block))}
                {position.map(|position| detail(text("payments-position"), position.to_string()))}
            </td>
        </tr>
    }
    .into_any()
}

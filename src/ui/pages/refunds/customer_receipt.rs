//! The receipt of a refund, for whoever has its link.

use crate::{
    service::refunds::{
        receipt::{self, Receipt},
        transfer,
    },
    ui::{
        components::{
            address::transaction_to_copy,
            amount::{in_words, on_network},
            facts::fact,
            personal::personal,
            time::Time,
            typed_text::TypedText,
        },
        customer::{customer_page, order_name},
        page::{Content, param},
    },
    web::{client_address::client_address, forms, language::language},
};
use leptos::prelude::*;

/// The receipt, without anything of the team.
#[component]
pub fn CustomerReceiptPage() -> impl IntoView {
    let request = forms::request();
    let token = param("receipt");
    let language = language();
    customer_page(async move {
        let (requite, parts) = request?;
        let from = client_address(&requite, &parts);
        let receipt = receipt::for_customer(&requite.store, &requite.link_limits, &token, from).await?;
        let link = transfer::transaction_link(requite.chain.as_ref(), &receipt.refund);
        let shop = receipt.shop.name.clone();
        let title = language.text("receipt-heading");
        let body = view! {
            <h1>{title.clone()}</h1>
            {contents(&receipt, link)}
            <p class="hint no-print">{language.text("receipt-keep")}</p>
        };
        Ok((shop, Content::new(title, body)))
    })
}

/// What the receipt says, in the language of the page.
pub(super) fn contents(receipt: &Receipt, link: Option<String>) -> AnyView {
    let Receipt { shop, refund, .. } = receipt;
    let terms = &refund.terms;
    let value = refund.amount();
    let language = language();
    let name = |id: &str| language.text(id);
    let worth = (value.currency() != terms.send.currency()).then(|| {
        let (before, after) = language.around("receipt-value-paid", "amount");
        let number = view! { {before} {in_words(value)} {after} };
        fact(name("receipt-value"), number)
    });
    view! {
        <section class="card" aria-labelledby="receipt-title">
            <h2 id="receipt-title">{on_network(terms.send, refund.network)}</h2>
            <dl class="facts">
                {fact(name("receipt-from"), view! { <TypedText text=shop.name.clone() /> })}
                {fact(name("receipt-for"), view! { <TypedText text=order_name(&shop.called) /> })}
                {worth}
                {fact(name("receipt-sent"), view! { <Time at=refund.updated_at /> })}
                {fact(name("receipt-address"), personal(&receipt.address))}
                {receipt.memo.as_ref().map(|memo| fact(name("receipt-memo"), personal(memo)))}
                {refund
                    .transaction_hash
                    .as_deref()
                    .map(|hash| fact(name("receipt-transaction"), transaction_to_copy(link, hash)))}
                {fact(name("receipt-number"), view! { <span class="mono wrap">{refund.id.to_string()}</span> })}
            </dl>
            <p class="hint">{language.text("receipt-proof")}</p>
        </section>
    }
    .into_any()
}

//! The receipt of a refund: for the team, with the link that customers can open, and for customers.

use crate::{
    domain::{
        ids::RefundId,
        people::actor::{Actor, Permission},
    },
    islands::{copy_button::CopySecret, transaction::transaction_link},
    server_fns::receipts::ShareReceipt,
    service::refunds::{
        receipt::{self, Receipt},
        transfer,
    },
    ui::{
        components::{facts::fact, notice::SuccessNotice, personal::personal, time::Time, typed_text::TypedText},
        customer::customer_page,
        page::{Content, page, param, query},
    },
    web::{
        client_address::client_address,
        form_query::DoneQuery,
        forms::{self, caller, id},
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

const TITLE: &str = "Receipt for a refund";

/// The receipt, and how the customer gets it.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "refund")?;
        let receipt = receipt::of_refund(&requite.store, &actor, id).await?;
        let link = transfer::transaction_link(requite.chain.as_ref(), &receipt.refund);
        let url =
            receipt.token.as_ref().map(|token| format!("{}{}{token}", requite.settings.base_url(), receipt::PAGE));
        let title = format!("Refund of {}", receipt.refund.amount().with_coin_symbol());
        Ok(Content::new(
            TITLE,
            view! {
                <h1>{TITLE}</h1>
                <SuccessNotice done />
                {contents(&receipt, link)}
                {for_the_customer(id, url, &actor)}
            },
        )
        .below(paths::refund(id), title))
    })
}

/// The receipt for whoever has the link.
#[component]
pub fn CustomerReceiptPage() -> impl IntoView {
    let request = forms::request();
    let token = param("receipt");
    customer_page(async move {
        let (requite, parts) = request?;
        let from = client_address(&requite, &parts);
        let receipt = receipt::for_customer(&requite.store, &requite.link_limits, &token, from).await?;
        let link = transfer::transaction_link(requite.chain.as_ref(), &receipt.refund);
        let shop = receipt.shop.name.clone();
        let body = view! {
            <h1>{TITLE}</h1>
            {contents(&receipt, link)}
            <p class="hint no-print">"To keep it, print this page or save it as a PDF."</p>
        };
        Ok((shop, Content::new(TITLE, body)))
    })
}

fn contents(receipt: &Receipt, link: Option<String>) -> AnyView {
    let Receipt { shop, refund, .. } = receipt;
    let terms = &refund.terms;
    let value = refund.amount();
    let worth = (value.currency() != terms.send.currency())
        .then(|| fact("Value", view! { <span class="number">{value.with_coin_symbol()}</span> " of what was paid" }));
    view! {
        <section class="card" aria-labelledby="receipt-title">
            <h2 id="receipt-title"><span class="number">{terms.send.with_coin_symbol()}</span> " on " {refund.network.title()}</h2>
            <dl class="facts">
                {fact("From", view! { <TypedText text=shop.name.clone() /> })}
                {fact("For", view! { <TypedText text=shop.order.clone() /> })}
                {worth}
                {fact("Sent", view! { <Time at=refund.updated_at /> })}
                {fact("Address", personal(&receipt.address))}
                {refund.memo.clone().map(|memo| fact("Memo or tag", view! { <span class="mono wrap">{memo}</span> }))}
                {refund.transaction_hash.clone().map(|hash| fact("Transaction", transaction_link(link, hash)))}
                {fact("Number", view! { <span class="mono wrap">{refund.id.to_string()}</span> })}
            </dl>
            <p class="hint">"Anybody can look the transaction up on the network and see that it paid this amount to this address."</p>
        </section>
    }
    .into_any()
}

fn for_the_customer(id: RefundId, url: Option<String>, actor: &Actor) -> Option<AnyView> {
    let body = match url {
        Some(url) => view! {
            <p>"Whoever has this link can open the receipt:"</p>
            <p class="wrap">
                <a id="receipt-link" href=url.clone()>{url.clone()}</a> " " <CopySecret of="receipt-link".to_owned() what="the link".to_owned() />
            </p>
        }
        .into_any(),
        None if actor.may(Permission::Refund) => view! {
            <p>"A link lets the customer open the receipt without signing in. It shows no e-mail address and no note."</p>
            <form method="post" action=ShareReceipt::url()>
                <input type="hidden" name="refund" value=id.to_string() />
                <div class="actions"><button class="button">"Make a link"</button></div>
            </form>
        }
        .into_any(),
        None => return None,
    };
    Some(
        view! {
            <section class="card no-print" aria-labelledby="share-title">
                <h2 id="share-title">"For the customer"</h2>
                {body}
                <p class="hint">"Or print this page, or save it as a PDF: only the receipt is printed."</p>
            </section>
        }
        .into_any(),
    )
}

//! The receipt of a refund for the team, with the link that customers can open.

use super::customer_receipt::contents;
use crate::{
    domain::{
        ids::RefundId,
        people::actor::{Actor, Permission},
    },
    languages::Language,
    server_fns::receipts::ShareReceipt,
    service::refunds::{receipt, transfer},
    ui::{
        components::{copy::copy_shown, notice::SuccessNotice},
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, id},
        language::language,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The receipt, and how the customer gets it.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    let done: DoneQuery = query();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "error-unknown-refund")?;
        let receipt = receipt::of_refund(&requite.store, &actor, id).await?;
        let link = transfer::transaction_link(requite.chain.as_ref(), &receipt.refund);
        let url =
            receipt.token.as_ref().map(|token| format!("{}{}{token}", requite.settings.base_url(), receipt::PAGE));
        let title = language.text("receipt-heading");
        let refund_title = language.with("refund-of", [("amount", receipt.refund.amount().with_coin_symbol())]);
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <SuccessNotice done />
                {contents(&receipt, link)}
                {for_the_customer(language, id, url, &actor)}
            },
        )
        .below(paths::refund(id), refund_title))
    })
}

fn for_the_customer(language: Language, id: RefundId, url: Option<String>, actor: &Actor) -> Option<AnyView> {
    let body = match url {
        Some(url) => view! {
            <p>{language.text("refund-receipt-link")}</p>
            <p class="wrap">
                <a id="receipt-link" href=url.clone()>{url.clone()}</a> " " {copy_shown("receipt-link", "copy-link")}
            </p>
        }
        .into_any(),
        None if actor.may(Permission::Refund) => view! {
            <p>{language.text("refund-receipt-no-link")}</p>
            <form method="post" action=ShareReceipt::url()>
                <input type="hidden" name="refund" value=id.to_string() />
                <div class="actions"><button class="button">{language.text("refund-receipt-make-link")}</button></div>
            </form>
        }
        .into_any(),
        None => return None,
    };
    Some(
        view! {
            <section class="card no-print" aria-labelledby="share-title">
                <h2 id="share-title">{language.text("refund-receipt-for-customer")}</h2>
                {body}
                <p class="hint">{language.text("refund-receipt-print")}</p>
            </section>
        }
        .into_any(),
    )
}

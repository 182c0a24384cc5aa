//! The receipt of a refund for the team, with the link that customers can open.

use super::customer_receipt::contents;
use crate::{
    domain::{
        ids::RefundId,
        people::actor::{Actor, Permission},
    },
    languages::Language,
    server_fns::receipts::{MailReceipt, ShareReceipt},
    service::refunds::{
        receipt::{self, Receipt},
        transfer,
    },
    texts::amounts::in_coin,
    ui::{
        components::{notice::SuccessNotice, personal::personal},
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
        let receipt = receipt::of_refund(&requite.store, &requite.settings, &actor, id).await?;
        let link = transfer::transaction_link(requite.chain.as_ref(), &receipt.refund);
        let title = language.text("receipt-heading");
        let refund_title = language.with("refund-of", [("amount", in_coin(language, receipt.refund.amount()))]);
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <SuccessNotice done />
                {contents(&receipt, link)}
                {for_the_customer(language, &receipt, &actor)}
            },
        )
        .below(paths::refund(id), refund_title))
    })
}

fn for_the_customer(language: Language, receipt: &Receipt, actor: &Actor) -> Option<AnyView> {
    let id = receipt.refund.id;
    let body = match &receipt.link {
        Some(link) => view! {
            <p>{language.text("refund-receipt-link")}</p>
            <div class="wrap">{personal(link)}</div>
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
                {receipt.mails.map(|mails| mail_form(language, id, mails))}
                <p class="hint">{language.text("refund-receipt-print")}</p>
            </section>
        }
        .into_any(),
    )
}

fn mail_form(language: Language, id: RefundId, mails: usize) -> AnyView {
    view! {
        <form method="post" action=MailReceipt::url()>
            <input type="hidden" name="refund" value=id.to_string() />
            <input type="hidden" name="mails" value=mails.to_string() />
            <div class="actions"><button class="button">{language.text("refund-receipt-mail")}</button></div>
        </form>
    }
    .into_any()
}

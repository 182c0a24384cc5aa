//! The page on which a customer says whether an address is theirs. It works without JavaScript, and opening it changes
//! nothing.

use crate::{
    domain::{
        names::Named,
        refunds::{
            confirmation::Answer,
            refund::{RefundStatus, RejectionType},
        },
    },
    islands::{submit_button::SubmitButton, transaction::transaction_link},
    server_fns::confirmation::AnswerConfirmation,
    service::refunds::{
        confirmation::{self, CustomerPage},
        transfer,
    },
    ui::{
        components::{address::groups_of_four, facts::fact, notice::Advice, time::Time, typed_text::TypedText},
        customer::customer_page,
        page::{Content, param},
    },
    web::{client_address::client_address, forms},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount and destination with the two answers; afterwards, the outcome.
#[component]
pub fn ConfirmationPage() -> impl IntoView {
    let request = forms::request();
    let token = param("token");
    customer_page(async move {
        let (requite, parts) = request?;
        let from = client_address(&requite, &parts);
        let question = confirmation::customer_page((&requite).into(), &requite.context(), &token, from).await?;
        let shop = question.shop.name.clone();
        let (title, head) = if question.is_open { open(&question) } else { outcome(&question) };
        let is_open = question.is_open;
        let body = view! {
            <h1>{title}</h1>
            {head}
            {refund_summary(&question, transfer::transaction_link(requite.chain.as_ref(), &question.refund))}
            {is_open.then(|| forms_of(&question, &token))}
        };
        Ok((shop, Content::new(title, body)))
    })
}

fn open(question: &CustomerPage) -> (&'static str, AnyView) {
    let until = question.refund.confirm_until.unwrap_or(question.refund.created_at);
    let head = view! {
        <p class="lead">
            <strong><TypedText text=question.shop.name.clone() /></strong> " wants to send you a refund. Compare the address below with the one in your own wallet or account, from the first character to the last."
        </p>
        <p>"You have until " <Time at=until /> ". Nothing is sent before you confirm."</p>
    };
    ("Is this address yours?", head.into_any())
}

fn refund_summary(question: &CustomerPage, link: Option<String>) -> AnyView {
    let refund = &question.refund;
    let gets = if question.is_open || !is_over(refund.status) { "You get" } else { "Amount" };
    view! {
        <section class="card" aria-labelledby="what-title">
            <h2 id="what-title">"The refund"</h2>
            <dl class="facts">
                {fact("For", view! { <TypedText text=question.shop.order.clone() /> })}
                {fact(gets, view! { <strong class="number">{refund.terms.send.with_coin_symbol()}</strong> })}
                {fact("Network", view! { <strong>{refund.network.title()}</strong> })}
                {fact("Address", address(&refund.address))}
                {refund.memo.clone().map(|memo| fact("Memo or tag", view! { <strong class="mono wrap">{memo}</strong> }))}
                {refund.transaction_hash.clone().map(|hash| fact("Transaction", transaction_link(link, hash)))}
            </dl>
        </section>
    }
    .into_any()
}

/// Whether nothing will be sent, also if the deadline has passed and the worker has not ended the refund yet.
const fn is_over(status: RefundStatus) -> bool {
    matches!(status, RefundStatus::AwaitingConfirmation | RefundStatus::Rejected)
}

/// The whole address in groups, without a copy button, since it is for comparing only.
fn address(text: &str) -> AnyView {
    let groups = groups_of_four(text).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <span class="address">
            <code aria-label=text.to_owned()>{groups}</code>
        </span>
    }
    .into_any()
}

fn forms_of(question: &CustomerPage, token: &str) -> AnyView {
    let refund = &question.refund;
    let shop = question.shop.name.clone();
    let memo = refund.memo.is_some().then(|| view! { <li>"The memo or tag is the one that your account shows. Without the right one the money is lost."</li> });
    view! {
        <section class="card stack" aria-labelledby="confirm-title">
            <h2 id="confirm-title">"Before you confirm"</h2>
            <ul class="bullets">
                <li>"The address is yours, and you can still use it."</li>
                <li>"It takes " {refund.terms.send.with_coin_symbol()} " on " {refund.network.title()} "."</li>
                {memo}
            </ul>
            <p>"After that it is sent as soon as the shop's own checks are done. A transfer cannot be taken back."</p>
            <form method="post" action=AnswerConfirmation::url()>
                {hidden(question, token, Answer::Confirmed)}
                <SubmitButton label="Yes, this is my address".to_owned() busy="Confirming…".to_owned() />
            </form>
        </section>
        <details class="card">
            <summary>"The address is not right"</summary>
            <form method="post" action=AnswerConfirmation::url() class="stack">
                {hidden(question, token, Answer::Refused)}
                <p>"Then nothing is sent and this refund ends. " {shop} " is told, and can begin a new one with another address."</p>
                <div class="actions">
                    <button class="button">"No, send nothing to this address"</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn hidden(question: &CustomerPage, token: &str, answer: Answer) -> AnyView {
    view! {
        <input type="hidden" name="token" value=token.to_owned() />
        <input type="hidden" name="seal" value=question.seal.clone() />
        <input type="hidden" name="answer" value=answer.as_str() />
    }
    .into_any()
}

/// The outcome of a refund that no longer waits for its customer.
fn outcome(question: &CustomerPage) -> (&'static str, AnyView) {
    let CustomerPage { refund, answer, shop, .. } = question;
    let (title, kind, sentence) = match (refund.status, answer) {
        (RefundStatus::Completed, _) => ("Your refund was sent", "info", "It has arrived at your address.".to_owned()),
        (RefundStatus::Processing, _) => (
            "Your refund is on its way",
            "info",
            "You confirmed the address, and the network is carrying it.".to_owned(),
        ),
        (RefundStatus::Pending | RefundStatus::AwaitingApproval, _) => (
            "Thank you, the address is confirmed",
            "info",
            format!("There is nothing else to do. {} sends the refund as soon as its own checks are done.", shop.name),
        ),
        (RefundStatus::AwaitingConfirmation, _) => expired_unconfirmed(&shop.name),
        (RefundStatus::Rejected, Some(Answer::Refused)) => (
            "Nothing is sent to this address",
            "info",
            format!("You said that it is not right. {} was told, and can ask you for another one.", shop.name),
        ),
        (RefundStatus::Rejected, None) if refund.rejection_type == Some(RejectionType::Shopper) => {
            expired_unconfirmed(&shop.name)
        }
        (RefundStatus::Rejected, _) => (
            "This refund was not sent",
            "info",
            format!("It ended without anything being sent. {} can tell you why and begin a new one.", shop.name),
        ),
    };
    (title, view! { <Advice kind=kind><p role="status">{sentence}</p></Advice> }.into_any())
}

fn expired_unconfirmed(shop: &str) -> (&'static str, &'static str, String) {
    let sentence = format!("Nobody confirmed the address in time, so nothing is sent. {shop} can begin a new refund.");
    ("The time to confirm is over", "warning", sentence)
}

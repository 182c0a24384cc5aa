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
    islands::submit_button::SubmitButton,
    languages::Language,
    server_fns::confirmation::AnswerConfirmation,
    service::refunds::{
        confirmation::{self, CustomerPage},
        transfer,
    },
    texts::amounts::in_coin,
    ui::{
        components::{
            address::{groups_of_four, transaction_to_copy},
            facts::fact,
            notice::Advice,
            time::Time,
            typed_text::TypedText,
        },
        customer::{customer_page, order_name},
        page::{Content, param},
    },
    web::{client_address::client_address, forms, language::language},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount and destination with the two answers; afterwards, the outcome.
#[component]
pub fn ConfirmationPage() -> impl IntoView {
    let request = forms::request();
    let token = param("token");
    let language = language();
    customer_page(async move {
        let (requite, parts) = request?;
        let from = client_address(&requite, &parts);
        let question = confirmation::customer_page((&requite).into(), &requite.context(), &token, from).await?;
        let shop = question.shop.name.clone();
        let (title, head) = if question.is_open { open(language, &question) } else { outcome(language, &question) };
        let link = transfer::transaction_link(requite.chain.as_ref(), &question.refund);
        let is_open = question.is_open;
        let body = view! {
            <h1>{title.clone()}</h1>
            {head}
            {refund_summary(language, &question, link)}
            {is_open.then(|| forms_of(language, &question, &token))}
        };
        Ok((shop, Content::new(title, body)))
    })
}

fn open(language: Language, question: &CustomerPage) -> (String, AnyView) {
    let until = question.refund.confirm_until.unwrap_or(question.refund.created_at);
    let (before_shop, after_shop) = language.around("confirm-lead", "shop");
    let (before_until, after_until) = language.around("confirm-until", "until");
    let head = view! {
        <p class="lead">
            {before_shop} <strong><TypedText text=question.shop.name.clone() /></strong> {after_shop}
        </p>
        <p>{before_until} <Time at=until /> {after_until}</p>
    };
    (language.text("confirm-question"), head.into_any())
}

fn refund_summary(language: Language, question: &CustomerPage, link: Option<String>) -> AnyView {
    let refund = &question.refund;
    let is_coming = question.is_open || !is_over(refund.status);
    let gets = language.text(if is_coming { "confirm-gets" } else { "confirm-amount" });
    let name = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="what-title">
            <h2 id="what-title">{name("confirm-refund")}</h2>
            <dl class="facts">
                {fact(name("confirm-for"), view! { <TypedText text=order_name(&question.shop.called) /> })}
                {fact(gets, view! { <strong class="number">{in_coin(language, refund.terms.send)}</strong> })}
                {fact(name("confirm-network"), view! { <strong>{refund.network.title()}</strong> })}
                {fact(name("confirm-address"), address(&refund.address))}
                {refund.memo.clone().map(|memo| fact(name("confirm-memo"), view! { <strong class="mono wrap">{memo}</strong> }))}
                {refund.transaction_hash.as_deref().map(|hash| fact(name("confirm-transaction"), transaction_to_copy(link, hash)))}
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

fn forms_of(language: Language, question: &CustomerPage, token: &str) -> AnyView {
    let refund = &question.refund;
    let (amount, network) = (in_coin(language, refund.terms.send), refund.network.title());
    let coin = language.with("confirm-before-coin", [("amount", amount.as_str()), ("network", network)]);
    let memo = refund.memo.is_some().then(|| view! { <li>{language.text("confirm-before-memo")}</li> });
    let (yes, busy) = (language.text("confirm-yes"), language.text("confirm-sending"));
    view! {
        <section class="card stack" aria-labelledby="confirm-title">
            <h2 id="confirm-title">{language.text("confirm-before")}</h2>
            <ul class="bullets">
                <li>{language.text("confirm-before-yours")}</li>
                <li>{coin}</li>
                {memo}
            </ul>
            <p>{language.text("confirm-after")}</p>
            <form method="post" action=AnswerConfirmation::url()>
                {hidden(question, token, Answer::Confirmed)}
                <SubmitButton label=yes busy />
            </form>
        </section>
        <details class="card">
            <summary>{language.text("confirm-wrong")}</summary>
            <form method="post" action=AnswerConfirmation::url() class="stack">
                {hidden(question, token, Answer::Refused)}
                <p>{language.with("confirm-wrong-text", [("shop", &question.shop.name)])}</p>
                <div class="actions">
                    <button class="button">{language.text("confirm-no")}</button>
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
fn outcome(language: Language, question: &CustomerPage) -> (String, AnyView) {
    let CustomerPage { refund, answer, shop, .. } = question;
    let shop = [("shop", &shop.name)];
    let expired = || ("warning", language.text("confirm-expired"), language.with("confirm-expired-text", shop));
    let (kind, title, sentence) = match (refund.status, answer) {
        (RefundStatus::Completed, _) => ("info", language.text("confirm-sent"), language.text("confirm-sent-text")),
        (RefundStatus::Processing, _) => {
            ("info", language.text("confirm-on-its-way"), language.text("confirm-on-its-way-text"))
        }
        (RefundStatus::Pending | RefundStatus::AwaitingApproval, _) => {
            ("info", language.text("confirm-confirmed"), language.with("confirm-confirmed-text", shop))
        }
        (RefundStatus::AwaitingConfirmation, _) => expired(),
        (RefundStatus::Rejected, Some(Answer::Refused)) => {
            ("info", language.text("confirm-refused"), language.with("confirm-refused-text", shop))
        }
        (RefundStatus::Rejected, None) if refund.rejection_type == Some(RejectionType::Shopper) => expired(),
        (RefundStatus::Rejected, _) => {
            ("info", language.text("confirm-not-sent"), language.with("confirm-not-sent-text", shop))
        }
    };
    (title, view! { <Advice kind=kind><p role="status">{sentence}</p></Advice> }.into_any())
}

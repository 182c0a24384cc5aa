//! The page on which a second person decides. It shows everything that the approval covers.

use super::{overridden, wizard::costs};
use crate::{
    domain::{
        ids::RefundId,
        refunds::{quote::QuoteTerms, refund::Refund},
    },
    islands::submit_button::SubmitButton,
    languages::Language,
    server_fns::approval::{ApproveRefund, DeclineRefund, OpenApproval},
    service::{
        people::second_factor::{self, CodeRequirement},
        refunds::approval::{self, ApprovalReview},
    },
    texts::{
        amounts::{self, in_coin, in_currency},
        errors,
        titles::Title,
    },
    ui::{
        components::{
            address::AddressText,
            amount::on_network,
            code_field::CodeField,
            countdown::{Expiring, countdown},
            facts::fact,
            field::Field,
            notice::{Advice, Notice},
            time::Time,
            typed_text::{TypedText, mail_address_or_dash, typed_or_dash},
        },
        page::{Content, page, param},
    },
    web::{
        forms::{caller, id},
        language::language,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount, destination, creator and rate, with the forms to approve or to decline.
#[component]
pub fn ApprovalPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "error-unknown-refund")?;
        let review = approval::review((&requite).into(), &requite.context(), &actor, id).await?;
        let code_requirement =
            second_factor::code_requirement(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let amount = in_coin(language, review.refund.amount());
        Ok(Content::new(
            language.with("refund-approve-amount", [("amount", amount.as_str())]),
            view! {
                <h1>{language.text("refund-decide")}</h1>
                <div class="columns" data-kind="wizard">
                    <div class="stack">
                        {approval_form(language, &review, code_requirement)} {decline(language, &review.refund)}
                    </div>
                    {created_by(language, &review.refund)}
                </div>
            },
        )
        .below(paths::refund(id), language.with("refund-of", [("amount", amount)])))
    })
}

fn approval_form(language: Language, review: &ApprovalReview, code_requirement: CodeRequirement) -> AnyView {
    let (refund, terms) = (&review.refund, &review.quote.terms);
    let (before, after) = language.around("refund-what-to", "what");
    let memo = refund.memo.clone().map(|memo| {
        let (before, after) = language.around("refund-with-memo", "memo");
        view! { <p>{before} <strong class="mono wrap">{memo}</strong> {after}</p> }
    });
    view! {
        <section class="card" aria-labelledby="what-title">
            <h2 id="what-title">{language.text("refund-would-be-sent")}</h2>
            <p class="lead">{before} <strong>{on_network(terms.send, terms.network)}</strong> {after}</p>
            <p><AddressText address=refund.address.clone() /></p>
            {memo}
            {costs(language, terms)}
            {difference(language, review)}
            {decision(language, review, code_requirement)}
        </section>
    }
    .into_any()
}

/// The difference between today's terms and those of the refund.
fn difference(language: Language, review: &ApprovalReview) -> Option<AnyView> {
    let (old, new) = (&review.refund.terms, &review.quote.terms);
    (review.quote.id != review.refund.quote_id).then(|| {
        let kind = if old.total == new.total { "info" } else { "warning" };
        view! { <p class="notice" data-kind=kind>{difference_in_words(language, review, old, new)}</p> }.into_any()
    })
}

fn difference_in_words(language: Language, review: &ApprovalReview, old: &QuoteTerms, new: &QuoteTerms) -> String {
    if old.total == new.total {
        return language.with("refund-renewed-same", [("now", in_currency(language, new.total))]);
    }
    let (percent, id) = if review.dearer_by.is_sign_negative() {
        (-review.dearer_by, "refund-renewed-less")
    } else {
        (review.dearer_by, "refund-renewed-more")
    };
    let percent = amounts::number(language, &percent.round_dp(4).normalize().to_string());
    language.with(
        id,
        [("now", in_currency(language, new.total)), ("percent", percent), ("before", in_currency(language, old.total))],
    )
}

/// The button, or why the refund cannot be approved.
fn decision(language: Language, review: &ApprovalReview, code_requirement: CodeRequirement) -> AnyView {
    let id = review.refund.id.to_string();
    let what = if review.quote.terms.is_converted() { Expiring::Rate } else { Expiring::NetworkFee };
    if let Some(error) = review.obstacle.clone() {
        return view! { <Notice error /> {renewal(language, id, what, "quiet")} }.into_any();
    }
    if !review.is_current {
        let expired = language.text(match what {
            Expiring::Rate => "refund-rate-expired",
            Expiring::NetworkFee => "refund-fee-expired",
        });
        return view! {
            <Advice kind="warning"><p>{expired}</p></Advice>
            {renewal(language, id, what, "primary")}
        }
        .into_any();
    }
    let amount = in_coin(language, review.quote.terms.send);
    let label = language.with("refund-approve-sending", [("amount", amount)]);
    view! {
        {countdown(language, what, review.quote.expires_at)}
        <form method="post" action=ApproveRefund::url() class="stack">
            <input type="hidden" name="refund" value=id.clone() />
            <input type="hidden" name="seal" value=review.seal.to_string() />
            {(code_requirement != CodeRequirement::Nothing).then(|| view! { <CodeField /> })}
            <SubmitButton label busy=language.text("refund-approving") />
        </form>
        {renewal(language, id, what, "quiet")}
    }
    .into_any()
}

/// The form for today's rate or network fee.
fn renewal(language: Language, id: String, what: Expiring, kind: &'static str) -> AnyView {
    let label = language.text(match what {
        Expiring::Rate => "refund-renew-rate",
        Expiring::NetworkFee => "refund-renew-fee",
    });
    view! {
        <form method="post" action=OpenApproval::url()>
            <input type="hidden" name="refund" value=id />
            <button class="button" data-kind=kind>{label}</button>
        </form>
    }
    .into_any()
}

fn decline(language: Language, refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=DeclineRefund::url() class="card">
            <h2>{language.text("refund-decline")}</h2>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field
                name="reason"
                label=language.text("refund-decline-reason")
                required=true
                hint=language.text("refund-decline-hint")
            />
            <div class="actions">
                <button class="button">{language.text("refund-decline-now")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn created_by(language: Language, refund: &Refund) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <aside class="card" aria-label=name("refund-request")>
            <h2>{name("refund-request")}</h2>
            <dl class="facts">
                {fact(name("refund-made-by"), view! { <TypedText text=errors::text(language, &refund.created_by) /> })}
                {fact(name("refund-made"), view! { <Time at=refund.created_at /> })}
                {fact(name("refund-reason"), refund.reason.title(language))}
                {fact(name("refund-note"), typed_or_dash(refund.note.as_deref()))}
                {fact(name("refund-customer-email"), mail_address_or_dash(refund.customer_email.as_deref()))}
                {(!refund.overrides.is_empty()).then(|| fact(name("refund-overridden"), overridden(language, refund)))}
                {refund.override_reason.clone().map(|reason| fact(name("refund-override-reason"), view! { <TypedText text=reason /> }))}
                {fact(name("refund-order"), view! { <a href=paths::payment_intent(refund.intent_id)>"#" {refund.order_number}</a> })}
            </dl>
        </aside>
    }
    .into_any()
}

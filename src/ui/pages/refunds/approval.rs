//! The page on which a second person decides. It shows everything that the approval covers.

use super::{overridden, wizard::costs};
use crate::{
    domain::{
        ids::RefundId,
        refunds::{quote::QuoteTerms, refund::Refund},
    },
    islands::{quote_countdown::QuoteCountdown, submit_button::SubmitButton},
    server_fns::approval::{ApproveRefund, DeclineRefund, OpenApproval},
    service::{
        people::second_factor::{self, CodeRequirement},
        refunds::approval::{self, ApprovalReview},
    },
    texts::titles::Title,
    ui::{
        components::{
            address::AddressText,
            code_field::CodeField,
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
        paths, time,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amount, destination, creator and rate, with the forms to approve or to decline.
#[component]
pub fn ApprovalPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "error-unknown-refund")?;
        let review = approval::review((&requite).into(), &requite.context(), &actor, id).await?;
        let code_requirement =
            second_factor::code_requirement(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let refund_title = format!("Refund of {}", review.refund.amount().with_coin_symbol());
        Ok(Content::new(
            format!("Approve {}", review.refund.amount().with_coin_symbol()),
            view! {
                <h1>"Approve or decline"</h1>
                <div class="columns" data-kind="wizard">
                    <div class="stack">{approval_form(&review, code_requirement)} {decline(&review.refund)}</div>
                    {created_by(&review.refund)}
                </div>
            },
        )
        .below(paths::refund(id), refund_title))
    })
}

fn approval_form(review: &ApprovalReview, code_requirement: CodeRequirement) -> AnyView {
    let (refund, terms) = (&review.refund, &review.quote.terms);
    view! {
        <section class="card" aria-labelledby="what-title">
            <h2 id="what-title">"What would be sent"</h2>
            <p class="lead">
                <strong class="number">{terms.send.with_coin_symbol()}</strong> " on " <strong>{terms.network.title()}</strong> " to:"
            </p>
            <p><AddressText address=refund.address.clone() /></p>
            {refund.memo.clone().map(|memo| view! { <p>"With the memo " <strong class="mono wrap">{memo}</strong> "."</p> })}
            {costs(terms)}
            {difference(review)}
            {decision(review, code_requirement)}
        </section>
    }
    .into_any()
}

/// The difference between today's terms and those of the refund.
fn difference(review: &ApprovalReview) -> Option<AnyView> {
    let (old, new) = (&review.refund.terms, &review.quote.terms);
    (review.quote.id != review.refund.quote_id).then(|| {
        view! { <p class="notice" data-kind=if old.total == new.total { "info" } else { "warning" }>{difference_in_words(review, old, new)}</p> }
            .into_any()
    })
}

fn difference_in_words(review: &ApprovalReview, old: &QuoteTerms, new: &QuoteTerms) -> String {
    if old.total == new.total {
        return format!("The rate was renewed. It takes {} from the balance, as when the refund was made.", new.total);
    }
    let (percent, direction) =
        if review.dearer_by.is_sign_negative() { (-review.dearer_by, "less") } else { (review.dearer_by, "more") };
    format!(
        "The rate was renewed. It takes {} from the balance, {} % {direction} than the {} when the refund was made.",
        new.total,
        percent.round_dp(4).normalize(),
        old.total
    )
}

/// The button, or why the refund cannot be approved.
fn decision(review: &ApprovalReview, code_requirement: CodeRequirement) -> AnyView {
    let id = review.refund.id.to_string();
    let what = if review.quote.terms.is_converted() { "rate" } else { "network fee" };
    if let Some(error) = review.obstacle.clone() {
        return view! { <Notice error /> {renewal(id, what, "quiet")} }.into_any();
    }
    if !review.is_current {
        return view! {
            <Advice kind="warning">
                <p>{format!("The {what} of this refund has expired. Look at today's {what} before you decide.")}</p>
            </Advice>
            {renewal(id, what, "primary")}
        }
        .into_any();
    }
    let expires = review.quote.expires_at;
    view! {
        <p class="hint">
            <QuoteCountdown what=format!("The {what}") expires_at=expires.timestamp_millis() until=time::text(expires) />
        </p>
        <form method="post" action=ApproveRefund::url() class="stack">
            <input type="hidden" name="refund" value=id.clone() />
            <input type="hidden" name="seal" value=review.seal.to_string() />
            {(code_requirement != CodeRequirement::Nothing).then(|| view! { <CodeField /> })}
            <SubmitButton label=format!("Approve sending {}", review.quote.terms.send.with_coin_symbol()) busy="Approving…".to_owned() />
        </form>
        {renewal(id, what, "quiet")}
    }
    .into_any()
}

fn renewal(id: String, what: &str, kind: &'static str) -> AnyView {
    view! {
        <form method="post" action=OpenApproval::url()>
            <input type="hidden" name="refund" value=id />
            <button class="button" data-kind=kind>{format!("Get today's {what}")}</button>
        </form>
    }
    .into_any()
}

fn decline(refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=DeclineRefund::url() class="card">
            <h2>"Decline"</h2>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field
                name="reason"
                label="Why it is declined"
                required=true
                hint="Whoever made the refund reads it. The money goes back to the balance."
            />
            <div class="actions">
                <button class="button">"Decline the refund"</button>
            </div>
        </form>
    }
    .into_any()
}

fn created_by(refund: &Refund) -> AnyView {
    view! {
        <aside class="card" aria-label="The request">
            <h2>"The request"</h2>
            <dl class="facts">
                {fact("Made by", view! { <TypedText text=refund.created_by.clone() /> })}
                {fact("Made", view! { <Time at=refund.created_at /> })}
                {fact("Reason", refund.reason.title())}
                {fact("Note", typed_or_dash(refund.note.as_deref()))}
                {fact("Customer's e-mail", mail_address_or_dash(refund.customer_email.as_deref()))}
                {(!refund.overrides.is_empty()).then(|| fact("Overridden warnings", overridden(refund)))}
                {refund.override_reason.clone().map(|reason| fact("Reason for sending to this address despite a warning", view! { <TypedText text=reason /> }))}
                {fact("Payment intent", view! { <a class="mono wrap" href=paths::payment_intent(refund.intent_id)>{refund.intent_id.to_string()}</a> })}
            </dl>
        </aside>
    }
    .into_any()
}

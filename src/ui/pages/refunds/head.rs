//! The head of a refund's page: where the refund stands, who acts next, and the button for another one.

use crate::{
    domain::refunds::refund::Refund,
    languages::Language,
    server_fns::refund_drafts::OpenRefundDraft,
    texts::next_steps,
    ui::components::{amount::in_words, mark::network_name, status::RefundBadge, time::timed},
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// It is brought up to date with the cards of the page. `may_start_another` says whether the payment intent can be refunded.
pub fn head(language: Language, refund: &Refund, may_start_another: bool, now: DateTime<Utc>) -> AnyView {
    let (before, after) = language.around("refund-of", "amount");
    let next_step = next_steps::of_refund(language, refund, now);
    view! {
        <div class="page-head" data-live="">
            <div class="where-it-stands">
                <h1><span>{before} {in_words(refund.amount())} {after}</span></h1>
                <p class="hint">{network_name(refund.network)}</p>
                <p class="status-line" role="status"><RefundBadge status=refund.status /> <span>{timed(next_step)}</span></p>
            </div>
            {may_start_another.then(|| another(language, refund))}
        </div>
    }
    .into_any()
}

/// The same form as in the menu of the payment intent: it continues a draft that the person has begun.
fn another(language: Language, refund: &Refund) -> AnyView {
    view! {
        <form method="post" action=OpenRefundDraft::url()>
            <input type="hidden" name="intent" value=refund.intent_id.to_string() />
            <button class="button">{language.text("refund-start-another")}</button>
        </form>
    }
    .into_any()
}

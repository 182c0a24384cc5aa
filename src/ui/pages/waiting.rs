//! What waits for the person who looks at the overview.

use crate::{
    domain::refunds::{draft::WizardStep, refund::Refund},
    store::refunds::draft::UnfinishedDraft,
    ui::components::{time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::prelude::*;

/// Refunds that an approver has to decide about, the one that waits longest first. `shown` is how many of them are listed;
/// one more says that there are others.
pub fn approvals_section(waiting: &[Refund], shown: usize) -> Option<AnyView> {
    if waiting.is_empty() {
        return None;
    }
    let items = waiting
        .iter()
        .take(shown)
        .map(|refund| {
            view! {
                <li>
                    <a href=paths::refund(refund.id)>{refund.amount().with_coin_symbol()} " on " {refund.network.title()}</a>
                    ", requested by " <TypedText text=refund.created_by.clone() /> ", waits since "
                    <Time at=refund.updated_at /> "."
                </li>
            }
        })
        .collect_view();
    let more = (waiting.len() > shown).then(|| {
        let all = format!("{}?status=awaiting_approval&sort=oldest", paths::REFUNDS);
        view! { <p><a href=all>"All refunds that wait for approval"</a></p> }
    });
    Some(
        view! {
            <section class="notice" data-kind="info" aria-labelledby="approvals-title">
                <h2 id="approvals-title">"Refunds to approve"</h2>
                <ul class="stack">{items}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}

/// Refunds that the person has begun and not finished.
pub fn drafts_section(drafts: &[UnfinishedDraft]) -> Option<AnyView> {
    if drafts.is_empty() {
        return None;
    }
    let items = drafts
        .iter()
        .map(|draft| {
            view! {
                <li>
                    <a href=paths::refund_draft(draft.id, WizardStep::Recipient)>"Refund of order #" {draft.order_number}</a>
                    ", last changed " <Time at=draft.updated_at /> "."
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="notice" data-kind="info" aria-labelledby="drafts-title">
                <h2 id="drafts-title">"Refunds that you have not finished"</h2>
                <ul class="stack">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

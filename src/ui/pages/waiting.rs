//! What waits for the person who looks at the overview.

use crate::{
    domain::refunds::{draft::WizardStep, refund::Refund},
    store::refunds::draft::UnfinishedDraft,
    ui::components::{notice::NoticeList, time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::prelude::*;

/// Refunds that an approver has to decide about, the one that waits longest first. `shown` is how many of them are listed;
/// one more says that there are others.
pub fn approvals_section(waiting: &[Refund], shown: usize) -> AnyView {
    let items = waiting
        .iter()
        .take(shown)
        .map(|refund| {
            view! {
                <a href=paths::refund(refund.id)>{refund.amount().with_coin_symbol()} " on " {refund.network.title()}</a>
                ", requested by " <TypedText text=refund.created_by.clone() /> ", waits since "
                <Time at=refund.updated_at /> "."
            }
            .into_any()
        })
        .collect();
    let more = (waiting.len() > shown).then(|| {
        let all = format!("{}?status=awaiting_approval&sort=oldest", paths::REFUNDS);
        view! { <p><a href=all>"All refunds that wait for approval"</a></p> }
    });
    view! { <NoticeList kind="info" id="approvals-title" title="Refunds to approve" items>{more}</NoticeList> }
        .into_any()
}

/// Refunds that the person has begun and not finished.
pub fn drafts_section(drafts: &[UnfinishedDraft]) -> AnyView {
    let items = drafts
        .iter()
        .map(|draft| {
            view! {
                <a href=paths::refund_draft(draft.id, WizardStep::Recipient)>"Refund of order #" {draft.order_number}</a>
                ", last changed " <Time at=draft.updated_at /> "."
            }
            .into_any()
        })
        .collect();
    let all = (!drafts.is_empty()).then(|| view! { <p><a href=paths::REFUND_DRAFTS>"All drafts"</a></p> });
    view! { <NoticeList kind="info" id="drafts-title" title="Refunds that you have not finished" items>{all}</NoticeList> }
        .into_any()
}

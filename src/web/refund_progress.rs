//! Builds the progress of a refund as text.

use super::time;
use crate::domain::{
    names::Named,
    refunds::{
        progress::{Progress, ProgressStep},
        refund::{Refund, RefundStep},
    },
    text::revealed,
};
use crate::{
    languages::Language,
    service::refunds::transfer::TransferView,
    texts::{errors, next_steps, titles::Title},
};
use chrono::{DateTime, Utc};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The progress of a refund, as its page and its island show it, with its transfer on a real network.
pub fn progress(
    language: Language,
    refund: &Refund,
    steps: &[RefundStep],
    transfer: Option<&TransferView>,
    now: DateTime<Utc>,
) -> Progress {
    let next_step = next_steps::of_refund(language, refund, now).in_utc(language);
    Progress {
        version: version(refund, &next_step, transfer),
        is_final: refund.status.is_final(),
        steps: steps
            .iter()
            .map(|step| ProgressStep {
                status: step.status.as_str().to_owned(),
                title: step.status.title(language),
                detail: step.detail.as_ref().map(|detail| revealed(&errors::text(language, detail))),
                at: time::in_language(language, step.at, false),
                datetime: time::iso_8601(step.at),
            })
            .collect(),
    }
}

/// Differs when something else is shown of the refund or of its transfer.
fn version(refund: &Refund, next_step: &str, transfer: Option<&TransferView>) -> String {
    let transfer = transfer.map(|TransferView { with, confirmations, pause, .. }| {
        (with.transfer.updated_at, with.attempts.len(), confirmations, pause)
    });
    let mut hasher = DefaultHasher::new();
    (refund.updated_at, next_step, transfer).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

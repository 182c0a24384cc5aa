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
use crate::texts::{next_steps, titles::Title};
use chrono::{DateTime, Utc};

/// The progress of a refund, as its page and its island show it, with the page of its transaction in an explorer.
pub fn progress(
    refund: &Refund,
    steps: &[RefundStep],
    transaction_link: Option<String>,
    now: DateTime<Utc>,
) -> Progress {
    Progress {
        status: refund.status.as_str().to_owned(),
        title: refund.status.title().to_owned(),
        sentence: next_steps::of_refund(refund, now).into_owned(),
        is_final: refund.status.is_final(),
        transaction_hash: refund.transaction_hash.clone(),
        transaction_link,
        steps: steps
            .iter()
            .map(|step| ProgressStep {
                status: step.status.as_str().to_owned(),
                title: step.status.title().to_owned(),
                detail: step.detail.as_deref().map(revealed),
                at: time::text(step.at),
                datetime: time::iso_8601(step.at),
            })
            .collect(),
    }
}

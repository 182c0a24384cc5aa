//! Refunds: the history, and one of them.

pub mod approval;
mod confirmation;
pub mod customer_confirmation;
pub mod detail;
pub mod list;
pub mod wizard;

use crate::{
    domain::refunds::refund::{Refund, RefundStep},
    server_fns::refunds::{Progress, ProgressStep},
    ui::components::time,
};
use chrono::{DateTime, Utc};

/// How far a refund has come, as its page and its island show it.
pub fn progress(refund: &Refund, steps: &[RefundStep], now: DateTime<Utc>) -> Progress {
    Progress {
        status: refund.status.as_str().to_owned(),
        title: refund.status.title().to_owned(),
        sentence: refund.sentence(now).into_owned(),
        is_final: refund.status.is_final(),
        transaction_hash: refund.transaction_hash.clone(),
        steps: steps
            .iter()
            .map(|step| ProgressStep {
                status: step.status.as_str().to_owned(),
                title: step.status.title().to_owned(),
                detail: step.detail.clone(),
                at: time::text(step.at),
                datetime: time::machine(step.at),
            })
            .collect(),
    }
}

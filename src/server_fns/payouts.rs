//! Payouts on real networks.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Pauses payouts of a network.
#[server(prefix = "/do", endpoint = "payouts/pause")]
pub async fn pause_payouts(network: String, #[server(default)] reason: String) -> Result<(), DomainError> {
    use crate::{service::operations::payouts, texts::success::Success, web::forms};
    forms::act_on_payouts(&network, Success::PayoutsPaused, async |requite, actor, network| {
        payouts::pause((&requite).into(), &actor, Some(network), &reason).await.map(drop)
    })
    .await
}

/// Resumes payouts of a network.
#[server(prefix = "/do", endpoint = "payouts/resume")]
pub async fn resume_payouts(network: String) -> Result<(), DomainError> {
    use crate::{service::operations::payouts, texts::success::Success, web::forms};
    forms::act_on_payouts(&network, Success::PayoutsResumed, async |requite, actor, network| {
        payouts::resume((&requite).into(), &actor, network).await.map(drop)
    })
    .await
}

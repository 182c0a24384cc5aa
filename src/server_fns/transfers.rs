//! Transfers on real networks.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Lets a transfer be replaced by a transaction that pays nothing.
#[server(prefix = "/do", endpoint = "transfers/cancel")]
pub async fn cancel_transfer(refund: String) -> Result<(), DomainError> {
    use crate::{service::refunds::transfer, texts::success::Success, web::forms};
    forms::act_on_refund(&refund, Success::TransferCancelling, async |requite, actor, id| {
        transfer::cancel(&requite.store, &requite.context(), &actor, id).await
    })
    .await
}

/// Stops a transfer that waits, and rejects its refund.
#[server(prefix = "/do", endpoint = "transfers/stop")]
pub async fn stop_transfer(refund: String, #[server(default)] reason: String) -> Result<(), DomainError> {
    use crate::{service::refunds::transfer, texts::success::Success, web::forms};
    forms::act_on_refund(&refund, Success::TransferStopped, async |requite, actor, id| {
        transfer::withdraw((&requite).into(), &requite.context(), &actor, id, &reason).await.map(drop)
    })
    .await
}

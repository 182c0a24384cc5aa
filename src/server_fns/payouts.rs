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

/// Compares database, signer and chain for the accounts of a network.
#[server(prefix = "/do", endpoint = "payouts/reconcile")]
pub async fn reconcile_payouts(network: String) -> Result<(), DomainError> {
    use crate::{
        chain::evm::outgoing::reconcile::Orphans,
        error::with_causes,
        service::operations::{books, payouts},
        texts::success::Success,
        web::forms,
    };
    forms::act_on_payouts(&network, Success::PayoutsReconciled, async |requite, actor, network| {
        // Whoever wants to send what was found uses the command line, where each payment is shown first.
        payouts::reconcile((&requite).into(), &actor, network, Orphans::Tell).await?;
        if let Err(error) = books::compare((&requite).into(), &actor, network).await {
            tracing::warn!(error = %with_causes(&error), "the balances were not compared; the page shows the ones of before");
        }
        Ok(())
    })
    .await
}

/// Explains a transaction that paid no refund.
#[server(prefix = "/do", endpoint = "payouts/explain")]
pub async fn explain_transaction(
    network: String,
    transaction: String,
    #[server(default)] explanation: String,
) -> Result<(), DomainError> {
    use crate::{service::operations::payouts, texts::success::Success, web::forms};
    forms::act_on_payouts(&network, Success::TransactionExplained, async |requite, actor, network| {
        payouts::explain((&requite).into(), &actor, network, &transaction, &explanation).await
    })
    .await
}

/// Ends a refund as paid by a transaction.
#[server(prefix = "/do", endpoint = "payouts/assign")]
pub async fn assign_transaction(
    network: String,
    transaction: String,
    #[server(default)] refund: String,
) -> Result<(), DomainError> {
    use crate::{domain::ids::RefundId, service::operations::payouts, texts::success::Success, web::forms};
    forms::act_on_payouts(&network, Success::TransactionAssigned, async |requite, actor, network| {
        let refund = forms::id(&refund, RefundId, "error-unknown-refund")?;
        let hash = transaction.parse().map_err(|_| DomainError::not_found("error-unknown-transaction"))?;
        payouts::assign((&requite).into(), &actor, network, hash, refund).await
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

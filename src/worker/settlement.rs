//! Looking for refunds that are due, and carrying each as far as it goes (`service/settlement.rs`).

use crate::{
    chain::Chain,
    error::Error,
    service::refunds::settlement::{LEASE, advance},
    state::Requite,
};

/// How many refunds are taken at once.
const BATCH: u32 = 20;

/// Takes the refunds that are due and moves each as far as it goes; answers how many were taken.
pub async fn run_once(requite: &Requite, rail: &dyn Chain) -> Result<usize, Error> {
    let context = requite.context();
    let refunds = requite.store.claim_due_refunds(&context, LEASE, BATCH).await?;
    for refund in &refunds {
        if let Err(error) = advance(requite, rail, refund, context.now + LEASE).await {
            // Not a reason to give up on the others, nor to fail the refund: it may have been broadcast. Its lease ends by
            // itself.
            tracing::error!(refund = %refund.id, %error, "the settlement of refund {} is delayed", refund.id);
        }
    }
    Ok(refunds.len())
}

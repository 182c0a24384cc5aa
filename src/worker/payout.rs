//! Claims due refunds and advances each (`service/refunds/payout.rs`).

use crate::{
    chain::payouts::Payouts,
    error::{Error, with_causes},
    service::refunds::payout::{LEASE, advance},
    state::Requite,
};

/// Refunds per batch.
const BATCH: u32 = 20;

/// Claims due refunds, advances each as far as possible, and returns their number.
pub async fn run_once(requite: &Requite, payouts: &dyn Payouts) -> Result<usize, Error> {
    let context = requite.context();
    let refunds = requite.store.claim_due_refunds(&context, LEASE, BATCH).await?;
    for refund in &refunds {
        if let Err(error) = advance(requite.into(), payouts, refund, context.now + LEASE).await {
            // The other refunds continue, and this one must not be rejected, since it may have been broadcast. It is
            // claimed again after its lease has ended.
            tracing::error!(refund = %refund.id, error = %with_causes(&error), "the settlement of refund {} is delayed", refund.id);
        }
    }
    Ok(refunds.len())
}

//! Settles refunds; each is sent at most once.
//!
//! A refund is stored as `processing` before anything is broadcast. From then on it may have been sent, so the chain is
//! always asked for the refund's id first, and the refund is submitted only if the chain does not know it. After a
//! crash at any point the worker starts with the same question.

use crate::service::policy::screening;
use crate::{
    chain::payouts::{Payout, PayoutError, PayoutState, Payouts},
    domain::refunds::refund::{Refund, Rejection, RejectionType},
    error::Error,
    state::Requite,
    store::refunds::settlement::PayoutResult,
};
use chrono::{DateTime, Duration, Utc};

/// Lease of a refund. Longer than any response of the chain takes; after it another server may continue.
pub const LEASE: Duration = Duration::seconds(60);
/// Delay before the next attempt after a failure that can pass.
const RETRY: Duration = Duration::seconds(5);
/// Delay after a failure that stays until somebody has repaired something.
const RETRY_UNREPAIRED: Duration = Duration::minutes(1);

/// Advances a refund, leased to this server until `taken_until`, as far as possible.
pub async fn advance(
    requite: &Requite,
    payouts: &dyn Payouts,
    refund: &Refund,
    taken_until: DateTime<Utc>,
) -> Result<(), Error> {
    // The rest of the batch may have taken long, so each refund starts with a full lease or is skipped.
    let held_until = requite.context().now + LEASE;
    if !requite.store.extend_refund_lease(refund.id, taken_until, held_until).await? {
        return Ok(());
    }
    let moved = ask_and_submit(requite, payouts, refund, held_until).await;
    if let Err(error) = &moved {
        let delay = if error.is_temporary() { RETRY } else { RETRY_UNREPAIRED };
        requite.store.release_refund(refund.id, held_until, requite.context().now + delay).await?;
    }
    moved
}

async fn ask_and_submit(
    requite: &Requite,
    payouts: &dyn Payouts,
    refund: &Refund,
    held_until: DateTime<Utc>,
) -> Result<(), Error> {
    let mut state = payouts.state(refund.id, requite.context().now).await?;
    if state == PayoutState::Unknown {
        if !requite.store.approval_holds(refund).await? {
            return Err(Error::Fault("it is not what was approved, so it is not sent".to_owned()));
        }
        if !requite.store.confirmation_holds(refund).await? {
            return Err(Error::Fault("it is not what the customer confirmed, so it is not sent".to_owned()));
        }
        let screened = screening::of_refund(requite, refund).await?;
        requite.store.record_payout_screening(&requite.context(), refund.id, &screened).await?;
        if let Some(reason) = screened.sentence() {
            // Nothing was broadcast, so it can still end here.
            let result = PayoutResult::Rejected(Rejection::new(RejectionType::Compliance, reason));
            requite.store.finish_refund(&requite.context(), refund.merchant_id, refund.id, &result).await?;
            return Ok(());
        }
        let payout = Payout {
            id: refund.id,
            network: refund.network,
            address: refund.address.clone(),
            memo: refund.memo.clone(),
            amount: refund.terms.send,
        };
        payouts.submit(&requite.context(), &payout).await?;
        state = payouts.state(refund.id, requite.context().now).await?;
    }
    let context = requite.context();
    let result = match state {
        PayoutState::Unknown => {
            return Err(PayoutError::Unavailable("it does not know what was just submitted".into()).into());
        }
        PayoutState::InProgress { look_again_at } => {
            return Ok(requite.store.release_refund(refund.id, held_until, look_again_at).await?);
        }
        PayoutState::Settled { transaction_hash } => PayoutResult::Completed { transaction_hash },
        PayoutState::Rejected { reason } => PayoutResult::Rejected(Rejection::new(RejectionType::Processing, reason)),
    };
    requite.store.finish_refund(&context, refund.merchant_id, refund.id, &result).await?;
    Ok(())
}

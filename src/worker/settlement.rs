//! Carrying refunds out, never twice.
//!
//! Before anything is broadcast a refund is durably `processing`. From then on it may have been sent, so the rail is asked
//! by the refund's own id first, and only a refund that the rail has never heard of is submitted. A crash anywhere in
//! between leads back here, to the same question.

use crate::{
    domain::refund::Refund,
    error::Error,
    rails::{Payout, PayoutState, Rail},
    service::screening,
    state::Requite,
    store::settlement::Ending,
};
use chrono::{DateTime, Duration, Utc};

/// How long one worker holds a refund. Longer than any rail's answer takes; after it another server may look.
const LEASE: Duration = Duration::seconds(60);
/// How many refunds are taken at once.
const BATCH: u32 = 20;
/// When a rail that failed is asked again.
const RETRY: Duration = Duration::seconds(5);

/// Takes the refunds that are due and moves each as far as it goes; answers how many were taken.
pub async fn run_once(requite: &Requite, rail: &dyn Rail) -> Result<usize, Error> {
    let moment = requite.moment();
    let refunds = requite.store.claim_due_refunds(&moment, LEASE, BATCH).await?;
    for refund in &refunds {
        if let Err(error) = advance(requite, rail, refund, moment.now + LEASE).await {
            // Not a reason to give up on the others, nor to fail the refund: it may have been broadcast. Its lease ends by
            // itself.
            tracing::error!(refund = %refund.id, %error, "the settlement of refund {} is delayed", refund.id);
        }
    }
    Ok(refunds.len())
}

async fn advance(requite: &Requite, rail: &dyn Rail, refund: &Refund, taken_until: DateTime<Utc>) -> Result<(), Error> {
    // The others of the batch may have taken long: each begins with a whole lease of its own, or not at all.
    let held_until = requite.moment().now + LEASE;
    if !requite.store.prolong_lease(refund.id, taken_until, held_until).await? {
        return Ok(());
    }
    let moved = ask_and_submit(requite, rail, refund, held_until).await;
    if moved.is_err() {
        requite.store.look_again_at(refund.id, held_until, requite.moment().now + RETRY).await?;
    }
    moved
}

async fn ask_and_submit(
    requite: &Requite,
    rail: &dyn Rail,
    refund: &Refund,
    held_until: DateTime<Utc>,
) -> Result<(), Error> {
    let mut state = rail.state(refund.id, requite.moment().now).await?;
    if state == PayoutState::Unknown {
        if !requite.store.approval_holds(refund).await? {
            return Err(Error::Fault("it is not what was approved, so it is not sent".to_owned()));
        }
        let screened = screening::of_refund(requite, refund).await?;
        requite.store.keep_payout_screening(&requite.moment(), refund.id, &screened).await?;
        if let Some(reason) = screened.sentence() {
            // Nothing was broadcast, so it can still end here.
            let ending = Ending::Rejected { reason };
            return requite.store.end_refund(&requite.moment(), refund.merchant_id, refund.id, &ending).await.map(drop);
        }
        let payout = Payout {
            id: refund.id,
            network: refund.network,
            address: refund.address.clone(),
            memo: refund.memo.clone(),
            amount: refund.terms.send,
        };
        rail.submit(&requite.moment(), &payout).await?;
        state = rail.state(refund.id, requite.moment().now).await?;
    }
    let moment = requite.moment();
    let ending = match state {
        PayoutState::Unknown => return Err(Error::Fault("the rail does not know what was submitted".to_owned())),
        PayoutState::InProgress { look_again_at } => {
            return requite.store.look_again_at(refund.id, held_until, look_again_at).await;
        }
        PayoutState::Settled { transaction_hash } => Ending::Completed { transaction_hash },
        PayoutState::Rejected { reason } => Ending::Rejected { reason },
    };
    requite.store.end_refund(&moment, refund.merchant_id, refund.id, &ending).await?;
    Ok(())
}

//! Claims due refunds and advances each (`service/refunds/payout.rs`).

use crate::{
    chain::payouts::Payouts,
    domain::address::network::Network,
    error::{Error, with_causes},
    service::refunds::payout::{LEASE, advance},
    state::Requite,
};
use std::error::Error as StdError;

/// Refunds per batch.
const BATCH: u32 = 20;

/// Claims due refunds, advances each as far as possible, and returns their number.
pub async fn run_once(requite: &Requite, payouts: &dyn Payouts) -> Result<usize, Error> {
    let context = requite.context();
    let refunds = requite.store.claim_due_refunds(&context, LEASE, BATCH).await?;
    for refund in &refunds {
        // The other refunds continue, and this one must not be rejected, since it may have been broadcast. It is claimed
        // again after its lease has ended.
        match advance(requite.into(), payouts, refund, context.now + LEASE).await {
            Ok(()) => {}
            Err(Error::Chain { temporary: true, source }) => tell_of_outage(requite, refund.network, source.as_ref()),
            Err(error) => {
                tracing::error!(refund = %refund.id, error = %with_causes(&error), "the settlement of refund {} is delayed", refund.id)
            }
        }
    }
    for network in requite.outages.over(context.now) {
        tracing::info!(network = network.code(), "refunds on {} do not wait for the network any more", network.title());
    }
    Ok(refunds.len())
}

/// Every refund of a network that is away fails at every attempt. Each of them says so to people.
fn tell_of_outage(requite: &Requite, network: Network, cause: &(dyn StdError + 'static)) {
    if requite.outages.fails(network, requite.context().now) {
        let error = with_causes(cause);
        tracing::warn!(network = network.code(), error, "refunds on {} wait for the network", network.title());
    }
}

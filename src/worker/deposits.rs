//! Follows each real network and books what arrives at deposit addresses. Each network has a loop of its own, so that one
//! that is away delays no other.

use super::{longer_pause, pause};
use crate::{
    chain::evm::{
        connection::Connection,
        deposits::{Follower, Progress, StepError, Watch},
    },
    error::with_causes,
    outages::Outages,
    state::Requite,
};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Follows one network until stopped.
pub async fn follow(requite: &Requite, connection: &Connection, stop: &CancellationToken) {
    let network = connection.settings.network;
    let watch = Watch {
        store: &requite.store,
        connection,
        rates: requite.rates.as_ref(),
        fee_percent: requite.settings.payment_fee_percent,
    };
    let mut follower = Follower::default();
    let (outages, mut failed): (_, Option<String>) = (Outages::default(), None);
    let mut after_error = connection.settings.poll;
    while !stop.is_cancelled() {
        let step = follower.step(watch, &requite.context(), requite.clock.as_ref()).await;
        match &step {
            Ok(_) => {
                let was_away = outages.works(network);
                if failed.take().is_some() || was_away {
                    tracing::info!(network = network.code(), "{} is monitored again", network.title());
                }
                after_error = connection.settings.poll;
            }
            Err(error @ StepError::Unavailable(..)) => {
                if outages.fails(network, requite.context().now) {
                    tracing::warn!(network = network.code(), error = %with_causes(error), "deposits wait for the network; trying again");
                }
            }
            Err(error) => failed = Some(tell(error, failed.as_deref())),
        }
        match step {
            // No pause while there is work.
            Ok(Progress::More) => {}
            Ok(Progress::AtHead | Progress::Interrupted) => pause(connection.settings.poll, stop).await,
            // Its lease is long.
            Ok(Progress::Elsewhere) => pause(connection.settings.poll.max(Duration::from_secs(5)), stop).await,
            Err(_) => {
                pause(after_error, stop).await;
                after_error = longer_pause(after_error);
            }
        }
    }
    if let Err(error) = requite.store.release_cursor(network).await {
        tracing::warn!(network = network.code(), error = %with_causes(&error), "another server has to wait for the end of the lease");
    }
}

/// Logs an error, but not again and again. Returns its text.
fn tell(error: &StepError, before: Option<&str>) -> String {
    let text = with_causes(error).to_string();
    if before != Some(text.as_str()) {
        tracing::error!(error = text, "deposits are not monitored; trying again");
    }
    text
}

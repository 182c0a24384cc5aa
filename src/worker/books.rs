//! Compares the balances of a network's accounts with their entries once a day.

use super::pause;
use crate::{
    chain::evm::{books::Comparison, connection::Connection},
    error::{Error, with_causes},
    outages::Outages,
    state::Requite,
};
use tokio_util::sync::CancellationToken;

/// How old a comparison may become. One asks for every coin of every deposit address.
const EVERY: chrono::Duration = chrono::Duration::hours(24);
/// How often is looked whether one is due.
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_secs(60);
/// The pause after one that failed.
const AFTER_ERROR: std::time::Duration = std::time::Duration::from_secs(600);

/// Compares the accounts of one network until stopped.
pub async fn compare(requite: &Requite, connection: &Connection, stop: &CancellationToken) {
    let (network, outages) = (connection.settings.network, Outages::default());
    while !stop.is_cancelled() {
        let wait = match run_once(requite, connection).await {
            Ok(_) => {
                if outages.works(network) {
                    tracing::info!(
                        network = network.code(),
                        "the balances of {} can be compared again",
                        network.title()
                    );
                }
                BETWEEN_LOOKS
            }
            Err(error) => {
                if outages.fails(network, requite.context().now) {
                    tracing::warn!(network = network.code(), error = %with_causes(&error), "the balances of {} could not be compared; trying again", network.title());
                }
                AFTER_ERROR
            }
        };
        pause(wait, stop).await;
    }
}

/// Compares the accounts if that is due. Returns the number of differences if it was.
pub async fn run_once(requite: &Requite, connection: &Connection) -> Result<Option<usize>, Error> {
    let (network, now) = (connection.settings.network, requite.context().now);
    if requite.store.compared_at(network).await?.is_some_and(|at| now < at + EVERY) {
        return Ok(None);
    }
    let comparison = Comparison {
        store: &requite.store,
        connection,
        clock: requite.clock.as_ref(),
        entropy: requite.entropy.as_ref(),
    };
    let differences = comparison.run().await?;
    if let Some(number) = differences.filter(|number| *number > 0) {
        tracing::error!(
            network = network.code(),
            number,
            "balances differ from what is known of them; see 'requite payouts status'"
        );
    }
    Ok(differences)
}

//! Tells if servers that share the database have different settings of networks: what is credited and paid would depend on
//! which of them works.

use super::pause;
use crate::{
    chain::evm::EvmChain,
    domain::{address::network::Network, names::Named},
    error::{Error, with_causes},
    languages::Language,
    outages::Outages,
    service::operations::server_settings,
    state::Requite,
    texts::networks::different_settings,
};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The pause between two comparisons.
const BETWEEN_COMPARISONS: Duration = Duration::from_secs(30);

/// Compares until stopped.
pub async fn compare(requite: &Requite, evm: Option<&EvmChain>, stop: &CancellationToken) {
    let outages = Outages::default();
    while !stop.is_cancelled() {
        if let Err(error) = compare_once(requite, evm, &outages).await {
            tracing::warn!(error = %with_causes(&error), "the settings of servers are not compared");
        }
        pause(BETWEEN_COMPARISONS, stop).await;
    }
}

/// Notes the settings of this server, and compares them with those of the others. Tests call it.
pub async fn compare_once(requite: &Requite, evm: Option<&EvmChain>, outages: &Outages) -> Result<(), Error> {
    let now = requite.context().now;
    server_settings::record(&requite.store, now, evm).await?;
    let differences = server_settings::differences(&requite.store, now).await?;
    for difference in &differences {
        if outages.fails(difference.network, now) {
            tracing::warn!(
                network = difference.network.code(),
                "{}",
                different_settings(Language::english(), difference)
            );
        }
    }
    for network in Network::all() {
        let is_same = differences.iter().all(|difference| difference.network != network);
        if is_same && outages.works(network) {
            tracing::info!(network = network.code(), "all servers have the same settings again");
        }
    }
    Ok(())
}

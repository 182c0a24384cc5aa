//! The work for each real network: its deposits are followed and its refunds are sent, after the network has turned out
//! to be what the settings say.

use super::{books, deposits, pause, transfers};
use crate::{
    chain::evm::{
        EvmChain,
        connection::Connection,
        examine::{Verdict, examine},
    },
    error::with_causes,
    outages::Outages,
    state::Requite,
    texts::errors::{english_stored, english_text},
};
use futures::future::join_all;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The pause between two examinations of a network that cannot be used.
const BETWEEN_EXAMINATIONS: Duration = Duration::from_secs(15);

/// Works for all networks until stopped. One that is away delays no other.
pub async fn run(requite: &Requite, evm: &EvmChain, stop: &CancellationToken) {
    let work = evm.connections.iter().map(|connection| async move {
        if is_usable(requite, connection, stop).await {
            tokio::join!(
                deposits::follow(requite, connection, stop),
                transfers::send(requite, evm, connection, stop),
                books::compare(requite, connection, stop)
            );
        }
    });
    tokio::join!(join_all(work), transfers::hold_removed(requite, evm, stop));
}

/// Waits until a network is what the settings say, and records its chain id. Before that, nothing is credited and nothing
/// is sent. The server examines its networks when it starts; this is for those that were away then. `false` if the server
/// was stopped first.
async fn is_usable(requite: &Requite, connection: &Connection, stop: &CancellationToken) -> bool {
    let (network, mut told, since) = (connection.settings.network, None, requite.context().now);
    let outages = Outages::default();
    while !stop.is_cancelled() {
        let examination = examine(&connection.settings, &connection.nodes, requite.context().now).await;
        let verdict = examination.verdict();
        let for_people = examination.for_people(&connection.settings, requite.context().now);
        if let Err(error) = requite.store.record_examination(&for_people).await {
            tracing::warn!(network = network.code(), error = %with_causes(&error), "what was seen of the network is not shown");
        }
        if verdict == Verdict::Usable {
            let chain_id = (network, connection.settings.facts.chain_id);
            match requite.store.record_chain_ids(&[chain_id]).await {
                Ok(()) => {
                    if outages.works(network) {
                        tracing::info!(network = network.code(), "nodes of {} respond again", network.title());
                    }
                    return true;
                }
                Err(error) => {
                    tracing::error!(network = network.code(), error = %with_causes(&error), "the network cannot be used")
                }
            }
        } else if verdict == Verdict::Away {
            if outages.fails(network, requite.context().now) {
                let texts: Vec<_> = for_people.findings.iter().map(|finding| english_stored(&finding.text)).collect();
                let error = texts.join("; ");
                tracing::warn!(
                    network = network.code(),
                    error,
                    "no node of {} responds; trying again",
                    network.title()
                );
            }
        } else if told != Some(verdict) {
            let wrong = examination.wrong();
            let wrong =
                wrong.map(|finding| format!("{}: {}", english_text(&finding.about), english_text(&finding.text)));
            let wrong: Vec<_> = wrong.collect();
            tracing::error!(network = network.code(), wrong = wrong.join("; "), "the network cannot be used yet");
        }
        told = Some(verdict);
        for sender in &connection.settings.senders {
            transfers::tell_of_network(requite, connection, sender.address, since).await;
        }
        pause(BETWEEN_EXAMINATIONS, stop).await;
    }
    false
}

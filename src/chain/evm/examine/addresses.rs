//! The deposit addresses that come next, and whether the chain knows them already.

use super::{Examination, Finding, plain};
use crate::{
    chain::evm::{EvmChain, connection::Connection, scan::watched::AHEAD, wallet::used::used_from},
    config::networks::Networks,
    error::with_causes,
    store::Store,
};
use futures::future::join_all;

/// Adds the findings about the deposit addresses of each network. The server leaves out those that were used, so that is
/// a warning.
pub async fn add_addresses(
    networks: &Networks,
    store: &Store,
    examinations: &mut [Examination],
) -> Result<(), reqwest::Error> {
    let evm = EvmChain::new(networks)?;
    let findings = join_all(evm.connections.iter().map(|connection| examine(connection, store))).await;
    for (examination, finding) in examinations.iter_mut().zip(findings) {
        examination.findings.push(finding);
    }
    Ok(())
}

async fn examine(connection: &Connection, store: &Store) -> Finding {
    let about = plain("deposit addresses");
    let next = match store.next_address_index(connection.settings.network).await {
        Ok(next) => next,
        Err(error) => {
            let text = plain(format!("the next index is not known: {}", with_causes(&error)));
            let advice = plain("Start the server once, so that it brings the database up to date.");
            return Finding::warning(about, text, advice);
        }
    };
    match used_from(connection, next).await {
        Ok(used) => match used.last() {
            None => {
                let text = format!("the next index is {next}, and none of the {AHEAD} from it on was used");
                Finding::ok(about, plain(text))
            }
            Some((last, address)) => {
                let text = format!(
                    "the next index is {next}, and that of {address}, which has coins or has sent something, is {last}"
                );
                let advice = "Was the database restored from a backup, or is the wallet used elsewhere? The server skips \
                              these addresses when it starts.";
                Finding::warning(about, plain(text), plain(advice))
            }
        },
        Err(error) => {
            let text =
                format!("the next index is {next}; whether later ones were used is not known: {}", with_causes(&error));
            Finding::warning(about, plain(text), plain("Check again."))
        }
    }
}

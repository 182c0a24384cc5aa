//! Whether the server follows each network, by what the database says.

use super::{Examination, Finding, plain};
use crate::{
    domain::address::network::Network,
    store::{Error, Store, chain::cursors::CursorState},
    texts::errors::english_stored,
};

/// Adds what has stopped networks. A server that runs and a doctor that says 'usable' would otherwise contradict each other.
pub async fn add_stopped(store: &Store, examinations: &mut [Examination]) -> Result<(), Error> {
    for examination in examinations {
        if let Some(finding) = stopped(store, examination.network).await? {
            examination.findings.push(finding);
        }
    }
    Ok(())
}

/// Adds what keeps deposits of networks that are followed waiting, and money that is gone.
pub async fn add_trouble(store: &Store, examinations: &mut [Examination]) -> Result<(), Error> {
    let mut cursors = store.cursors().await?;
    cursors.retain(|cursor| matches!(cursor.state, CursorState::Following | CursorState::CatchingUp));
    for examination in examinations {
        let cursor = cursors.iter().find(|cursor| cursor.network == examination.network);
        if let Some(problem) = cursor.and_then(|cursor| cursor.problem.as_deref()) {
            let advice = "See 'Networks, and lost deposits' in docs/networks.md.";
            let finding = Finding::warning(plain("deposits"), plain(english_stored(problem)), plain(advice));
            examination.findings.push(finding);
        }
    }
    Ok(())
}

async fn stopped(store: &Store, network: Network) -> Result<Option<Finding>, Error> {
    let Some(cursor) = store.stopped_network(network).await? else { return Ok(None) };
    let problem = cursor.problem.map_or_else(|| "it is stopped".to_owned(), |text| english_stored(&text));
    let advice = "Nothing is credited or paid. See 'A network that takes back what was final' in docs/networks.md.";
    let text = plain(format!("no longer monitored: {problem}"));
    Ok(Some(Finding::wrong(plain("deposits"), text, plain(advice))))
}

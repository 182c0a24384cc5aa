//! Whether the server follows each network, by what the database says.

use super::{Examination, Finding};
use crate::{
    domain::address::network::Network,
    store::{Error, Store},
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

async fn stopped(store: &Store, network: Network) -> Result<Option<Finding>, Error> {
    let Some(cursor) = store.stopped_network(network).await? else { return Ok(None) };
    let problem = cursor.problem.unwrap_or_else(|| "it is stopped".to_owned());
    let advice = "Nothing is credited or paid. See 'A network that takes back what was final' in docs/operations.md.";
    Ok(Some(Finding::wrong("deposits", format!("not followed any more: {problem}"), advice)))
}

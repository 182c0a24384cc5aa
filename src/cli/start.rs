//! What happens before a server works: the database and the networks are compared with the settings. Other commands work
//! on every database.

use super::error::Error;
use crate::{
    chain::evm::examine::{Examination, Finding, Level, Verdict, examine_all},
    config::{ChainSetting, Settings},
    error,
    state::Requite,
    texts::errors::english_text,
};

/// Opens the database for a server. Refuses one whose data is of another mode or chain, and networks that are not what
/// the settings say. A network whose nodes are all away is no reason not to start.
pub async fn start(settings: Settings) -> Result<Requite, Error> {
    let requite = Requite::open(settings).await?;
    requite.store.record_mode(requite.settings.mode).await?;
    let networks = requite.settings.networks.as_ref().filter(|_| requite.settings.chain() == ChainSetting::Networks);
    if let Some(networks) = networks {
        let chain_ids: Vec<_> =
            networks.networks.iter().map(|settings| (settings.network, settings.facts.chain_id)).collect();
        requite.store.compare_chain_ids(&chain_ids).await?;
        let examinations = examine_all(networks, requite.context().now).await.map_err(error::Error::fault)?;
        examinations.iter().for_each(log);
        let wrong: Vec<_> = examinations.iter().flat_map(reasons).collect();
        if !wrong.is_empty() {
            return Err(Error::WrongNetworks(wrong));
        }
        let usable = examinations.iter().filter(|examination| examination.verdict() == Verdict::Usable);
        let usable: Vec<_> = usable.map(|examination| (examination.network, examination.chain_id)).collect();
        requite.store.record_chain_ids(&usable).await?;
    }
    Ok(requite)
}

fn reasons(examination: &Examination) -> impl Iterator<Item = String> {
    let network = examination.network.code();
    examination
        .wrong()
        .map(move |finding| format!("  {network}: {}: {}", english_text(&finding.about), with_advice(finding)))
}

/// What was found, and what to do about it.
fn with_advice(finding: &Finding) -> String {
    let advice = finding.advice.as_ref().map(english_text).unwrap_or_default();
    format!("{}. {advice}", english_text(&finding.text))
}

fn log(examination: &Examination) {
    let network = examination.network.code();
    for finding in examination.findings.iter().filter(|finding| finding.level == Level::Warning) {
        tracing::warn!(network, about = english_text(&finding.about), "{}", with_advice(finding));
    }
    if examination.verdict() == Verdict::Away {
        tracing::warn!(network, "no node responds: until one does, no deposit is credited and no refund is sent");
    }
}

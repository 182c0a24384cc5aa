//! The settings of networks that have to be the same on all servers that share a database.

use crate::domain::address::network::Network;
use std::collections::{BTreeMap, BTreeSet};

/// With what settings a server works on a network, or that it works on none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerSettings {
    pub server: String,
    /// `None` of a server that has no networks.
    pub network: Option<Network>,
    /// The name of each setting that has to be the same, and a fingerprint of its value.
    pub fingerprints: BTreeMap<String, String>,
}

/// Settings of a network that are not the same on all servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsDifference {
    pub network: Network,
    /// Their names in the file of networks. None if only some servers lack the network.
    pub settings: Vec<String>,
    /// All servers that work on the network.
    pub servers: Vec<String>,
    /// The servers that run and do not have the network.
    pub without: Vec<String>,
}

/// Compares the settings of servers, network by network.
pub fn differences(all: &[ServerSettings]) -> Vec<SettingsDifference> {
    let running: BTreeSet<&String> = all.iter().map(|settings| &settings.server).collect();
    let mut by_network: BTreeMap<Network, Vec<&ServerSettings>> = BTreeMap::new();
    for (settings, network) in all.iter().filter_map(|settings| Some((settings, settings.network?))) {
        by_network.entry(network).or_default().push(settings);
    }
    let compare = |(network, servers): (Network, Vec<&ServerSettings>)| {
        let names: BTreeSet<&String> = servers.iter().flat_map(|server| server.fingerprints.keys()).collect();
        let differs = |name: &&String| {
            let values: BTreeSet<_> = servers.iter().map(|server| server.fingerprints.get(*name)).collect();
            values.len() > 1
        };
        let settings: Vec<String> = names.into_iter().filter(differs).cloned().collect();
        let servers: Vec<String> = servers.iter().map(|server| server.server.clone()).collect();
        let without: Vec<String> = running.iter().copied().filter(|name| !servers.contains(name)).cloned().collect();
        let differs = !settings.is_empty() || !without.is_empty();
        differs.then_some(SettingsDifference { network, settings, servers, without })
    };
    by_network.into_iter().filter_map(compare).collect()
}

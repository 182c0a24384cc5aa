//! The networks that are followed: their nodes, how far each was followed, and what is wrong.

use super::server_settings;
use crate::{
    chain::{Chain, evm::connection::notation},
    config::networks::NetworkSettings,
    context::Context,
    domain::{
        address::network::Network,
        intents::credit_rule::CreditRule,
        money::Money,
        operations::{networks::DepositProblem, server_settings::SettingsDifference},
        people::actor::{Actor, Permission},
    },
    error::Error,
    evm::networks::NOT_YET_RUN,
    store::{
        Store,
        chain::{
            cursors::Cursor,
            network_states::{NetworkExamination, NodeState},
        },
    },
};

/// A network as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkView {
    pub network: Network,
    /// What the settings of this server say; `None` if they do not have the network any more.
    pub settings: Option<ShownSettings>,
    /// Its nodes as a server saw them last.
    pub nodes: Vec<NodeState>,
    /// How far it was followed; `None` before the first step.
    pub cursor: Option<Cursor>,
    /// How it compares with the settings; `None` before a server has looked.
    pub examination: Option<NetworkExamination>,
    /// What servers that run have set differently.
    pub difference: Option<SettingsDifference>,
    /// How many deposits were credited, removed by the network and spent, and nobody has decided about them.
    pub lost_deposits: usize,
    /// How many deposits are not credited although their time has come, and why.
    pub waiting_deposits: Vec<(DepositProblem, usize)>,
    /// Whether the makers have run this version on the public network.
    pub was_run: bool,
}

/// The settings of a network that people may see: no addresses of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSettings {
    pub chain_id: u64,
    pub is_test_network: bool,
    pub credit: Vec<CreditRule>,
    pub dust: Money,
    /// The accounts that pay refunds.
    pub senders: Vec<String>,
}

impl From<&NetworkSettings> for ShownSettings {
    fn from(settings: &NetworkSettings) -> Self {
        Self {
            chain_id: settings.facts.chain_id,
            is_test_network: settings.is_test_network(),
            credit: settings.credit.clone(),
            dust: settings.dust,
            senders: settings.senders.iter().map(|sender| notation(sender.address)).collect(),
        }
    }
}

/// The networks of this server, then those that it has followed before or that another server has.
pub async fn list(
    store: &Store,
    context: &Context<'_>,
    chain: Option<&Chain>,
    actor: &Actor,
) -> Result<Vec<NetworkView>, Error> {
    actor.require(Permission::ReadNetworks)?;
    let (cursors, nodes, examinations) = (store.cursors().await?, store.nodes().await?, store.examinations().await?);
    let (differences, lost) = (server_settings::differences(store, context.now).await?, store.lost_deposits().await?);
    let waiting = store.deposit_problems().await?;
    let evm = chain.and_then(|chain| chain.evm.as_ref());
    let mut networks: Vec<(Network, Option<ShownSettings>)> = Vec::new();
    for connection in evm.iter().flat_map(|evm| &evm.connections) {
        networks.push((connection.settings.network, Some(ShownSettings::from(&connection.settings))));
    }
    let followed = cursors.iter().map(|cursor| cursor.network);
    for network in followed.chain(differences.iter().map(|difference| difference.network)) {
        if !networks.iter().any(|(known, _)| *known == network) {
            networks.push((network, None));
        }
    }
    let view = |(network, settings): (Network, Option<ShownSettings>)| NetworkView {
        network,
        settings,
        nodes: nodes.iter().filter(|node| node.network == network).cloned().collect(),
        cursor: cursors.iter().find(|cursor| cursor.network == network).cloned(),
        examination: examinations.iter().find(|examination| examination.network == network).cloned(),
        difference: differences.iter().find(|difference| difference.network == network).cloned(),
        lost_deposits: lost.iter().filter(|deposit| deposit.network == network).count(),
        waiting_deposits: waiting
            .iter()
            .filter(|(of, ..)| *of == network)
            .map(|(_, problem, number)| (*problem, *number))
            .collect(),
        was_run: !NOT_YET_RUN.contains(&network),
    };
    Ok(networks.into_iter().map(view).collect())
}

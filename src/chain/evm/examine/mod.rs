//! Whether a network is what the settings say: asked of every node before the server starts, and by `requite doctor`.
//!
//! Only what would lose money is wrong: another chain, a token that is not the expected one, no finality where deposits
//! are credited by it or refunds are paid. A node that is away or behind is a warning, since the server waits for it.

pub mod addresses;
pub mod followed;
mod node;
mod sender;
pub mod signer;
mod tokens;

use super::{
    nodes::Nodes,
    rpc::{BlockTag, Node},
};
use crate::{
    config::networks::{NetworkSettings, Networks, NodeUrl},
    domain::{
        address::network::Network,
        error::{ErrorText, TextValue},
        operations::networks::{NetworkFinding, NetworkVerdict},
    },
    store::chain::network_states::NetworkExamination,
};
use alloy_primitives::B256;
use chrono::{DateTime, Utc};
use futures::future::join_all;
use node::Reached;
use std::borrow::Cow;

/// Shorter parts of addresses are no keys.
const SHORTEST_KEY: usize = 8;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Ok,
    Warning,
    /// The server must not start.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub level: Level,
    /// A node, a token, or the sender.
    pub about: ErrorText,
    /// What was seen, for a person.
    pub text: ErrorText,
    /// What to do about it, if there is something to do.
    pub advice: Option<ErrorText>,
}

impl Finding {
    fn new(level: Level, about: ErrorText, text: ErrorText, advice: impl Into<ErrorText>) -> Self {
        Self { level, about, text, advice: Some(advice.into()) }
    }

    fn ok(about: ErrorText, text: ErrorText) -> Self {
        Self { level: Level::Ok, about, text, advice: None }
    }

    fn warning(about: ErrorText, text: ErrorText, advice: impl Into<ErrorText>) -> Self {
        Self::new(Level::Warning, about, text, advice)
    }

    fn wrong(about: ErrorText, text: ErrorText, advice: impl Into<ErrorText>) -> Self {
        Self::new(Level::Wrong, about, text, advice)
    }
}

/// A name, or what only `requite doctor` says: the command line is English.
fn plain(text: impl Into<Cow<'static, str>>) -> ErrorText {
    ErrorText::plain(text)
}

/// What an error says, which is a node's or the signer's in part.
fn of_error(cause: String) -> ErrorText {
    ErrorText::new("networks-details-error").with("cause", cause)
}

fn about_node(node: &Node) -> ErrorText {
    plain(node.name().to_owned())
}

/// What an examination means for the use of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can be used.
    Usable,
    /// No node answers: nothing is known yet, and nothing may be credited or sent.
    Away,
    /// It must not be used.
    Wrong,
}

/// What was seen of one network.
#[derive(Clone, Debug)]
pub struct Examination {
    pub network: Network,
    /// The chain id of the settings.
    pub chain_id: u64,
    /// Whether the settings replace the main network by another one.
    pub is_test_network: bool,
    /// How many nodes answered, on this or another chain.
    pub answering: usize,
    pub nodes: usize,
    pub findings: Vec<Finding>,
}

impl Examination {
    pub fn verdict(&self) -> Verdict {
        if self.wrong().next().is_some() {
            Verdict::Wrong
        } else if self.answering == 0 {
            Verdict::Away
        } else {
            Verdict::Usable
        }
    }

    /// The findings for which the network must not be used.
    pub fn wrong(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.level == Level::Wrong)
    }

    /// What people have to know of it. The texts of nodes are in it, and a node may repeat the key in its address.
    pub fn for_people(&self, settings: &NetworkSettings, at: DateTime<Utc>) -> NetworkExamination {
        let findings = self.findings.iter().filter(|finding| finding.level > Level::Ok);
        NetworkExamination {
            network: self.network,
            verdict: match self.verdict() {
                Verdict::Usable => NetworkVerdict::Usable,
                Verdict::Away => NetworkVerdict::Away,
                Verdict::Wrong => NetworkVerdict::Wrong,
            },
            findings: findings
                .map(|finding| NetworkFinding {
                    about: finding.about.stored(),
                    text: finding.text.clone().map_values(&|value: &str| without_keys(settings, value)).stored(),
                    advice: finding.advice.as_ref().map(ErrorText::stored).unwrap_or_default(),
                    is_wrong: finding.level == Level::Wrong,
                })
                .collect(),
            at,
        }
    }
}

/// A text without anything that could be a key in the address of a node.
fn without_keys(settings: &NetworkSettings, text: &str) -> String {
    let mut text = text.to_owned();
    for NodeUrl(url) in &settings.nodes {
        let parts = url.path().split('/').chain(url.query().into_iter().flat_map(|query| query.split(['=', '&'])));
        let parts = parts.chain(url.password()).chain([url.username()]);
        for secret in parts.filter(|part| part.len() >= SHORTEST_KEY) {
            text = text.replace(secret, "…");
        }
    }
    text
}

/// Asks every node of every network.
pub async fn examine_all(networks: &Networks, now: DateTime<Utc>) -> Result<Vec<Examination>, reqwest::Error> {
    let nodes = networks.networks.iter().map(Nodes::new).collect::<Result<Vec<_>, _>>()?;
    Ok(join_all(networks.networks.iter().zip(&nodes).map(|(settings, nodes)| examine(settings, nodes, now))).await)
}

/// Asks every node of a network.
pub async fn examine(settings: &NetworkSettings, nodes: &Nodes, now: DateTime<Utc>) -> Examination {
    let seen = join_all(nodes.all().iter().map(|node| node::examine(node, settings, now))).await;
    let answering = seen.iter().filter(|seen| !matches!(seen.reached, Reached::Away)).count();
    // Only nodes of the right chain are asked more.
    let right: Vec<(&Node, Option<u64>)> = nodes
        .all()
        .iter()
        .zip(&seen)
        .filter_map(|(node, seen)| match seen.reached {
            Reached::RightChain { finalized } => Some((node, finalized)),
            Reached::Away | Reached::OtherChain => None,
        })
        .collect();
    let mut findings: Vec<Finding> = seen.into_iter().flat_map(|seen| seen.findings).collect();
    findings.extend(same_chain(&right).await);
    let of_tokens = join_all(right.iter().map(|(node, _)| tokens::examine(node, settings))).await;
    findings.extend(merged(&right, of_tokens));
    if let Some((node, _)) = right.first() {
        findings.extend(sender::examine(node, settings).await);
    }
    Examination {
        network: settings.network,
        chain_id: settings.facts.chain_id,
        is_test_network: settings.is_test_network(),
        answering,
        nodes: nodes.all().len(),
        findings,
    }
}

/// Compares a block that all nodes must have: two chains can have the same id.
async fn same_chain(nodes: &[(&Node, Option<u64>)]) -> Option<Finding> {
    // A final block, since nodes may differ in newer ones for a moment. Without finality the first block.
    let number = nodes.iter().map(|(_, finalized)| finalized.unwrap_or(0)).min()?;
    let hash = async |node: &Node| -> Option<B256> { Some(node.header(BlockTag::Number(number)).await.ok()??.hash) };
    let hashes = join_all(nodes.iter().map(|(node, _)| hash(node))).await;
    let mut known = nodes.iter().zip(hashes).filter_map(|((node, _), hash)| Some((node, hash?)));
    let (first, expected) = known.next()?;
    let (other, _) = known.find(|(_, hash)| *hash != expected)?;
    let text = ErrorText::new("networks-details-other-chain").with("block", number.to_string());
    let text = text.with("other", first.name());
    Some(Finding::wrong(about_node(other), text, "networks-details-remove-other-chain"))
}

/// What all nodes say is listed once; what only some say, with their names.
fn merged(nodes: &[(&Node, Option<u64>)], answers: Vec<Vec<Finding>>) -> Vec<Finding> {
    let mut merged: Vec<(Finding, Vec<&str>)> = Vec::new();
    for ((node, _), findings) in nodes.iter().zip(answers) {
        for finding in findings {
            match merged.iter_mut().find(|(known, _)| *known == finding) {
                Some((_, says)) => says.push(node.name()),
                None => merged.push((finding, vec![node.name()])),
            }
        }
    }
    let by_all = |says: &[&str]| says.len() == nodes.len();
    let named = |(finding, says): (Finding, Vec<&str>)| match by_all(&says) {
        true => finding,
        false => {
            let text = ErrorText::new("networks-details-says").with("text", TextValue::sentences([finding.text]));
            Finding { text: text.with("nodes", says.join(", ")), ..finding }
        }
    };
    merged.into_iter().map(named).collect()
}

//! One node: its chain, its newest block, finality, and traces.

use super::{Finding, Level};
use crate::{
    chain::evm::rpc::{BlockTag, Header, Node, RpcError},
    config::networks::NetworkSettings,
    domain::intents::credit_rule::CreditAfter,
    error::with_causes,
};
use alloy_primitives::U64;
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use std::time::Duration;

/// A newest block older than this, or than twenty blocks, means that the node is behind.
const OLD_HEAD: Duration = Duration::from_secs(120);
/// How far the clocks of nodes and of this machine may differ.
const CLOCK_DIFFERENCE: u64 = 60;
/// Finality later than this is unusual on every network, though no reason not to start.
const LATE_FINALITY: u64 = 2 * 60 * 60;

/// Whether a node answered, and from which chain.
pub(super) enum Reached {
    Away,
    OtherChain,
    RightChain {
        /// The number of its newest final block.
        finalized: Option<u64>,
    },
}

pub(super) struct SeenNode {
    pub(super) reached: Reached,
    pub(super) findings: Vec<Finding>,
}

pub(super) async fn examine(node: &Node, settings: &NetworkSettings, now: DateTime<Utc>) -> SeenNode {
    let expected = settings.facts.chain_id;
    match node.chain_id().await {
        Err(error) => {
            let advice = "Check the address in 'rpc' and the node. The server goes on trying.";
            SeenNode {
                reached: Reached::Away,
                findings: vec![Finding::warning(
                    node.name(),
                    format!("it does not answer: {}", with_causes(&error)),
                    advice,
                )],
            }
        }
        Ok(chain_id) if chain_id != expected => {
            let text = format!("it has chain id {chain_id}; the settings say {expected}");
            let advice = "Replace the node in 'rpc', or give the test network's 'chain-id'.";
            SeenNode { reached: Reached::OtherChain, findings: vec![Finding::wrong(node.name(), text, advice)] }
        }
        Ok(_) => examine_chain(node, settings, now).await,
    }
}

async fn examine_chain(node: &Node, settings: &NetworkSettings, now: DateTime<Utc>) -> SeenNode {
    // In this order, so that blocks that arrive in between cannot make finality look newer than the head.
    let finalized = node.header(BlockTag::Finalized).await;
    let safe = node.header(BlockTag::Safe).await;
    let latest = match node.header(BlockTag::Latest).await {
        Ok(Some(latest)) => latest,
        answer => {
            let text = answer.err().map_or_else(|| "it has no newest block".to_owned(), |error| with_causes(&error));
            let findings = vec![Finding::warning(node.name(), text, "Wait until the node is synchronised.")];
            return SeenNode { reached: Reached::RightChain { finalized: None }, findings };
        }
    };
    let mut findings = vec![head(node, settings, &latest, now)];
    findings.push(finality(node, settings, CreditAfter::Finalized, &finalized, &latest));
    findings.push(finality(node, settings, CreditAfter::Safe, &safe, &latest));
    findings.push(traces(node, &latest).await);
    let finalized = finalized.ok().flatten().map(|header| header.number.to());
    SeenNode { reached: Reached::RightChain { finalized }, findings }
}

fn head(node: &Node, settings: &NetworkSettings, latest: &Header, now: DateTime<Utc>) -> Finding {
    let (now, made) = (u64::try_from(now.timestamp()).unwrap_or_default(), latest.timestamp.to::<u64>());
    let age = seconds(now.saturating_sub(made));
    let seen = format!("chain id {}, block {}", settings.facts.chain_id, latest.number);
    if made > now + CLOCK_DIFFERENCE {
        let text = format!("{seen}, which is {} in the future", seconds(made - now));
        return Finding::warning(node.name(), text, "Set the clock of this machine, or wait, if it is a test chain.");
    }
    let text = format!("{seen}, {age} old");
    if now.saturating_sub(made) > (settings.facts.block_time * 20).max(OLD_HEAD).as_secs() {
        return Finding::warning(node.name(), text, "The node is behind: wait until it is synchronised.");
    }
    Finding::ok(node.name(), text)
}

/// Whether the node knows which blocks are final (or safe), as the rules of credit need it.
fn finality(
    node: &Node,
    settings: &NetworkSettings,
    after: CreditAfter,
    found: &Result<Option<Header>, RpcError>,
    latest: &Header,
) -> Finding {
    let tag = if after == CreditAfter::Finalized { "finalized" } else { "safe" };
    let is_needed = settings.credit.iter().any(|rule| rule.after == after);
    let level = if is_needed { Level::Wrong } else { Level::Warning };
    let needed = if is_needed { ", which 'credit' needs" } else { ", which the settings do not need" };
    let advice = "Use a node that knows this tag, or credit deposits after a number of blocks.";
    let header = match found {
        Ok(Some(header)) => header,
        Ok(None) => return Finding::new(level, node.name(), format!("it has no {tag} block{needed}"), advice),
        Err(error @ RpcError::Refused { .. }) => {
            return Finding::new(
                level,
                node.name(),
                format!("it knows no {tag} block{needed}: {}", with_causes(error)),
                advice,
            );
        }
        Err(error) => return Finding::warning(node.name(), with_causes(error), "Ask again."),
    };
    let (made, newest) = (header.timestamp.to::<u64>(), latest.timestamp.to::<u64>());
    if made > newest + CLOCK_DIFFERENCE {
        let text = format!("its {tag} block {} is newer than its newest block {}", header.number, latest.number);
        return Finding::new(level, node.name(), text, "Use another node: this one contradicts itself.");
    }
    let behind = newest.saturating_sub(made);
    let text = format!("{tag} block {}, {} behind", header.number, seconds(behind));
    if behind > LATE_FINALITY {
        return Finding::warning(node.name(), text, "Deposits wait until the network or the node has caught up.");
    }
    Finding::ok(node.name(), text)
}

/// Native coin that a contract sends, as exchanges and Safes do, is in no transaction's recipient.
async fn traces(node: &Node, latest: &Header) -> Finding {
    let by_number = node.call::<Vec<Json>>("trace_block", json!([U64::from(latest.number)])).await;
    if by_number.is_ok() {
        return Finding::ok(node.name(), "it traces blocks (trace_block)");
    }
    let tracer = json!([latest.hash, { "tracer": "callTracer" }]);
    if node.call::<Vec<Json>>("debug_traceBlockByHash", tracer).await.is_ok() {
        return Finding::ok(node.name(), "it traces blocks (debug_traceBlockByHash)");
    }
    let text = "it traces no blocks, so it does not show native coin that contracts send";
    Finding::warning(node.name(), text, "Use a node with trace_block or debug_traceBlockByHash.")
}

fn seconds(number: u64) -> humantime::FormattedDuration {
    humantime::format_duration(Duration::from_secs(number))
}

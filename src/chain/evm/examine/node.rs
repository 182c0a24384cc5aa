//! One node: its chain, its newest block, finality, and traces.

use super::{Finding, Level, about_node, of_error, plain};
use crate::{
    chain::evm::rpc::{BlockTag, Header, Node, RpcError},
    config::networks::NetworkSettings,
    domain::{error::ErrorText, intents::credit_rule::CreditAfter},
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
            let text = ErrorText::new("networks-details-no-answer").with("cause", with_causes(&error));
            let finding = Finding::warning(about_node(node), text, "networks-details-check-node");
            SeenNode { reached: Reached::Away, findings: vec![finding] }
        }
        Ok(chain_id) if chain_id != expected => {
            let text = ErrorText::new("networks-details-chain-id").with("found", chain_id.to_string());
            let text = text.with("expected", expected.to_string());
            let finding = Finding::wrong(about_node(node), text, "networks-details-replace-node");
            SeenNode { reached: Reached::OtherChain, findings: vec![finding] }
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
            let text = answer.err().map_or_else(
                || ErrorText::new("networks-details-no-newest-block"),
                |error| of_error(with_causes(&error)),
            );
            let findings = vec![Finding::warning(about_node(node), text, "networks-details-wait-for-node")];
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
    let seen = |id: &'static str, difference: u64| {
        let text = ErrorText::new(id).with("chain", settings.facts.chain_id.to_string());
        text.with("block", latest.number.to_string()).with("difference", seconds(difference))
    };
    if made > now + CLOCK_DIFFERENCE {
        let text = seen("networks-details-head-in-future", made - now);
        return Finding::warning(about_node(node), text, "networks-details-set-clock");
    }
    let age = now.saturating_sub(made);
    let text = seen("networks-details-head", age);
    if age > (settings.facts.block_time * 20).max(OLD_HEAD).as_secs() {
        return Finding::warning(about_node(node), text, "networks-details-node-behind");
    }
    Finding::ok(about_node(node), text)
}

/// Whether the node knows which blocks are final (or safe), as the rules of credit need it. An account that pays refunds needs
/// final blocks by every rule: nothing is signed without one, and a refund ends in one only.
fn finality(
    node: &Node,
    settings: &NetworkSettings,
    after: CreditAfter,
    found: &Result<Option<Header>, RpcError>,
    latest: &Header,
) -> Finding {
    let tag = if after == CreditAfter::Finalized { "finalized" } else { "safe" };
    let is_needed_by_credit = settings.credit.iter().any(|rule| rule.after == after);
    let is_needed_by_refunds = after == CreditAfter::Finalized && !settings.senders.is_empty();
    let (level, needed_by) = match (is_needed_by_refunds, is_needed_by_credit) {
        (true, _) => (Level::Wrong, "refunds"),
        (false, true) => (Level::Wrong, "yes"),
        (false, false) => (Level::Warning, "no"),
    };
    let of_tag = |id: &'static str| ErrorText::new(id).with("tag", tag);
    let needed = |id: &'static str| of_tag(id).with("needed", needed_by);
    let advice = if is_needed_by_refunds { "networks-details-use-final-tag" } else { "networks-details-use-tag" };
    let about = about_node(node);
    let header = match found {
        Ok(Some(header)) => header,
        Ok(None) => return Finding::new(level, about, needed("networks-details-no-block-of-tag"), advice),
        Err(error @ RpcError::Refused { .. }) => {
            let text = needed("networks-details-tag-refused").with("cause", with_causes(error));
            return Finding::new(level, about, text, advice);
        }
        Err(error) => return Finding::warning(about, of_error(with_causes(error)), "networks-details-ask-again"),
    };
    let (made, newest) = (header.timestamp.to::<u64>(), latest.timestamp.to::<u64>());
    if made > newest + CLOCK_DIFFERENCE {
        let text = of_tag("networks-details-newer-than-head").with("block", header.number.to_string());
        let text = text.with("newest", latest.number.to_string());
        return Finding::new(level, about, text, "networks-details-use-another-node");
    }
    let behind = newest.saturating_sub(made);
    let text = of_tag("networks-details-block-of-tag").with("block", header.number.to_string());
    let text = text.with("behind", seconds(behind));
    if behind > LATE_FINALITY {
        return Finding::warning(about, text, "networks-details-wait-for-finality");
    }
    Finding::ok(about, text)
}

/// Native coin that a contract sends, as exchanges and Safes do, is in no transaction's recipient.
async fn traces(node: &Node, latest: &Header) -> Finding {
    let by_number = node.call::<Vec<Json>>("trace_block", json!([U64::from(latest.number)])).await;
    if by_number.is_ok() {
        return Finding::ok(about_node(node), plain("it traces blocks (trace_block)"));
    }
    let tracer = json!([latest.hash, { "tracer": "callTracer" }]);
    if node.call::<Vec<Json>>("debug_traceBlockByHash", tracer).await.is_ok() {
        return Finding::ok(about_node(node), plain("it traces blocks (debug_traceBlockByHash)"));
    }
    let text = ErrorText::new("networks-details-no-traces");
    Finding::warning(about_node(node), text, "networks-details-use-traces")
}

fn seconds(number: u64) -> String {
    humantime::format_duration(Duration::from_secs(number)).to_string()
}

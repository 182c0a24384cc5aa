//! Native coin that contracts send. It is in no transaction's `to` and in no log, so the node has to execute the block
//! again. Two methods exist, and many nodes have neither.
//!
//! Transfers in one transaction are counted as they are executed, and only those that move coin and last: both methods
//! then give the same numbers.

use super::rpc::{Node, RpcError};
use crate::{config::networks::NodeUrl, store::chain::cursors::Traces};
use alloy_primitives::{Address, B256, U64, U256};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The code of JSON-RPC for a method that does not exist.
const NO_SUCH_METHOD: i64 = -32601;

/// Coin that a contract sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoinTransfer {
    pub transaction: B256,
    /// Among the transfers of its transaction; from one, since the transaction itself is zero.
    pub number: u32,
    pub from: Address,
    pub to: Address,
    pub value: U256,
}

/// A block to execute again.
#[derive(Clone, Debug)]
pub struct Executed {
    pub height: u64,
    pub hash: B256,
    /// Its transactions, in their order.
    pub transactions: Vec<B256>,
    /// Those of them that no account sent: Polygon brings state from Ethereum with them. Its nodes leave them out of
    /// traces, or give them another hash.
    pub of_the_network: BTreeSet<B256>,
}

impl Executed {
    /// Whether each of its transactions has a trace: that of its outermost call.
    fn has_all(&self, traces: &[FlatTrace]) -> bool {
        let outermost = traces.iter().filter(|trace| trace.trace_address.is_empty());
        let traced: HashSet<B256> = outermost.filter_map(|trace| trace.transaction_hash).collect();
        self.transactions.iter().all(|hash| traced.contains(hash) || self.of_the_network.contains(hash))
    }

    /// The traces of its transactions, in their order; `None` if one is missing. Without the hashes that newer nodes
    /// state, there has to be one for each transaction.
    fn match_traces<'a>(&self, traces: &'a [TracedTransaction]) -> Option<Vec<(B256, &'a Frame)>> {
        let Some(by_hash) = traces.iter().map(|trace| Some((trace.tx_hash?, &trace.result))).collect() else {
            let is_whole = traces.len() == self.transactions.len();
            let frames = traces.iter().map(|trace| &trace.result);
            return is_whole.then(|| self.transactions.iter().copied().zip(frames).collect());
        };
        let by_hash: HashMap<B256, &Frame> = by_hash;
        let is_needed = |hash: &&B256| by_hash.contains_key(*hash) || !self.of_the_network.contains(*hash);
        let needed = self.transactions.iter().filter(is_needed);
        needed.map(|hash| Some((*hash, *by_hash.get(hash)?))).collect()
    }
}

/// What is known of the nodes.
#[derive(Debug, Default)]
pub struct Tracer {
    methods: HashMap<NodeUrl, Traces>,
}

/// The coin that contracts sent in some blocks, by their hashes.
#[derive(Debug)]
pub struct Traced {
    /// [`Traces::None`] if no node could tell.
    pub by: Traces,
    pub transfers: HashMap<B256, Vec<CoinTransfer>>,
}

impl Traced {
    /// Nothing is known of the blocks.
    pub fn none() -> Self {
        Self { by: Traces::None, transfers: HashMap::new() }
    }
}

impl Tracer {
    /// Asks one node after another. None has a method only if each says that there is no such method. Everything else, such
    /// as too many requests or an answer that is too large, is an error: it may work later, or with fewer blocks.
    pub async fn trace(&mut self, nodes: &[&Node], blocks: &[Executed]) -> Result<Traced, RpcError> {
        let mut refused = None;
        for node in nodes {
            let methods: &[Traces] = match self.methods.get(&node.url) {
                None | Some(Traces::Unknown) => &[Traces::TraceBlock, Traces::DebugTrace],
                Some(Traces::TraceBlock) => &[Traces::TraceBlock],
                Some(Traces::DebugTrace) => &[Traces::DebugTrace],
                Some(Traces::None) => continue,
            };
            let mut known = Traces::None;
            for method in methods {
                match ask(node, *method, blocks).await {
                    Ok(transfers) => {
                        self.methods.insert(node.url.clone(), *method);
                        return Ok(Traced { by: *method, transfers });
                    }
                    Err(RpcError::Refused { code: NO_SUCH_METHOD, .. }) => {}
                    Err(error) => {
                        known = Traces::Unknown;
                        refused = Some(error);
                    }
                }
            }
            self.methods.insert(node.url.clone(), known);
        }
        refused.map_or_else(|| Ok(Traced::none()), Err)
    }
}

async fn ask(node: &Node, method: Traces, blocks: &[Executed]) -> Result<HashMap<B256, Vec<CoinTransfer>>, RpcError> {
    let mut found = HashMap::new();
    if method == Traces::TraceBlock {
        let parameters: Vec<_> = blocks.iter().map(|block| json!([U64::from(block.height)])).collect();
        let answers = node.call_each::<Vec<FlatTrace>>("trace_block", &parameters).await?;
        for (block, traces) in blocks.iter().zip(answers) {
            let traces = traces?;
            // Asked by height, since not every node knows the method by hash.
            if traces.iter().any(|trace| trace.block_hash.is_some_and(|hash| hash != block.hash)) {
                return Err(node.unexpected("trace_block", "it is another block"));
            }
            if !block.has_all(&traces) {
                return Err(node.unexpected("trace_block", "it has not the block's transactions"));
            }
            found.insert(block.hash, of_flat(&traces));
        }
        return Ok(found);
    }
    let parameters: Vec<_> = blocks.iter().map(|block| json!([block.hash, { "tracer": "callTracer" }])).collect();
    let answers = node.call_each::<Vec<TracedTransaction>>("debug_traceBlockByHash", &parameters).await?;
    for (block, traces) in blocks.iter().zip(answers) {
        let traces = traces?;
        let traces = block.match_traces(&traces);
        let traces =
            traces.ok_or_else(|| node.unexpected("debug_traceBlockByHash", "it has not the block's transactions"))?;
        let mut transfers = Vec::new();
        for (transaction, whole) in traces {
            let mut counted = Counted { transaction, number: 0, transfers: &mut transfers };
            whole.calls.iter().for_each(|call| counted.visit(call));
        }
        found.insert(block.hash, transfers);
    }
    Ok(found)
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FlatTrace {
    r#type: String,
    #[serde(default)]
    action: Action,
    result: Option<Created>,
    error: Option<String>,
    #[serde(default)]
    trace_address: Vec<u32>,
    /// Absent for the reward of a block.
    transaction_hash: Option<B256>,
    block_hash: Option<B256>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    call_type: Option<String>,
    from: Option<Address>,
    to: Option<Address>,
    value: Option<U256>,
    /// The three of a contract that ends itself.
    address: Option<Address>,
    refund_address: Option<Address>,
    balance: Option<U256>,
}

#[derive(Debug, Deserialize)]
struct Created {
    address: Option<Address>,
}

/// The transfers in a list in which each call names its place in the tree of calls.
fn of_flat(traces: &[FlatTrace]) -> Vec<CoinTransfer> {
    let failed: HashSet<(B256, &[u32])> = traces
        .iter()
        .filter(|trace| trace.error.is_some())
        .filter_map(|trace| Some((trace.transaction_hash?, trace.trace_address.as_slice())))
        .collect();
    let mut numbers: HashMap<B256, u32> = HashMap::new();
    let mut transfers = Vec::new();
    for trace in traces {
        let (Some(transaction), false) = (trace.transaction_hash, trace.trace_address.is_empty()) else { continue };
        // A call that failed takes back everything below it.
        let place = &trace.trace_address;
        if (0..=place.len()).any(|depth| place.get(..depth).is_some_and(|above| failed.contains(&(transaction, above))))
        {
            continue;
        }
        let Some((from, to, value)) = trace.moved().filter(|(_, _, value)| !value.is_zero()) else { continue };
        let number = numbers.entry(transaction).or_default();
        *number += 1;
        transfers.push(CoinTransfer { transaction, number: *number, from, to, value });
    }
    transfers
}

impl FlatTrace {
    fn moved(&self) -> Option<(Address, Address, U256)> {
        let action = &self.action;
        match self.r#type.as_str() {
            // The other kinds of calls move nothing, though some repeat the value of the call around them.
            "call" if action.call_type.as_deref() == Some("call") => Some((action.from?, action.to?, action.value?)),
            "create" => Some((action.from?, self.result.as_ref()?.address?, action.value?)),
            "suicide" | "selfdestruct" => Some((action.address?, action.refund_address?, action.balance?)),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TracedTransaction {
    tx_hash: Option<B256>,
    result: Frame,
}

/// A call with the calls inside it.
#[derive(Debug, Deserialize)]
struct Frame {
    r#type: String,
    from: Address,
    to: Option<Address>,
    value: Option<U256>,
    error: Option<String>,
    #[serde(default)]
    calls: Vec<Frame>,
}

struct Counted<'a> {
    transaction: B256,
    number: u32,
    transfers: &'a mut Vec<CoinTransfer>,
}

impl Counted<'_> {
    fn visit(&mut self, frame: &Frame) {
        if frame.error.is_some() {
            return;
        }
        let moves = matches!(frame.r#type.as_str(), "CALL" | "CREATE" | "CREATE2" | "SELFDESTRUCT");
        if let (true, Some(to), Some(value)) = (moves, frame.to, frame.value.filter(|value| !value.is_zero())) {
            self.number += 1;
            let Self { transaction, number, .. } = *self;
            self.transfers.push(CoinTransfer { transaction, number, from: frame.from, to, value });
        }
        frame.calls.iter().for_each(|call| self.visit(call));
    }
}

//! Finds the transfers to deposit addresses in blocks, and what else moved at our own addresses.
//!
//! The number of questions to a node depends on the number of blocks, not on that of addresses.
//!
//! Everything is asked for by the hash of its block: a node that is behind, or that has another block, then cannot answer
//! with nothing.

mod confirm;
pub mod watched;

use super::{
    nodes::{Disagreement, Nodes},
    rpc::{BlockTransaction, Header, Log, Node, RpcError},
    traces::{CoinTransfer, Executed, Traced, Tracer},
};
use crate::{
    config::networks::NetworkSettings,
    domain::{intents::payment::NATIVE_POSITION, money::currency::Currency},
    evm::abi::{TRANSFER, returned_number, word_address},
    store::{
        self, Store,
        chain::{
            cursors::{Found, SeenBlock, Traces},
            deposits::SeenTransfer,
            movements::SeenMovement,
        },
        intents::skipped_addresses::SkippedAddress,
    },
};
use alloy_primitives::{Address, B256, U64, U256};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use watched::Watched;

/// The position of native coin that the transaction itself transfers; what its contracts send follows.
pub const COIN: u32 = NATIVE_POSITION;
/// The position of what the network took for a transaction.
const FEE: u32 = u32::MAX;

/// Why blocks were not read.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error(transparent)]
    Node(#[from] RpcError),
    #[error(transparent)]
    Store(#[from] store::Error),
    /// No node could execute the blocks again, and one may later.
    #[error(transparent)]
    Traces(RpcError),
    /// The nodes do not say together what the network took, or whether an address was paid that was given to nobody.
    #[error(transparent)]
    Contradicted(#[from] Disagreement),
    /// The blocks do not follow each other, or changed while they were read.
    #[error("the blocks have changed while they were read")]
    Moved,
}

/// What is asked, and whom.
#[derive(Clone, Copy)]
pub struct Scan<'a> {
    pub store: &'a Store,
    pub settings: &'a NetworkSettings,
    pub node: &'a Node,
    /// All of the network: what it took for transactions is booked as most of them say it.
    pub nodes: &'a Nodes,
    /// Those that may execute blocks again, this one first.
    pub tracing: &'a [&'a Node],
    /// Whether blocks are not read that no node executes again now.
    pub needs_traces: bool,
    pub watched: &'a Watched,
}

/// Consecutive blocks with the transfers in them.
#[derive(Debug)]
pub struct Scanned {
    pub blocks: Vec<SeenBlock>,
    pub transfers: Vec<SeenTransfer>,
    pub movements: Vec<SeenMovement>,
    /// The highest index of a deposit address that was not given out yet and received something.
    pub used_ahead: Option<u32>,
    /// How coin that contracts sent was found; [`Traces::Unknown`] if no block had any transactions.
    pub traces: Traces,
    /// Whether it was not looked for because nodes have refused that, and may do it later.
    pub were_refused: bool,
}

impl Scanned {
    /// As it is stored.
    pub fn found<'a>(&'a self, skipped: &'a [SkippedAddress], own: &'a [String]) -> Found<'a> {
        Found { transfers: &self.transfers, movements: &self.movements, skipped, own }
    }
}

struct WholeBlock {
    header: Header,
    transactions: Vec<BlockTransaction>,
}

#[derive(Deserialize)]
struct RawBlock {
    #[serde(flatten)]
    header: Header,
    #[serde(default)]
    transactions: Vec<serde_json::Value>,
}

impl Default for Scanned {
    fn default() -> Self {
        let (blocks, transfers, movements) = (Vec::new(), Vec::new(), Vec::new());
        Self { blocks, transfers, movements, used_ahead: None, traces: Traces::Unknown, were_refused: false }
    }
}

/// A transfer before its receipt was read.
struct Candidate<'a> {
    block: &'a WholeBlock,
    transaction: B256,
    recipient: Address,
    sender: Address,
    currency: Currency,
    units: U256,
    from: Origin,
}

enum Origin {
    Log(Log),
    Coin { position: u32 },
}

/// A transaction for which one of our addresses may have paid.
struct Payer<'a> {
    block: &'a WholeBlock,
    transaction: B256,
    account: Address,
}

impl Scan<'_> {
    /// Reads up to `count` blocks after `parent`; fewer if the node has no more.
    pub async fn blocks(self, tracer: &mut Tracer, parent: (u64, B256), count: u64) -> Result<Scanned, ScanError> {
        let blocks = self.whole_blocks(parent, count).await?;
        let mut candidates = self.tokens(&blocks).await?;
        let mut payers = Vec::new();
        for block in &blocks {
            self.coin(block, &mut candidates);
            let sent = block.transactions.iter().filter(|one| self.watched.may_be(one.from));
            payers.extend(sent.map(|one| Payer { block, transaction: one.hash, account: one.from }));
        }
        let (traces, were_refused) = self.coin_by_contracts(tracer, &blocks, &mut candidates).await?;
        let confirmed = self.confirmed(candidates, payers).await?;
        let confirm::Confirmed { transfers, movements, used_ahead } = confirmed;
        Ok(Scanned { blocks: seen_blocks(&blocks), transfers, movements, used_ahead, traces, were_refused })
    }

    async fn whole_blocks(self, parent: (u64, B256), count: u64) -> Result<Vec<WholeBlock>, ScanError> {
        let (height, mut hash) = parent;
        let parameters: Vec<_> =
            (1..=count).map(|step| json!([U64::from(height.saturating_add(step)), true])).collect();
        let mut blocks = Vec::with_capacity(parameters.len());
        for answer in self.node.call_each::<Option<RawBlock>>("eth_getBlockByNumber", &parameters).await? {
            let Some(block) = answer? else { break };
            let next = height + u64::try_from(blocks.len()).unwrap_or(u64::MAX) + 1;
            if block.header.parent_hash != hash || block.header.number.to::<u64>() != next {
                return Err(ScanError::Moved);
            }
            hash = block.header.hash;
            let parsed = block.transactions.into_iter().map(serde_json::from_value);
            let transactions = parsed
                .collect::<Result<Vec<BlockTransaction>, _>>()
                .map_err(|error| self.node.unexpected("eth_getBlockByNumber", error))?;
            blocks.push(WholeBlock { header: block.header, transactions });
        }
        Ok(blocks)
    }

    /// Transfers of tokens, by the contracts that we know: any contract can report any transfer.
    async fn tokens<'b>(self, blocks: &'b [WholeBlock]) -> Result<Vec<Candidate<'b>>, ScanError> {
        let contracts: HashMap<Address, Currency> =
            self.settings.tokens.iter().map(|(currency, contract)| (*contract, *currency)).collect();
        let busy: Vec<_> = blocks.iter().filter(|block| !block.transactions.is_empty()).collect();
        if contracts.is_empty() || busy.is_empty() {
            return Ok(Vec::new());
        }
        // One question for what comes and one for what goes, unless everything is read anyway.
        let topics = match self.watched.words() {
            Some(words) => vec![json!([TRANSFER, null, words]), json!([TRANSFER, words])],
            None => vec![json!([TRANSFER])],
        };
        let from: Vec<_> = self.settings.tokens.values().collect();
        let questions: Vec<_> =
            busy.iter().flat_map(|block| topics.iter().map(move |topics| (*block, topics))).collect();
        let filter = |(block, topics): &(&WholeBlock, &serde_json::Value)| json!([{ "blockHash": block.header.hash, "address": from, "topics": topics }]);
        let parameters: Vec<_> = questions.iter().map(filter).collect();
        let answers = self.node.call_all::<Vec<Log>>("eth_getLogs", &parameters).await?;
        let (mut candidates, mut known) = (Vec::new(), HashSet::new());
        for ((block, _), logs) in questions.into_iter().zip(answers) {
            for log in logs {
                if log.removed || log.block_hash != block.header.hash {
                    return Err(ScanError::Moved);
                }
                let Some(currency) = contracts.get(&log.address).copied() else { continue };
                let Some((sender, recipient, units)) = transfer(&log) else { continue };
                let is_new = known.insert((log.block_hash, log.log_index));
                if is_new && !units.is_zero() && (self.watched.may_be(recipient) || self.watched.may_be(sender)) {
                    let (transaction, from) = (log.transaction_hash, Origin::Log(log));
                    candidates.push(Candidate { block, transaction, recipient, sender, currency, units, from });
                }
            }
        }
        Ok(candidates)
    }

    /// Native coin that a transaction itself transfers.
    fn coin<'b>(self, block: &'b WholeBlock, candidates: &mut Vec<Candidate<'b>>) {
        for transaction in block.transactions.iter().filter(|transaction| !transaction.value.is_zero()) {
            // Without a recipient it creates a contract.
            let recipient = transaction.to.unwrap_or_else(|| transaction.from.create(transaction.nonce.to()));
            if !self.watched.may_be(recipient) && !self.watched.may_be(transaction.from) {
                continue;
            }
            candidates.push(Candidate {
                block,
                transaction: transaction.hash,
                recipient,
                sender: transaction.from,
                currency: self.settings.facts.native,
                units: transaction.value,
                from: Origin::Coin { position: COIN },
            });
        }
    }

    /// Native coin that contracts sent. Returns how it was found, and whether nodes have refused to look for it.
    async fn coin_by_contracts<'b>(
        self,
        tracer: &mut Tracer,
        blocks: &'b [WholeBlock],
        candidates: &mut Vec<Candidate<'b>>,
    ) -> Result<(Traces, bool), ScanError> {
        let busy: HashMap<B256, &WholeBlock> = blocks
            .iter()
            .filter(|block| !block.transactions.is_empty())
            .map(|block| (block.header.hash, block))
            .collect();
        if busy.is_empty() {
            return Ok((Traces::Unknown, false));
        }
        let executed: Vec<_> = busy.values().map(|block| executed(&block.header, &block.transactions)).collect();
        let (traced, were_refused) = match tracer.trace(self.tracing, &executed).await {
            Ok(traced) => (traced, false),
            Err(error) if self.needs_traces => return Err(ScanError::Traces(error)),
            Err(_) => (Traced::none(), true),
        };
        for (hash, transfers) in traced.transfers {
            let Some(block) = busy.get(&hash) else { continue };
            let ours = |found: &CoinTransfer| self.watched.may_be(found.to) || self.watched.may_be(found.from);
            for found in transfers.into_iter().filter(ours) {
                candidates.push(Candidate {
                    block,
                    transaction: found.transaction,
                    recipient: found.to,
                    sender: found.from,
                    currency: self.settings.facts.native,
                    units: found.value,
                    from: Origin::Coin { position: COIN.saturating_add(found.number) },
                });
            }
        }
        Ok((traced.by, were_refused))
    }
}

/// A block as nodes are asked to execute it again.
pub fn executed(header: &Header, transactions: &[BlockTransaction]) -> Executed {
    Executed {
        height: header.number.to(),
        hash: header.hash,
        transactions: transactions.iter().map(|transaction| transaction.hash).collect(),
        of_the_network: transactions.iter().filter(|one| one.from.is_zero()).map(|one| one.hash).collect(),
    }
}

/// The sender, the recipient and the number of units in an event of a token. Tokens that are not divisible report the same
/// event with one topic more.
pub fn transfer(log: &Log) -> Option<(Address, Address, U256)> {
    let [TRANSFER, from, to] = log.topics.as_slice() else { return None };
    Some((word_address(*from)?, word_address(*to)?, returned_number(&log.data)?))
}

/// A block as it is stored.
pub fn seen_block(header: &Header) -> SeenBlock {
    let seconds = i64::try_from(header.timestamp.to::<u64>()).unwrap_or(i64::MAX);
    SeenBlock {
        height: i64::try_from(header.number.to::<u64>()).unwrap_or(i64::MAX),
        hash: header.hash.to_string(),
        at: DateTime::from_timestamp(seconds, 0).unwrap_or_default(),
    }
}

fn seen_blocks(blocks: &[WholeBlock]) -> Vec<SeenBlock> {
    blocks.iter().map(|block| seen_block(&block.header)).collect()
}

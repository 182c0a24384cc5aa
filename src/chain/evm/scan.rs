//! Finds the transfers to deposit addresses in blocks.
//!
//! Everything is asked for by the hash of its block: a node that is behind, or that has another block, then cannot answer
//! with nothing.

use super::{
    rpc::{BlockTransaction, Header, Log, Node, Receipt, RpcError},
    traces::{Executed, Tracer},
};
use crate::{
    config::networks::NetworkSettings,
    domain::money::{Money, currency::Currency},
    evm::{
        abi::{TRANSFER, address_word, returned_number, word_address},
        units::from_units,
    },
    store::{
        self, Store,
        chain::{
            cursors::{SeenBlock, Traces},
            deposits::SeenTransfer,
        },
    },
};
use alloy_primitives::{Address, B256, U64, U256};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// The position of native coin that the transaction itself transfers; what its contracts send follows. Logs are counted
/// from zero, and no receipt has this many.
pub const COIN: u32 = 1 << 31;
/// How many addresses are given to a node as a filter. With more, all transfers of our tokens are read and looked up.
pub const FILTERED: u32 = 1_000;

/// Why blocks were not read.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error(transparent)]
    Node(#[from] RpcError),
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The blocks do not follow each other, or changed while they were read.
    #[error("the blocks have changed while they were read")]
    Moved,
}

/// The deposit addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    Few(HashSet<Address>),
    /// Too many for a filter.
    Many,
}

impl Watched {
    fn may_be(&self, address: Address) -> bool {
        match self {
            Self::Few(addresses) => addresses.contains(&address),
            Self::Many => true,
        }
    }

    fn is_nobody(&self) -> bool {
        matches!(self, Self::Few(addresses) if addresses.is_empty())
    }
}

/// What is asked, and whom.
#[derive(Clone, Copy)]
pub struct Scan<'a> {
    pub store: &'a Store,
    pub settings: &'a NetworkSettings,
    pub node: &'a Node,
    /// Those that may execute blocks again, this one first.
    pub tracing: &'a [&'a Node],
    pub watched: &'a Watched,
}

/// Consecutive blocks with the transfers in them.
#[derive(Debug)]
pub struct Scanned {
    pub blocks: Vec<SeenBlock>,
    pub transfers: Vec<SeenTransfer>,
    /// How coin that contracts sent was found; [`Traces::Unknown`] if no block had any transactions.
    pub traces: Traces,
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

impl Scan<'_> {
    /// Reads up to `count` blocks after `parent`; fewer if the node has no more.
    pub async fn blocks(self, tracer: &mut Tracer, parent: (u64, B256), count: u64) -> Result<Scanned, ScanError> {
        let blocks = self.whole_blocks(parent, count).await?;
        if self.watched.is_nobody() {
            return Ok(Scanned { blocks: seen_blocks(&blocks), transfers: Vec::new(), traces: Traces::Unknown });
        }
        let mut candidates = self.tokens(&blocks).await?;
        blocks.iter().for_each(|block| self.coin(block, &mut candidates));
        let traces = self.coin_by_contracts(tracer, &blocks, &mut candidates).await?;
        let transfers = self.confirmed(candidates).await?;
        Ok(Scanned { blocks: seen_blocks(&blocks), transfers, traces })
    }

    async fn whole_blocks(self, parent: (u64, B256), count: u64) -> Result<Vec<WholeBlock>, ScanError> {
        let (height, mut hash) = parent;
        let whole = !self.watched.is_nobody();
        let parameters: Vec<_> =
            (1..=count).map(|step| json!([U64::from(height.saturating_add(step)), whole])).collect();
        let mut blocks = Vec::with_capacity(parameters.len());
        for answer in self.node.call_each::<Option<RawBlock>>("eth_getBlockByNumber", &parameters).await? {
            let Some(block) = answer? else { break };
            let next = height + u64::try_from(blocks.len()).unwrap_or(u64::MAX) + 1;
            if block.header.parent_hash != hash || block.header.number.to::<u64>() != next {
                return Err(ScanError::Moved);
            }
            hash = block.header.hash;
            let parsed = block.transactions.into_iter().filter(|_| whole).map(serde_json::from_value);
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
        let mut topics = vec![json!(TRANSFER)];
        if let Watched::Few(addresses) = self.watched {
            topics.push(json!(null));
            topics.push(json!(addresses.iter().copied().map(address_word).collect::<Vec<_>>()));
        }
        let from: Vec<_> = self.settings.tokens.values().collect();
        let filter =
            |block: &&WholeBlock| json!([{ "blockHash": block.header.hash, "address": from, "topics": topics }]);
        let parameters: Vec<_> = busy.iter().map(filter).collect();
        let answers = self.node.call_each::<Vec<Log>>("eth_getLogs", &parameters).await?;
        let mut candidates = Vec::new();
        for (block, logs) in busy.into_iter().zip(answers) {
            for log in logs? {
                if log.removed || log.block_hash != block.header.hash {
                    return Err(ScanError::Moved);
                }
                let Some(currency) = contracts.get(&log.address).copied() else { continue };
                let Some((sender, recipient, units)) = transfer(&log) else { continue };
                if !units.is_zero() && self.watched.may_be(recipient) {
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
            let Some(recipient) = transaction.to.filter(|to| self.watched.may_be(*to)) else { continue };
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

    async fn coin_by_contracts<'b>(
        self,
        tracer: &mut Tracer,
        blocks: &'b [WholeBlock],
        candidates: &mut Vec<Candidate<'b>>,
    ) -> Result<Traces, ScanError> {
        let busy: HashMap<B256, &WholeBlock> = blocks
            .iter()
            .filter(|block| !block.transactions.is_empty())
            .map(|block| (block.header.hash, block))
            .collect();
        if busy.is_empty() {
            return Ok(Traces::Unknown);
        }
        let executed = |block: &&WholeBlock| Executed {
            height: block.header.number.to(),
            hash: block.header.hash,
            transactions: block.transactions.iter().map(|transaction| transaction.hash).collect(),
            of_the_network: block.transactions.iter().filter(|one| one.from.is_zero()).map(|one| one.hash).collect(),
        };
        let executed: Vec<_> = busy.values().map(executed).collect();
        let traced = tracer.trace(self.tracing, &executed).await?;
        for (hash, transfers) in traced.transfers {
            let Some(block) = busy.get(&hash) else { continue };
            for found in transfers.into_iter().filter(|found| self.watched.may_be(found.to)) {
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
        Ok(traced.by)
    }

    /// The candidates to deposit addresses, compared with their receipts.
    async fn confirmed(self, mut candidates: Vec<Candidate<'_>>) -> Result<Vec<SeenTransfer>, ScanError> {
        let recipients: HashSet<_> = candidates.iter().map(|candidate| candidate.recipient.to_checksum(None)).collect();
        let recipients: Vec<_> = recipients.into_iter().collect();
        let owners = self.store.owners_of_addresses(self.settings.network, &recipients).await?;
        candidates.retain(|candidate| owners.contains_key(&candidate.recipient.to_checksum(None)));
        let hashes: HashSet<_> = candidates.iter().map(|candidate| candidate.transaction).collect();
        let hashes: Vec<_> = hashes.into_iter().collect();
        let receipts: HashMap<B256, Receipt> =
            self.node.receipts(&hashes).await?.into_iter().flatten().map(|one| (one.transaction_hash, one)).collect();
        let mut transfers = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let block = candidate.block;
            let receipt = receipts.get(&candidate.transaction).filter(|one| one.block_hash == block.header.hash);
            let receipt = receipt.ok_or(ScanError::Moved)?;
            let address = candidate.recipient.to_checksum(None);
            let transaction = block.transactions.iter().find(|one| one.hash == candidate.transaction);
            let (Some(transaction), Some(owner)) = (transaction, owners.get(&address)) else {
                return Err(ScanError::Moved);
            };
            let position = match &candidate.from {
                Origin::Coin { position } => *position,
                Origin::Log(log) => position_in(receipt, log).ok_or(ScanError::Moved)?,
            };
            if !receipt.succeeded() {
                continue;
            }
            let Some(amount) = self.amount(&candidate) else { continue };
            transfers.push(SeenTransfer {
                transaction_hash: candidate.transaction.to_string(),
                position,
                address,
                owner: *owner,
                amount,
                sender: candidate.sender.to_checksum(None),
                origin: transaction.from.to_checksum(None),
                nonce: i64::try_from(transaction.nonce.to::<u64>()).unwrap_or(i64::MAX),
                block: seen_block(&block.header),
            });
        }
        Ok(transfers)
    }

    fn amount(self, candidate: &Candidate<'_>) -> Option<Money> {
        let amount = from_units(self.settings.network, candidate.currency, candidate.units);
        if amount.is_none() {
            tracing::error!(
                transaction = %candidate.transaction, units = %candidate.units, currency = %candidate.currency,
                "a deposit is larger than any amount that can be booked"
            );
        }
        amount
    }
}

/// The sender, the recipient and the number of units in an event of a token. Tokens that are not divisible report the same
/// event with one topic more.
pub fn transfer(log: &Log) -> Option<(Address, Address, U256)> {
    let [TRANSFER, from, to] = log.topics.as_slice() else { return None };
    Some((word_address(*from)?, word_address(*to)?, returned_number(&log.data)?))
}

/// The place of a log in its receipt.
fn position_in(receipt: &Receipt, log: &Log) -> Option<u32> {
    let same = |other: &Log| {
        other.log_index == log.log_index
            && other.address == log.address
            && other.topics == log.topics
            && other.data == log.data
    };
    u32::try_from(receipt.logs.iter().position(same)?).ok()
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

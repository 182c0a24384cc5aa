//! What all nodes are asked about a deposit before money is credited, or taken back.

use super::{
    StepError, Watch,
    inside::{Inside, look},
};
use crate::{
    chain::evm::{
        connection::notation,
        nodes::{Agreed, Disagreement},
        rpc::{BlockTag, Node, Receipt, RpcError},
        scan::{COIN, seen_block, transfer},
    },
    domain::money::Money,
    evm::units::to_units,
    store::chain::{
        cursors::SeenBlock,
        deposits::{ChainDeposit, SeenTransfer},
    },
};
use alloy_primitives::{Address, B256, U256};
use chrono::{DateTime, Utc};
use futures::FutureExt;

/// What a node says about deposits by one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Evidence {
    /// The block of this height, and its time.
    block: B256,
    at: DateTime<Utc>,
    /// The block that holds the transaction.
    of_receipt: B256,
    succeeded: bool,
    /// At the positions of the deposits, in their order.
    paid: Vec<Paid>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Paid {
    /// The log at the deposit's position, if it is a transfer of a token.
    Token {
        contract: Address,
        sender: Address,
        recipient: Address,
        units: U256,
    },
    /// What the transaction itself transfers.
    Coin {
        sender: Address,
        recipient: Option<Address>,
        units: U256,
    },
    /// Coin that a contract sent, which no receipt shows.
    Inside,
    Nothing,
}

impl Paid {
    fn sender(&self) -> Option<Address> {
        match self {
            Self::Token { sender, .. } | Self::Coin { sender, .. } => Some(*sender),
            Self::Inside | Self::Nothing => None,
        }
    }
}

/// Whether the deposit is where it was seen, by the word of more than half of the nodes and against that of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirmed {
    Yes,
    /// Another block is there now; following the network will tell what became of the deposit. If not, there was never
    /// such a block.
    Moved,
    /// A contract is said to have sent it, and the nodes have not said that it did.
    Unproven,
    /// All say something else, or most say that its block is without it: one of them had told of it otherwise.
    Denied,
}

/// Asks all nodes for the block with its time, the receipt, its status, and what was paid there by whom, about deposits of
/// one [`group`]: a receipt can have megabytes. What they say of each is in their order. Fails if the nodes contradict each
/// other.
pub(super) async fn confirm(watch: Watch<'_>, group: &[&ChainDeposit]) -> Result<Vec<Confirmed>, StepError> {
    let Some(transfer) = group.first().map(|found| &found.transfer) else { return Ok(Vec::new()) };
    let all = |confirmed| Ok(vec![confirmed; group.len()]);
    let Ok(place) = Place::of(transfer) else { return all(Confirmed::Moved) };
    let positions: Vec<u32> = group.iter().map(|found| found.transfer.position).collect();
    let (nodes, positions) = (&watch.connection.nodes, positions.as_slice());
    let said = nodes.agreed(|node| ask(node, place, positions).boxed()).await;
    if lacks_an_answer(&said) && is_absent(watch, place).await {
        return all(Confirmed::Denied);
    }
    let said = said.map_err(|error| disagreement(watch, transfer, error))?;
    if said.block != place.block {
        return all(Confirmed::Moved);
    }
    let is_there = said.of_receipt == place.block && said.succeeded;
    let confirmed = group.iter().zip(&said.paid).map(|(found, paid)| {
        // From whom and when it came was confirmed before, if it was credited before.
        let is_told = found.has_returned() || is_as_told(&found.transfer, said.at, paid);
        if !is_there || !is_told || !matches(watch, &found.transfer, paid) {
            return Confirmed::Denied;
        }
        // The only node has said it already.
        let is_proven = *paid != Paid::Inside || found.proof.is_some() || nodes.all().len() == 1;
        if is_proven { Confirmed::Yes } else { Confirmed::Unproven }
    });
    Ok(confirmed.collect())
}

/// Deposits in groups of those by the same transaction in the same block.
pub(super) fn group<'d>(deposits: &[&'d ChainDeposit]) -> Vec<Vec<&'d ChainDeposit>> {
    let mut groups: Vec<Vec<&'d ChainDeposit>> = Vec::new();
    for found in deposits.iter().copied() {
        let of = &found.transfer;
        let is_same = |first: &&ChainDeposit| {
            first.transfer.transaction_hash == of.transaction_hash && first.transfer.block == of.block
        };
        let known = groups.iter().position(|group| group.first().is_some_and(is_same));
        match known.and_then(|known| groups.get_mut(known)) {
            Some(group) => group.push(found),
            None => groups.push(vec![found]),
        }
    }
    groups
}

fn disagreement(watch: Watch<'_>, transfer: &SeenTransfer, error: Disagreement) -> StepError {
    StepError::disagreement(watch.network(), &format!("the deposit in {}", transfer.transaction_hash), error)
}

/// Whether the sender and the time are those of which one node had told: a refund can go back to the sender, and the time
/// decides whether a payment was late.
fn is_as_told(transfer: &SeenTransfer, at: DateTime<Utc>, paid: &Paid) -> bool {
    let is_sender = |sender| notation(sender) == transfer.sender;
    at == transfer.block.at && paid.sender().is_none_or(is_sender)
}

/// Whether nodes that answer do not have what they were asked for.
fn lacks_an_answer(said: &Result<Agreed<Evidence>, Disagreement>) -> bool {
    matches!(said, Err(Disagreement::TooFew { last: Some(RpcError::Unexpected { .. }), .. }))
}

/// Whether most nodes say that the block is without the transaction, whatever the one says that told of it. A node may lack
/// only its receipt for a moment.
async fn is_absent(watch: Watch<'_>, place: Place) -> bool {
    let said = watch.connection.nodes.said_by_most(|node| holds(node, place).boxed()).await;
    said.is_ok_and(|holds| !holds)
}

async fn holds(node: &Node, place: Place) -> Result<bool, RpcError> {
    let block = node.block(BlockTag::Hash(place.block)).await?;
    let block = block.ok_or_else(|| node.unexpected("eth_getBlockByHash", "it does not have the block"))?;
    Ok(block.transactions.iter().any(|one| one.hash == place.transaction))
}

/// Where a deposit was seen.
#[derive(Clone, Copy)]
struct Place {
    transaction: B256,
    position: u32,
    height: u64,
    block: B256,
}

impl Place {
    fn of(transfer: &SeenTransfer) -> Result<Self, alloy_primitives::hex::FromHexError> {
        Ok(Self {
            transaction: transfer.transaction_hash.parse()?,
            position: transfer.position,
            height: u64::try_from(transfer.block.height).unwrap_or_default(),
            block: transfer.block.hash.parse()?,
        })
    }
}

/// A node that does not have the block or the receipt yet gives no answer; it does not contradict. The block is asked for
/// after the receipt: if blocks are replaced meanwhile, it is another one.
async fn ask(node: &Node, place: Place, positions: &[u32]) -> Result<Evidence, RpcError> {
    let receipt = node.receipts(&[place.transaction]).await?.into_iter().flatten().next();
    let receipt = receipt.ok_or_else(|| node.unexpected("eth_getTransactionReceipt", "it has no receipt yet"))?;
    let header = node.header(BlockTag::Number(place.height)).await?;
    let header = header.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "it does not have the block yet"))?;
    let mut paid = Vec::with_capacity(positions.len());
    for position in positions {
        paid.push(match *position {
            COIN => {
                let transaction = node.transaction(place.transaction).await?;
                let missing = || node.unexpected("eth_getTransactionByHash", "it does not have the transaction yet");
                let transaction = transaction.ok_or_else(missing)?;
                Paid::Coin { sender: transaction.from, recipient: transaction.to, units: transaction.value }
            }
            position => paid_at(&receipt, position),
        });
    }
    Ok(Evidence {
        block: header.hash,
        at: seen_block(&header).at,
        of_receipt: receipt.block_hash,
        succeeded: receipt.succeeded(),
        paid,
    })
}

/// What the receipt shows at a position other than that of the transaction's own coin.
fn paid_at(receipt: &Receipt, position: u32) -> Paid {
    if position > COIN {
        return Paid::Inside;
    }
    let log = usize::try_from(position).ok().and_then(|position| receipt.logs.get(position));
    let token = log.and_then(|log| {
        let (sender, recipient, units) = transfer(log)?;
        Some(Paid::Token { contract: log.address, sender, recipient, units })
    });
    token.unwrap_or(Paid::Nothing)
}

fn matches(watch: Watch<'_>, seen: &SeenTransfer, paid: &Paid) -> bool {
    let settings = &watch.connection.settings;
    let is_amount = |amount: Money, units: U256| to_units(settings.network, amount) == Some(units);
    match paid {
        Paid::Token { contract, recipient, units, .. } => {
            settings.tokens.get(&seen.amount.currency()) == Some(contract)
                && notation(*recipient) == seen.address
                && is_amount(seen.amount, *units)
        }
        Paid::Coin { recipient, units, .. } => {
            seen.amount.currency() == settings.facts.native
                && recipient.is_some_and(|recipient| notation(recipient) == seen.address)
                && is_amount(seen.amount, *units)
        }
        Paid::Inside => seen.amount.currency() == settings.facts.native,
        Paid::Nothing => false,
    }
}

/// What became of a deposit whose block was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its transaction is in a block and may pay.
    Open,
    /// No block has a transaction that pays it. It can come.
    Gone,
    /// Another transaction used its nonce, or its own pays something else.
    Replaced,
}

/// A transaction in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Executed {
    height: u64,
    block: B256,
    succeeded: bool,
    paid: Paid,
}

/// Asks all nodes whether the transaction is in a block and what it pays there, and how many transactions its sender has
/// made. Blocks up to `newest` were read.
pub(super) async fn fate(watch: Watch<'_>, found: &ChainDeposit, newest: i64) -> Result<Fate, StepError> {
    let seen = &found.transfer;
    let (Ok(place), Ok(origin)) = (Place::of(seen), seen.origin.parse::<Address>()) else { return Ok(Fate::Open) };
    let nodes = &watch.connection.nodes;
    let unclear = |error| disagreement(watch, seen, error);
    let done = nodes.agreed(|node| executed(node, place).boxed()).await.map_err(unclear)?.into_inner();
    let pays = match done.filter(|done| done.succeeded) {
        Some(done) if done.paid == Paid::Inside => pays_inside(watch, seen, &done, newest).await?,
        // What a transaction itself transfers is always the same.
        Some(done) => place.position == COIN || matches(watch, seen, &done.paid),
        None => false,
    };
    if pays {
        return Ok(Fate::Open);
    }
    // At the newest block: many nodes do not keep the state of the newest final one.
    let used = nodes.agreed(|node| is_used(node, origin, seen.nonce).boxed()).await.map_err(unclear)?;
    Ok(if *used { Fate::Replaced } else { Fate::Gone })
}

/// Whether a contract sends the coin in the block where the transaction is now. If the nodes cannot tell, it would have been
/// seen there at the same place when the block was executed.
async fn pays_inside(watch: Watch<'_>, seen: &SeenTransfer, done: &Executed, newest: i64) -> Result<bool, StepError> {
    let height = i64::try_from(done.height).unwrap_or(i64::MAX);
    let block = SeenBlock { height, hash: done.block.to_string(), at: seen.block.at };
    Ok(match look(watch, &SeenTransfer { block, ..seen.clone() }).await? {
        Inside::Proven(_) => true,
        Inside::Denied => false,
        Inside::Unknown => height > newest || watch.store.is_untraced(watch.network(), height).await?,
    })
}

async fn executed(node: &Node, place: Place) -> Result<Option<Executed>, RpcError> {
    let receipt = node.receipts(&[place.transaction]).await?.into_iter().flatten().next();
    Ok(receipt.map(|receipt| Executed {
        height: receipt.block_number.to(),
        block: receipt.block_hash,
        succeeded: receipt.succeeded(),
        paid: paid_at(&receipt, place.position),
    }))
}

async fn is_used(node: &Node, account: Address, nonce: i64) -> Result<bool, RpcError> {
    let used = node.transaction_count(account, BlockTag::Latest).await?;
    Ok(u64::try_from(nonce).is_ok_and(|nonce| used > nonce))
}

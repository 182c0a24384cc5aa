//! What all nodes are asked about a deposit before money is credited, or taken back.

use super::{StepError, Watch};
use crate::{
    chain::evm::{
        nodes::Disagreement,
        rpc::{BlockTag, Node, Receipt, RpcError},
        scan::{COIN, transfer},
    },
    domain::money::Money,
    evm::units::to_units,
    store::chain::deposits::{ChainDeposit, SeenTransfer},
};
use alloy_primitives::{Address, B256, U256};
use futures::FutureExt;

/// What a node says about a deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Evidence {
    /// The block of this height.
    block: B256,
    /// The block that holds the transaction.
    of_receipt: B256,
    succeeded: bool,
    paid: Paid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Paid {
    /// The log at the deposit's position, if it is a transfer of a token.
    Token {
        contract: Address,
        recipient: Address,
        units: U256,
    },
    /// What the transaction itself transfers.
    Coin {
        recipient: Option<Address>,
        units: U256,
    },
    /// Coin that a contract sent, which no receipt shows.
    Inside,
    Nothing,
}

/// Whether the deposit is where it was seen, by the word of more than half of the nodes and against that of none.
pub(super) enum Confirmed {
    Yes,
    /// Another block is there now; following the network will tell what became of the deposit.
    Moved,
}

/// Asks all nodes for the block, the receipt, its status and the log. Fails if they contradict each other, or the node from
/// which the deposit was learnt.
pub(super) async fn confirm(watch: Watch<'_>, found: &ChainDeposit) -> Result<Confirmed, StepError> {
    let network = watch.network();
    let transfer = &found.transfer;
    let Ok(place) = Place::of(transfer) else { return Ok(Confirmed::Moved) };
    let said = watch.connection.nodes.agreed(|node| ask(node, place).boxed()).await;
    let said = said.map_err(|error| {
        StepError::disagreement(network, &format!("the deposit in {}", transfer.transaction_hash), error)
    })?;
    if said.block != place.block || said.of_receipt != place.block {
        return Ok(Confirmed::Moved);
    }
    if said.succeeded && matches(watch, transfer, &said.paid) {
        return Ok(Confirmed::Yes);
    }
    let first = watch.connection.nodes.all().first().map(|node| node.name().to_owned()).unwrap_or_default();
    let error = Disagreement::Contradiction(first, "all nodes together".to_owned());
    Err(StepError::disagreement(network, &format!("the deposit in {}", transfer.transaction_hash), error))
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

/// A node that does not have the block or the receipt yet gives no answer; it does not contradict.
async fn ask(node: &Node, place: Place) -> Result<Evidence, RpcError> {
    let header = node.header(BlockTag::Number(place.height)).await?;
    let header = header.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "it does not have the block yet"))?;
    let receipt = node.receipts(&[place.transaction]).await?.into_iter().flatten().next();
    let receipt = receipt.ok_or_else(|| node.unexpected("eth_getTransactionReceipt", "it has no receipt yet"))?;
    let paid = match place.position {
        COIN => {
            let transaction = node.transaction(place.transaction).await?;
            let missing = || node.unexpected("eth_getTransactionByHash", "it does not have the transaction yet");
            let transaction = transaction.ok_or_else(missing)?;
            Paid::Coin { recipient: transaction.to, units: transaction.value }
        }
        position if position > COIN => Paid::Inside,
        position => token_at(&receipt, position),
    };
    Ok(Evidence { block: header.hash, of_receipt: receipt.block_hash, succeeded: receipt.succeeded(), paid })
}

fn token_at(receipt: &Receipt, position: u32) -> Paid {
    let log = usize::try_from(position).ok().and_then(|position| receipt.logs.get(position));
    let token = log.and_then(|log| {
        let (_, recipient, units) = transfer(log)?;
        Some(Paid::Token { contract: log.address, recipient, units })
    });
    token.unwrap_or(Paid::Nothing)
}

fn matches(watch: Watch<'_>, seen: &SeenTransfer, paid: &Paid) -> bool {
    let settings = &watch.connection.settings;
    let is_amount = |amount: Money, units: U256| to_units(settings.network, amount) == Some(units);
    match paid {
        Paid::Token { contract, recipient, units } => {
            settings.tokens.get(&seen.amount.currency()) == Some(contract)
                && recipient.to_checksum(None) == seen.address
                && is_amount(seen.amount, *units)
        }
        Paid::Coin { recipient, units } => {
            seen.amount.currency() == settings.facts.native
                && recipient.is_some_and(|recipient| recipient.to_checksum(None) == seen.address)
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
    /// Another transaction used its nonce.
    Replaced,
}

/// Asks all nodes whether the transaction is in a block and what it pays there, and how many transactions its sender has
/// made.
pub(super) async fn fate(watch: Watch<'_>, found: &ChainDeposit) -> Result<Fate, Disagreement> {
    let seen = &found.transfer;
    let (Ok(place), Ok(origin)) = (Place::of(seen), seen.origin.parse::<Address>()) else { return Ok(Fate::Open) };
    let nodes = &watch.connection.nodes;
    let executed = nodes.agreed(|node| executed(node, place).boxed()).await?.into_inner();
    let pays = executed.is_some_and(|(succeeded, paid)| {
        // Whether coin was sent inside the transaction again is not in its receipt.
        succeeded && (place.position >= COIN || matches(watch, seen, &paid))
    });
    if pays {
        return Ok(Fate::Open);
    }
    // At the newest block: many nodes do not keep the state of the newest final one.
    let used = nodes.agreed(|node| is_used(node, origin, seen.nonce).boxed()).await?;
    Ok(if *used { Fate::Replaced } else { Fate::Gone })
}

async fn executed(node: &Node, place: Place) -> Result<Option<(bool, Paid)>, RpcError> {
    let receipt = node.receipts(&[place.transaction]).await?.into_iter().flatten().next();
    Ok(receipt.map(|receipt| (receipt.succeeded(), token_at(&receipt, place.position))))
}

async fn is_used(node: &Node, account: Address, nonce: i64) -> Result<bool, RpcError> {
    let used = node.transaction_count(account, BlockTag::Latest).await?;
    Ok(u64::try_from(nonce).is_ok_and(|nonce| used > nonce))
}

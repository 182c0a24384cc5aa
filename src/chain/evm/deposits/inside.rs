//! Coin that a contract sent. No receipt shows it, so the nodes are asked to execute its block again. Many cannot, and then
//! the balance of the address tells whether so much came.

use super::Watch;
use crate::{
    chain::evm::{
        connection::notation,
        nodes::Disagreement,
        rpc::{BlockTag, Node, RpcError},
        scan::{COIN, executed},
        traces::{CoinTransfer, Tracer},
    },
    error::with_causes,
    evm::units::to_units,
    store::{
        self,
        chain::{
            cursors::Traces,
            deposits::{CoinProof, SeenTransfer},
        },
    },
};
use alloy_primitives::{Address, B256, U256};
use futures::FutureExt;

/// What the nodes say together about coin that a contract is said to have sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Proven(CoinProof),
    /// It was not sent in this block.
    Denied,
    /// Too few of them can tell, or they contradict each other.
    Unknown,
}

/// An address before a block and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Account {
    before: U256,
    after: U256,
    /// What the block's transactions themselves transfer to it.
    plain: U256,
    /// Whether it sent a transaction in the block, so that its balance can have fallen.
    has_sent: bool,
}

/// Asks all nodes about a transfer in the block where it was seen.
pub(super) async fn look(watch: Watch<'_>, seen: &SeenTransfer) -> Result<Inside, store::Error> {
    let (transaction, block, address) =
        (seen.transaction_hash.parse::<B256>(), seen.block.hash.parse::<B256>(), seen.address.parse::<Address>());
    let network = watch.network();
    let (Ok(transaction), Ok(block), Ok(address), Some(own)) =
        (transaction, block, address, to_units(network, seen.amount))
    else {
        return Ok(Inside::Unknown);
    };
    let (nodes, number) = (&watch.connection.nodes, seen.position.saturating_sub(COIN));
    let is_it = |sent: CoinTransfer| sent.to == address && sent.value == own && notation(sent.from) == seen.sender;
    let is_contradicted = match nodes.agreed(|node| traced(node, block, transaction, number).boxed()).await {
        Ok(sent) => {
            let is_so = sent.into_inner().is_some_and(is_it);
            return Ok(if is_so { Inside::Proven(CoinProof::Traces) } else { Inside::Denied });
        }
        Err(error) => {
            tell(seen, "traces do not tell of coin that a contract sent", &error);
            matches!(error, Disagreement::Contradiction(..))
        }
    };
    // One of them must not keep back what the others deny.
    if is_contradicted
        && let Ok(sent) = nodes.said_by_most(|node| traced(node, block, transaction, number).boxed()).await
        && !sent.is_some_and(is_it)
    {
        return Ok(Inside::Denied);
    }
    let account = match nodes.agreed(|node| around(node, block, address).boxed()).await {
        Ok(account) => account.into_inner(),
        Err(error) => {
            tell(seen, "balances do not tell of coin that a contract sent", &error);
            return Ok(Inside::Unknown);
        }
    };
    // All of it together: otherwise one payment could prove several. What transactions themselves transfer is read from the
    // block, since the node that tells of this one may have kept it back.
    let others = watch.store.others_inside(network, seen).await?;
    let others = others.into_iter().filter_map(|amount| to_units(network, amount));
    let all = others.fold(own.saturating_add(account.plain), U256::saturating_add);
    let grew = account.after.saturating_sub(account.before);
    Ok(if grew >= all && !is_contradicted {
        Inside::Proven(CoinProof::Balance)
    } else if grew < own && !account.has_sent {
        Inside::Denied
    } else {
        Inside::Unknown
    })
}

fn tell(seen: &SeenTransfer, what: &str, error: &Disagreement) {
    tracing::debug!(transaction = seen.transaction_hash, error = %with_causes(error), "{what}");
}

/// The transfer with this number in a transaction, as the node finds it when it executes the block again.
async fn traced(node: &Node, block: B256, transaction: B256, number: u32) -> Result<Option<CoinTransfer>, RpcError> {
    let whole = node.block(BlockTag::Hash(block)).await?;
    let whole = whole.ok_or_else(|| node.unexpected("eth_getBlockByHash", "it does not have the block"))?;
    let blocks = [executed(&whole.header, &whole.transactions)];
    let traced = Tracer::default().trace(&[node], &blocks).await?;
    if traced.by == Traces::None {
        return Err(node.unexpected("trace_block", "it executes no block again"));
    }
    let mut transfers = traced.transfers.into_values().flatten();
    Ok(transfers.find(|one| one.transaction == transaction && one.number == number))
}

async fn around(node: &Node, block: B256, address: Address) -> Result<Account, RpcError> {
    let whole = node.block(BlockTag::Hash(block)).await?;
    let whole = whole.ok_or_else(|| node.unexpected("eth_getBlockByHash", "it does not have the block"))?;
    let to_it = whole.transactions.iter().filter(|one| one.to == Some(address));
    let plain = to_it.map(|one| one.value).fold(U256::ZERO, U256::saturating_add);
    let (parent, block) = (BlockTag::Hash(whole.header.parent_hash), BlockTag::Hash(block));
    let (before, after) = (node.balance(address, parent).await?, node.balance(address, block).await?);
    let sent = (node.transaction_count(address, parent).await?, node.transaction_count(address, block).await?);
    Ok(Account { before, after, plain, has_sent: sent.0 != sent.1 })
}

//! Deposits that the nodes deny together although one of them had told of them: their blocks are read again, as more than
//! half of the nodes have them. The cursor stays where it is. Going back with it would put all later deposits in doubt, and
//! many nodes do not execute blocks again that are older than a few minutes.

use super::{
    Follower, StepError, Watch,
    due::in_turn,
    follow::number,
    step_lease::{StepLease, Until},
};
use crate::{
    chain::evm::{
        nodes::Disagreement,
        rpc::{BlockTag, Header, Node, RpcError},
        scan::{COIN, Scan, ScanError, Scanned, watched::Watched},
        traces::Tracer,
    },
    context::Context,
    error::with_causes,
    store::chain::{
        cursors::SeenBlock,
        deposits::{ChainDeposit, SeenTransfer},
    },
};
use alloy_primitives::B256;
use futures::FutureExt;
use std::collections::BTreeSet;
use tokio::sync::Mutex;

/// For how many deposits blocks are read again in one step.
const AT_ONCE: usize = 5;

impl Follower {
    /// Reads the blocks of denied deposits again, down from the newest one that was looked at. Returns whether anything was
    /// stored that makes them whole. What cannot be read now is read in a later step.
    pub(super) async fn read_denied(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        (lease, until): (&mut StepLease<'_>, Until<'_>),
        newest: &SeenBlock,
    ) -> Result<bool, StepError> {
        let denied = watch.store.denied_deposits(watch.network()).await?;
        if denied.is_empty() {
            return Ok(false);
        }
        let watched = Watched::read(watch.store, &watch.connection.settings, &mut self.ahead).await?;
        let mut any = false;
        let denied: Vec<_> = denied.iter().collect();
        for (place, found) in in_turn(&denied, self.number, AT_ONCE).into_iter().enumerate() {
            if place > 0 && until.has_passed() {
                break;
            }
            lease.extend(watch).await?;
            match said_of(watch, &watched, found, newest.height).await {
                Ok((transfers, is_whole)) => {
                    any |= watch.store.record_again(context, (found, is_whole), newest, &transfers).await?;
                }
                Err(error) => {
                    tracing::debug!(transaction = found.transfer.transaction_hash, error = %with_causes(&error), "a block is not read again yet");
                }
            }
        }
        Ok(any)
    }
}

/// What more than half of the nodes find in the block in which a deposit was seen, and in the one in which its transaction is;
/// and whether one of them has looked for coin that contracts sent, if that is in question and any of them could.
async fn said_of(
    watch: Watch<'_>,
    watched: &Watched,
    found: &ChainDeposit,
    newest: i64,
) -> Result<(Vec<SeenTransfer>, bool), Disagreement> {
    let seen = &found.transfer;
    let nodes = &watch.connection.nodes;
    let mut heights = BTreeSet::from([number(seen.block.height)]);
    if let Ok(transaction) = seen.transaction_hash.parse::<B256>() {
        heights.extend(nodes.said_by_most(|node| height_of(node, transaction).boxed()).await?);
    }
    let is_inside = seen.position > COIN;
    let (mut transfers, mut is_whole) = (Vec::new(), true);
    // Later blocks are read when they are followed.
    for height in heights.into_iter().filter(|height| *height <= number(newest)) {
        // Those that are busy now say the same as those that find nothing.
        let whole_lists = Mutex::new(Vec::new());
        let said = nodes.said_by_most(|node| {
            let whole_lists = &whole_lists;
            async move {
                let scanned = scanned_in(watch, watched, node, height, is_inside).await?;
                let list = in_order(scanned.transfers);
                if !is_inside || !scanned.were_refused {
                    whole_lists.lock().await.push(list.clone());
                }
                Ok::<_, RpcError>(list)
            }
            .boxed()
        });
        let said = said.await?;
        is_whole &= whole_lists.lock().await.contains(&said);
        transfers.extend(said);
    }
    Ok((transfers, is_whole))
}

async fn height_of(node: &Node, transaction: B256) -> Result<Option<u64>, RpcError> {
    let receipt = node.receipts(&[transaction]).await?.into_iter().flatten().next();
    Ok(receipt.map(|receipt| receipt.block_number.to()))
}

/// The transfers in a block as one node has it. With those by contracts only if they are in question: a node that executes
/// no blocks again then says the same as the others.
async fn scanned_in(
    watch: Watch<'_>,
    watched: &Watched,
    node: &Node,
    height: u64,
    is_inside: bool,
) -> Result<Scanned, RpcError> {
    let header = node.header(BlockTag::Number(height)).await?;
    let header = header.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "it does not have the block"))?;
    let with_contracts = [node];
    let executing: &[&Node] = if is_inside { &with_contracts } else { &[] };
    let scanned = read(watch, watched, node, &header, executing).await.map_err(|error| match error {
        ScanError::Node(error) => error,
        error => node.unexpected("eth_getBlockByNumber", error),
    })?;
    if scanned.blocks.is_empty() {
        return Err(node.unexpected("eth_getBlockByNumber", "it does not have the block any more"));
    }
    Ok(scanned)
}

fn in_order(mut transfers: Vec<SeenTransfer>) -> Vec<SeenTransfer> {
    transfers
        .sort_by(|one, other| (&one.transaction_hash, one.position).cmp(&(&other.transaction_hash, other.position)));
    transfers
}

async fn read(
    watch: Watch<'_>,
    watched: &Watched,
    node: &Node,
    header: &Header,
    tracing: &[&Node],
) -> Result<Scanned, ScanError> {
    let (settings, nodes) = (&watch.connection.settings, &watch.connection.nodes);
    // One that executes no block again says what it knows.
    let scan = Scan { store: watch.store, settings, node, nodes, tracing, needs_traces: false, watched };
    let parent = (header.number.to::<u64>().saturating_sub(1), header.parent_hash);
    scan.blocks(&mut Tracer::default(), parent, 1).await
}

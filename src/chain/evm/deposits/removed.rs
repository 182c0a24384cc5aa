//! Which blocks a stopped network has removed: the network had called them final, so the newest final block says nothing
//! about where it and the database part.

use super::{
    StepError,
    follow::{COMPARED, block, blocks, number},
};
use crate::{
    chain::evm::{
        connection::Connection,
        rpc::{BlockTag, RpcError},
    },
    store::{
        Store,
        chain::cursors::{Cursor, SeenBlock},
    },
};

/// How many blocks below the oldest one that is known to be removed are read again if no block in between is known.
const READ_AGAIN: i64 = 1_000;

/// Where a network and the database part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The newest block that was looked at.
    pub newest: SeenBlock,
    /// The oldest block that is known to be removed; `None` if the network has all of them again.
    pub removed_from: Option<i64>,
    /// The block from which the network is followed again.
    pub common: SeenBlock,
}

/// Compares the blocks that are known here with those of the network, from the newest one down, until it has all of them.
/// `None` before the first block was looked at.
pub async fn find(store: &Store, connection: &Connection, cursor: &Cursor) -> Result<Option<Parting>, StepError> {
    let network = connection.settings.network;
    let Some(newest) = cursor.newest.clone() else { return Ok(None) };
    let (mut below, mut removed_from, mut common) = (newest.height + 1, None, None);
    loop {
        let known = store.known_blocks(network, below, COMPARED).await?;
        let Some((lowest, _)) = known.last() else { break };
        below = *lowest;
        let heights: Vec<_> = known.iter().map(|(height, _)| *height).collect();
        let mut all_there = true;
        for ((at, hash), block) in known.iter().zip(blocks(connection, &heights).await?) {
            match block {
                Some(block) if block.hash == *hash => {
                    common.get_or_insert(block);
                }
                // A block without a successor may be missing in a chain that is shorter now.
                _ => (removed_from, common, all_there) = (Some(*at), None, false),
            }
        }
        if all_there {
            break;
        }
    }
    let lowest = match removed_from {
        Some(removed) => (removed - READ_AGAIN).max(0),
        None => common.as_ref().map_or(newest.height, |common| common.height),
    };
    let common = match common.filter(|common| common.height >= lowest) {
        Some(common) => common,
        None => block(connection, lowest).await?,
    };
    require_agreement(connection, &common, removed_from).await?;
    Ok(Some(Parting { newest, removed_from, common }))
}

/// All nodes have to have the same blocks there: one that is on another chain would otherwise be believed.
async fn require_agreement(
    connection: &Connection,
    common: &SeenBlock,
    removed_from: Option<i64>,
) -> Result<(), StepError> {
    let network = connection.settings.network;
    for at in [Some(common.height), removed_from].into_iter().flatten() {
        let hash = connection.nodes.agreed(|node| {
            Box::pin(async move {
                let header = node.header(BlockTag::Number(number(at))).await?;
                Ok::<_, RpcError>(header.map(|header| header.hash))
            })
        });
        hash.await.map_err(|error| StepError::disagreement(network, &format!("block {at}"), error))?;
    }
    Ok(())
}

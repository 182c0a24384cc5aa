//! How far each network was followed: a cursor, and the hashes of the blocks behind it back to the newest final one. One
//! server follows a network at a time; another takes over when its lease has ended.

use super::{
    deposits::SeenTransfer,
    movements::{self, SeenMovement},
    removed_blocks,
    seen_transfers::record_seen,
    untraced,
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction, lease::LeaseQueue},
    intents::skipped_addresses::{SkippedAddress, skip},
};
use crate::{
    context::Context,
    domain::{address::network::Network, names::Named},
    values,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

/// What happens with a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum CursorState {
    /// Nothing was looked at yet.
    Starting,
    /// At the head.
    Following,
    /// Behind the head, as after a time in which no server ran.
    CatchingUp,
    /// The nodes do not answer.
    Unreachable,
    /// The nodes contradict each other, so nothing is credited.
    Contradicted,
    /// The network removed a block that it had called final, so nothing is followed or credited.
    Stopped,
}

/// How coin that contracts send is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Traces {
    Unknown,
    TraceBlock,
    DebugTrace,
    /// No node can tell, so it is not found.
    None,
}

/// A block that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenBlock {
    pub height: i64,
    pub hash: String,
    pub at: DateTime<Utc>,
}

/// The newest blocks of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    pub head: i64,
    /// `None` where the nodes do not say.
    pub safe: Option<i64>,
    pub finalized: Option<i64>,
}

/// How far a network was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub network: Network,
    pub state: CursorState,
    /// What is wrong, for people, as `ErrorText` stores it.
    pub problem: Option<String>,
    /// The newest block that was looked at; `None` before the first.
    pub newest: Option<SeenBlock>,
    pub heights: Option<Heights>,
    /// From which block and since when the server catches up.
    pub behind: Option<(i64, DateTime<Utc>)>,
    pub traces: Traces,
    /// The first and the last block between which coin that contracts send was not looked for everywhere.
    pub untraced: Option<(i64, i64)>,
    pub updated_at: DateTime<Utc>,
}

/// What was found in blocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found<'a> {
    pub transfers: &'a [SeenTransfer],
    /// What else moved at our own addresses.
    pub movements: &'a [SeenMovement],
    /// Addresses that were used and never given out here, and those before them.
    pub skipped: &'a [SkippedAddress],
    /// Addresses that the merchant has named as its own.
    pub own: &'a [String],
}

/// What a step found in blocks that follow the cursor.
#[derive(Clone, Debug)]
pub struct Advance<'a> {
    /// The cursor's block when the step began.
    pub from: Option<&'a SeenBlock>,
    /// Each the child of the one before. Empty if there are no new ones.
    pub blocks: &'a [SeenBlock],
    pub found: Found<'a>,
    pub heights: Heights,
    /// Blocks below it are forgotten: no reorganisation reaches them.
    pub keep_from: i64,
    pub behind: Option<(i64, DateTime<Utc>)>,
    pub traces: Traces,
    /// The first and the last of these blocks, if coin that contracts send was not looked for in them.
    pub untraced: Option<(i64, i64)>,
}

const COLUMNS: &str =
    "select network, state, problem, height, hash, block_at, head, safe_height, finalized_height, behind_from,
    behind_since, traces, untraced_from, updated_at,
    (select min(u.first_height) from untraced_blocks u where u.network = chain_cursors.network) as first_untraced,
    (select max(u.last_height) from untraced_blocks u where u.network = chain_cursors.network) as last_untraced
    from chain_cursors";

impl Store {
    /// Takes or extends the lease of a network, and returns its cursor; `None` if another server follows it.
    pub async fn lease_cursor(
        &self,
        context: &Context<'_>,
        network: Network,
        lease: Duration,
    ) -> Result<Option<Cursor>, Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "insert into chain_cursors (network, state, traces, updated_at) values ($1, 'starting', 'unknown', $2)
                 on conflict (network) do nothing",
                values![network, context.now],
            )
            .await?;
        let sql = format!(
            "update chain_cursors set leased_by = $1, leased_until = $2
             where network = $3 and (leased_by = $1 or {})",
            LeaseQueue::free("", 4)
        );
        let values = values![self.server.as_ref(), context.now + lease, network, context.now];
        if transaction.execute(sql, values).await? == 0 {
            return Ok(None);
        }
        let sql = format!("{COLUMNS} where network = $1");
        let mut row = transaction.one(&sql, values![network]).await?;
        if row.get::<Option<i64>>("untraced_from")?.is_some() {
            untraced::take_over(&mut transaction, network).await?;
            row = transaction.one(&sql, values![network]).await?;
        }
        let cursor = from_row(&row)?;
        transaction.commit().await?;
        Ok(Some(cursor))
    }

    /// Extends the lease, if this server still has it.
    pub async fn extend_cursor_lease(&self, network: Network, until: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_cursors set leased_until = $1 where network = $2 and leased_by = $3";
        transaction.execute(sql, values![until, network, self.server.as_ref()]).await?;
        transaction.commit().await
    }

    /// Ends the lease, so that another server need not wait for its end.
    pub async fn release_cursor(&self, network: Network) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_cursors set leased_until = null where network = $1 and leased_by = $2";
        transaction.execute(sql, values![network, self.server.as_ref()]).await?;
        transaction.commit().await
    }

    /// How far each network was followed.
    pub async fn cursors(&self) -> Result<Vec<Cursor>, Error> {
        let rows = self.database.snapshot().await?.all(format!("{COLUMNS} order by network"), vec![]).await?;
        rows.iter().map(from_row).collect()
    }

    /// How far a network was followed that is stopped; `None` if it is not.
    pub async fn stopped_network(&self, network: Network) -> Result<Option<Cursor>, Error> {
        let sql = format!("{COLUMNS} where network = $1 and state = $2");
        let values = values![network, CursorState::Stopped.as_str()];
        self.database.snapshot().await?.optional(sql, values).await?.as_ref().map(from_row).transpose()
    }

    /// The blocks behind the cursor from this height on, the newest first.
    pub async fn trail(&self, network: Network, from: i64, limit: u32) -> Result<Vec<(i64, String)>, Error> {
        let sql = format!(
            "select height, hash from chain_blocks where network = $1 and height <= $2 order by height desc limit {limit}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, from]).await?;
        rows.iter().map(|row| Ok((row.get("height")?, row.get("hash")?))).collect()
    }

    /// Stores what a step found, all or nothing. Returns `false` if the lease was lost or the cursor has moved.
    pub async fn advance_cursor(
        &self,
        context: &Context<'_>,
        network: Network,
        advance: &Advance<'_>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        if !self.holds_cursor(&mut transaction, network, advance.from).await? {
            return Ok(false);
        }
        for block in advance.blocks {
            let sql = "insert into chain_blocks (network, height, hash) values ($1, $2, $3)";
            transaction.execute(sql, values![network, block.height, &block.hash]).await?;
        }
        record(&mut transaction, context, network, advance.found).await?;
        if let Some(first) = advance.blocks.first() {
            movements::recognise(&mut transaction, context, network, advance.found.own).await?;
            let sql = "update chain_cursors set movements_from = $1 where network = $2 and movements_from is null";
            transaction.execute(sql, values![first.height, network]).await?;
        }
        if let Some(newest) = advance.blocks.last() {
            let sql = "update chain_cursors set height = $1, hash = $2, block_at = $3 where network = $4";
            transaction.execute(sql, values![newest.height, &newest.hash, newest.at, network]).await?;
        }
        // The newest block stays in any case: the next one is compared with it.
        let sql = "delete from chain_blocks where network = $1 and height < $2
            and height < (select c.height from chain_cursors c where c.network = $1)";
        transaction.execute(sql, values![network, advance.keep_from]).await?;
        if let Some(blocks) = advance.untraced {
            untraced::leave(&mut transaction, network, blocks).await?;
        }
        let Advance { heights, behind, .. } = advance;
        transaction
            .execute(
                "update chain_cursors set head = $1, safe_height = $2, finalized_height = $3, behind_from = $4,
                    behind_since = $5, traces = $6, updated_at = $7
                 where network = $8",
                values![
                    heights.head,
                    heights.safe,
                    heights.finalized,
                    behind.map(|(from, _)| from),
                    behind.map(|(_, since)| since),
                    advance.traces.as_str(),
                    context.now,
                    network
                ],
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Goes back to a block that the network still has. Deposits in the removed blocks are in no block until they are seen
    /// again. Returns `false` if the lease was lost or the cursor has moved.
    pub async fn rewind_cursor(
        &self,
        context: &Context<'_>,
        network: Network,
        from: &SeenBlock,
        to: &SeenBlock,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        if !self.holds_cursor(&mut transaction, network, Some(from)).await? {
            return Ok(false);
        }
        rewind(&mut transaction, context, network, to).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Sets the state of a network, and what is wrong. Does nothing if another server follows it. With `unsafe_payouts`, all
    /// accounts that pay there are paused for this reason.
    pub async fn set_cursor_state(
        &self,
        context: &Context<'_>,
        network: Network,
        state: CursorState,
        problem: Option<&str>,
        unsafe_payouts: Option<&str>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql =
            "update chain_cursors set state = $1, problem = $2, updated_at = $3 where network = $4 and leased_by = $5";
        let values = values![state.as_str(), problem, context.now, network, self.server.as_ref()];
        if transaction.execute(sql, values).await? == 1 {
            removed_blocks::tell(&mut transaction, context, network, state, problem, unsafe_payouts).await?;
        }
        transaction.commit().await
    }

    /// Whether this server still has the lease and the cursor is still at this block. Locks the cursor.
    pub(super) async fn holds_cursor(
        &self,
        transaction: &mut Transaction,
        network: Network,
        at: Option<&SeenBlock>,
    ) -> Result<bool, Error> {
        let sql = format!(
            "select height, hash from chain_cursors where network = $1 and leased_by = $2{}",
            transaction.for_update()
        );
        let Some(row) = transaction.optional(sql, values![network, self.server.as_ref()]).await? else {
            return Ok(false);
        };
        let (height, hash): (Option<i64>, Option<String>) = (row.get("height")?, row.get("hash")?);
        Ok(height == at.map(|block| block.height) && hash.as_ref() == at.map(|block| &block.hash))
    }
}

/// Stores what was found in blocks.
pub(super) async fn record(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    found: Found<'_>,
) -> Result<(), Error> {
    for transfer in found.transfers {
        record_seen(transaction, context, network, transfer).await?;
    }
    for movement in found.movements {
        movements::record(transaction, context, network, movement).await?;
    }
    skip(transaction, context.now, network, found.skipped).await?;
    Ok(())
}

/// Sets the cursor back to an earlier block. What was in the blocks above it is in no block.
pub(super) async fn rewind(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    to: &SeenBlock,
) -> Result<(), Error> {
    let sql = "delete from chain_blocks where network = $1 and height > $2";
    transaction.execute(sql, values![network, to.height]).await?;
    let sql = "insert into chain_blocks (network, height, hash) values ($1, $2, $3) on conflict do nothing";
    transaction.execute(sql, values![network, to.height, &to.hash]).await?;
    let sql = "update chain_deposits set stage = 'reorged', problem = null, updated_at = $1
        where network = $2 and block_height > $3 and stage in ('seen', 'credited')";
    transaction.execute(sql, values![context.now, network, to.height]).await?;
    let sql = "update chain_deposits set is_back = 0 where network = $1 and block_height > $2 and stage = 'lost'";
    transaction.execute(sql, values![network, to.height]).await?;
    let sql =
        "update own_movements set removed_at = $1 where network = $2 and block_height > $3 and removed_at is null";
    transaction.execute(sql, values![context.now, network, to.height]).await?;
    let sql = "delete from compared_balances where network = $1 and block_height > $2";
    transaction.execute(sql, values![network, to.height]).await?;
    untraced::forget_above(transaction, network, to.height).await?;
    // What used their nonces may be removed too.
    let sql = "update chain_deposits set replaced_below = null where network = $1 and stage = 'reorged'";
    transaction.execute(sql, values![network]).await?;
    let sql = "update chain_cursors set height = $1, hash = $2, block_at = $3, updated_at = $4 where network = $5";
    transaction.execute(sql, values![to.height, &to.hash, to.at, context.now, network]).await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Cursor, Error> {
    let newest = match (row.get("height")?, row.get("hash")?, row.get("block_at")?) {
        (Some(height), Some(hash), Some(at)) => Some(SeenBlock { height, hash, at }),
        _ => None,
    };
    let heights = match row.get("head")? {
        Some(head) => Some(Heights { head, safe: row.get("safe_height")?, finalized: row.get("finalized_height")? }),
        None => None,
    };
    Ok(Cursor {
        network: row.parse("network", |code| Network::parse(code).ok())?,
        state: row.parse("state", CursorState::parse)?,
        problem: row.get("problem")?,
        newest,
        heights,
        behind: row.get::<Option<i64>>("behind_from")?.zip(row.get("behind_since")?),
        traces: row.parse("traces", Traces::parse)?,
        untraced: row.get::<Option<i64>>("first_untraced")?.zip(row.get("last_untraced")?),
        updated_at: row.get("updated_at")?,
    })
}

//! Blocks in which coin that contracts send was not looked for, because no node would execute them again. They are read
//! again while the cursor stays where it is.

use super::{
    cursors::{Found, SeenBlock, record},
    movements,
};
use crate::{
    context::Context,
    domain::address::network::Network,
    store::{Error, Store, engine::Transaction},
    values,
};

/// What was found in such blocks.
#[derive(Clone, Copy, Debug)]
pub struct Retraced<'a> {
    /// The cursor's block.
    pub newest: &'a SeenBlock,
    /// The first and the last that were read.
    pub blocks: (i64, i64),
    pub found: Found<'a>,
}

impl Store {
    /// Such blocks of a network, the newest first: the first and the last of each part without others between them.
    pub async fn untraced_blocks(&self, network: Network) -> Result<Vec<(i64, i64)>, Error> {
        let sql = "select first_height, last_height from untraced_blocks where network = $1 order by first_height desc";
        let rows = self.database.snapshot().await?.all(sql, values![network]).await?;
        rows.iter().map(|row| Ok((row.get("first_height")?, row.get("last_height")?))).collect()
    }

    /// Whether a block is one of them.
    pub async fn is_untraced(&self, network: Network, height: i64) -> Result<bool, Error> {
        let sql = "select first_height from untraced_blocks
            where network = $1 and first_height <= $2 and last_height >= $2 limit 1";
        Ok(self.database.snapshot().await?.optional(sql, values![network, height]).await?.is_some())
    }

    /// Stores what was found, all or nothing; what was known stays as it is. Returns `false` if the lease was lost or the
    /// cursor has moved.
    pub async fn record_retraced(
        &self,
        context: &Context<'_>,
        network: Network,
        retraced: Retraced<'_>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        if !self.holds_cursor(&mut transaction, network, Some(retraced.newest)).await? {
            return Ok(false);
        }
        let Found { transfers, movements, own, .. } = retraced.found;
        record(&mut transaction, context, network, retraced.found).await?;
        movements::recognise(&mut transaction, context, network, own).await?;
        let deposits = transfers.iter().map(|transfer| (&transfer.address, transfer.block.height));
        for (account, height) in deposits.chain(movements.iter().map(|one| (&one.account, one.height))) {
            // They were compared without it.
            let sql = "delete from compared_balances where network = $1 and account = $2 and block_height >= $3";
            transaction.execute(sql, values![network, account, height]).await?;
        }
        take_out(&mut transaction, network, retraced.blocks).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Notes that coin by contracts was not looked for from one block to another.
pub(super) async fn leave(
    transaction: &mut Transaction,
    network: Network,
    (first, last): (i64, i64),
) -> Result<(), Error> {
    let sql = "update untraced_blocks set last_height = $1 where network = $2 and last_height = $3";
    if transaction.execute(sql, values![last, network, first - 1]).await? == 0 {
        insert(transaction, network, (first, last)).await?;
    }
    Ok(())
}

async fn insert(transaction: &mut Transaction, network: Network, (first, last): (i64, i64)) -> Result<(), Error> {
    let sql = "insert into untraced_blocks (network, first_height, last_height) values ($1, $2, $3)
        on conflict (network, first_height) do update set last_height =
            case when excluded.last_height > untraced_blocks.last_height then excluded.last_height
            else untraced_blocks.last_height end";
    transaction.execute(sql, values![network, first, last]).await?;
    Ok(())
}

/// Takes over what a server of an older version has noted while this one ran: only the first of its blocks.
pub(super) async fn take_over(transaction: &mut Transaction, network: Network) -> Result<(), Error> {
    let sql = "select untraced_from, height from chain_cursors where network = $1";
    let row = transaction.one(sql, values![network]).await?;
    let blocks = row.get::<Option<i64>>("untraced_from")?.zip(row.get::<Option<i64>>("height")?);
    if let Some(blocks) = blocks.filter(|(first, last)| first <= last) {
        leave(transaction, network, blocks).await?;
    }
    let sql = "update chain_cursors set untraced_from = null where network = $1";
    transaction.execute(sql, values![network]).await?;
    Ok(())
}

/// Forgets what is above a block to which the cursor goes back: it is read again.
pub(super) async fn forget_above(transaction: &mut Transaction, network: Network, height: i64) -> Result<(), Error> {
    let sql = "delete from untraced_blocks where network = $1 and first_height > $2";
    transaction.execute(sql, values![network, height]).await?;
    let sql = "update untraced_blocks set last_height = $2 where network = $1 and last_height > $2";
    transaction.execute(sql, values![network, height]).await?;
    Ok(())
}

/// They were read now.
async fn take_out(transaction: &mut Transaction, network: Network, (first, last): (i64, i64)) -> Result<(), Error> {
    let sql = "select first_height, last_height from untraced_blocks
        where network = $1 and first_height <= $2 and last_height >= $3";
    for row in transaction.all(sql, values![network, last, first]).await? {
        let (from, to): (i64, i64) = (row.get("first_height")?, row.get("last_height")?);
        let sql = "delete from untraced_blocks where network = $1 and first_height = $2";
        transaction.execute(sql, values![network, from]).await?;
        for (from, to) in [(from, first - 1), (last + 1, to)] {
            if from <= to {
                insert(transaction, network, (from, to)).await?;
            }
        }
    }
    Ok(())
}

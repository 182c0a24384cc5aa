//! Blocks in which coin that contracts send was not looked for, because no node could execute them again. They are read
//! again while the cursor stays where it is.

use super::{
    cursors::{Found, SeenBlock, record},
    movements,
};
use crate::{
    context::Context,
    domain::address::network::Network,
    store::{Error, Store},
    values,
};

/// What was found in such blocks.
#[derive(Clone, Copy, Debug)]
pub struct Retraced<'a> {
    /// The cursor's block.
    pub newest: &'a SeenBlock,
    pub found: Found<'a>,
    /// The first and the last block that are left.
    pub untraced: Option<(i64, i64)>,
}

impl Store {
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
        let (from, to) = retraced.untraced.unzip();
        let sql = "update chain_cursors set untraced_from = $1, untraced_to = $2 where network = $3";
        transaction.execute(sql, values![from, to, network]).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

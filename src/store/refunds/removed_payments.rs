//! Refunds that are completed by transactions in final blocks which their network has removed. This is so rare that nothing
//! here has an index of its own.

use super::{
    senders::UnexplainedTransaction,
    transfer_rows::{COLUMNS, with_attempts},
    transfers::TransferWithAttempts,
};
use crate::store::{Error, Store, engine::Transaction};
use crate::{
    context::Context,
    domain::{address::network::Network, ids::RefundId},
    values,
};

/// How many are looked at in one round.
const LOOKED_AT: u32 = 100;

/// Notes which refunds were paid above a height.
pub(in crate::store) async fn note_removed_payments(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    height: i64,
) -> Result<(), Error> {
    let sql = "insert into removed_payments (transfer_id, removed_at)
        select id, $1 from transfers where network = $2 and block_height > $3 and status = 'completed'
        on conflict (transfer_id) do update set removed_at = excluded.removed_at, failed_at = null";
    transaction.execute(sql, values![context.now, network, height]).await?;
    Ok(())
}

impl Store {
    /// Returns the completed transfers of a sender whose payment was removed and is in no final block again, by nonce.
    pub async fn removed_payments(&self, network: Network, sender: &str) -> Result<Vec<TransferWithAttempts>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2
             and id in (select transfer_id from removed_payments where failed_at is null) order by nonce limit {LOOKED_AT}"
        );
        let rows = snapshot.all(sql, values![network, sender]).await?;
        with_attempts(&mut snapshot, &rows).await
    }

    /// The payment is in a final block again.
    pub async fn forget_removed_payment(&self, id: RefundId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("delete from removed_payments where transfer_id = $1", values![id]).await?;
        transaction.commit().await
    }

    /// The payment has failed in a final block: it is listed for people to explain, also if they had explained it before.
    pub async fn record_failed_payment(&self, id: RefundId, found: &UnexplainedTransaction) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let UnexplainedTransaction { network, sender, transaction_hash, detail, found_at } = found;
        let sql = "update removed_payments set failed_at = $1 where transfer_id = $2";
        transaction.execute(sql, values![*found_at, id]).await?;
        let sql = "insert into unexplained_transactions (network, sender, transaction_hash, detail, found_at)
            values ($1, $2, $3, $4, $5) on conflict (network, sender, transaction_hash)
            do update set detail = excluded.detail, found_at = excluded.found_at, explained_at = null, explained_by = null,
                explanation = null";
        transaction.execute(sql, values![*network, sender, transaction_hash, detail, *found_at]).await?;
        transaction.commit().await
    }
}

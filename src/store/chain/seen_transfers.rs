//! How transfers that were seen in blocks are stored.

use super::{
    cursors::SeenBlock,
    deposits::{ChainDeposit, SeenTransfer},
};
use crate::store::{Error, Store, engine::Transaction};
use crate::{context::Context, domain::address::network::Network, values};

/// The payment of a stored transfer counts. From whom the transfer came then stays as it was booked, until the nodes deny it.
const IS_BOOKED: &str =
    "exists (select 1 from payments p where p.id = chain_deposits.payment_id and p.status <> 'failed')";

impl Store {
    /// Stores what the nodes say together of the block of a deposit that they had denied, which then needs no look any more
    /// if what they say is whole. Returns whether that is done: not if the lease was lost or the cursor has moved.
    pub async fn record_again(
        &self,
        context: &Context<'_>,
        (denied, is_whole): (&ChainDeposit, bool),
        cursor: &SeenBlock,
        transfers: &[SeenTransfer],
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        if !self.holds_cursor(&mut transaction, denied.network, Some(cursor)).await? {
            return Ok(false);
        }
        if is_whole {
            let sql = "update chain_deposits set problem = null where id = $1 and problem = 'contradicted'";
            transaction.execute(sql, values![denied.id]).await?;
        }
        for transfer in transfers {
            record_seen(&mut transaction, context, denied.network, transfer).await?;
        }
        transaction.commit().await?;
        Ok(is_whole)
    }
}

/// Stores a transfer that was seen in a block, or that it is in a block again. This is the word of one node, so one that
/// was credited, and removed, counts as credited again only when the nodes agree.
pub(super) async fn record_seen(
    transaction: &mut Transaction,
    context: &Context<'_>,
    network: Network,
    seen: &SeenTransfer,
) -> Result<(), Error> {
    let (block, position, now) = (&seen.block, i64::from(seen.position), context.now);
    // A transaction that is executed again can pay something else. Then what it paid before is gone.
    let gone = "update chain_deposits set stage = 'dropped', updated_at = $1
        where network = $2 and transaction_hash = $3 and position = $4 and stage = 'reorged'
        and not (address = $5 and currency = $6 and amount = $7)
        and not exists (select 1 from payments p where p.id = chain_deposits.payment_id and p.status = 'paid')";
    let (currency, amount) = (seen.amount.currency(), seen.amount);
    let key = values![now, network, &seen.transaction_hash, position, &seen.address, currency, amount];
    transaction.execute(gone, key).await?;
    transaction
        .execute(
            format!(
                "insert into chain_deposits (id, network, transaction_hash, position, address, merchant_id, intent_id,
                    currency, amount, sender, origin, nonce, block_height, block_hash, block_at, stage, created_at,
                    updated_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'seen', $16, $16)
                 on conflict (network, transaction_hash, position, address, currency, amount) do update
                 set block_height = excluded.block_height, block_hash = excluded.block_hash, block_at = excluded.block_at,
                    updated_at = excluded.updated_at, replaced_below = null, problem = null,
                    coin_proof = case when chain_deposits.block_hash = excluded.block_hash
                        then chain_deposits.coin_proof end,
                    sender = case when {IS_BOOKED} then chain_deposits.sender else excluded.sender end,
                    origin = case when {IS_BOOKED} then chain_deposits.origin else excluded.origin end,
                    nonce = case when {IS_BOOKED} then chain_deposits.nonce else excluded.nonce end,
                    is_back = case when chain_deposits.stage in ('lost', 'reorged') or chain_deposits.is_back = 1
                        or chain_deposits.stage = 'credited' and chain_deposits.block_hash <> excluded.block_hash
                        then 1 else 0 end,
                    stage = case when chain_deposits.stage in ('final', 'lost') then chain_deposits.stage
                        when chain_deposits.stage = 'credited' and chain_deposits.block_hash = excluded.block_hash
                        then 'credited' else 'seen' end"
            ),
            values![
                context.id(),
                network,
                &seen.transaction_hash,
                position,
                &seen.address,
                seen.owner.merchant,
                seen.owner.intent,
                currency,
                amount,
                &seen.sender,
                &seen.origin,
                seen.nonce,
                block.height,
                &block.hash,
                block.at,
                now
            ],
        )
        .await?;
    let sql = "update payments set block_height = $1 where id = (select d.payment_id from chain_deposits d
        where d.network = $2 and d.transaction_hash = $3 and d.position = $4 and d.address = $5 and d.currency = $6
        and d.amount = $7)";
    let key = values![block.height, network, &seen.transaction_hash, position, &seen.address, currency, amount];
    transaction.execute(sql, key).await?;
    Ok(())
}

//! The transfers that pay refunds, and their signed versions.

use super::{
    signature_requests,
    steps::record_hold,
    transfer_rows::{COLUMNS, from_row, with_attempts},
};
use crate::store::{
    Error, Store,
    engine::{Transaction, listing::id_list},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, RefundId},
        money::Money,
        names::Named,
        refunds::transfer::{Attempt, HeldReason, NewTransfer, Transfer, TransferStatus},
    },
    values,
};
use chrono::{DateTime, Utc};

/// Where a transaction is in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockPlace {
    pub transaction_hash: String,
    pub height: u64,
    pub block_hash: String,
}

/// How a transfer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferEnd {
    /// `Completed`, `Reverted`, `Cancelled` or `Withdrawn`.
    pub status: TransferStatus,
    /// The transaction, unless nothing was ever signed.
    pub transaction_hash: Option<String>,
    /// The height of the transaction's block, if the transfer was not followed to that block.
    pub height: Option<u64>,
    /// The network fee paid, in native coin.
    pub fee: Option<Money>,
}

/// A transfer with its signed versions, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferWithAttempts {
    pub transfer: Transfer,
    pub attempts: Vec<Attempt>,
    /// When the bytes were last given to a node.
    pub broadcast_at: Option<DateTime<Utc>>,
    /// The height at which its nonce was seen to be used although no version of it is in a block.
    pub overtaken_height: Option<u64>,
}

impl Store {
    /// Plans the transfer of a refund, which does not wait any more for that. A repetition changes nothing, and nothing is
    /// planned for a refund that was stopped meanwhile.
    pub async fn plan_transfer(&self, context: &Context<'_>, new: &NewTransfer) -> Result<(), Error> {
        let mut batch = self.begin_batch(context).await?;
        // Whoever stops a refund without a transfer locks it too (`withdraw_unplanned`).
        let suffix = batch.transaction().for_update();
        let sql = format!("select id from refunds where id = $1 and status = 'processing'{suffix}");
        if batch.transaction().optional(sql, values![new.id]).await?.is_none() {
            return Ok(());
        }
        let planned = batch
            .transaction()
            .execute(
                "insert into transfers (id, network, sender, recipient, currency, amount, status, planned_at, updated_at)
                 values ($1, $2, $3, $4, $5, $6, 'planned', $7, $7) on conflict (id) do nothing",
                values![
                    new.id,
                    new.network,
                    &new.sender,
                    &new.recipient,
                    new.amount.currency(),
                    new.amount,
                    context.now
                ],
            )
            .await?;
        let sql = "update refunds set held_reason = null, updated_at = $1 where id = $2 and held_reason is not null";
        if planned == 1 && batch.transaction().execute(sql, values![context.now, new.id]).await? == 1 {
            let merchant = merchant_of(batch.transaction(), new.id).await?;
            record_hold(batch.for_merchant(merchant), new.id, None).await?;
        }
        batch.commit().await
    }

    /// Returns the transfer of a refund with its versions; `None` if none was planned.
    pub async fn refund_transfer(&self, id: RefundId) -> Result<Option<TransferWithAttempts>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let rows = snapshot.all(format!("{COLUMNS} from transfers where id = $1"), values![id]).await?;
        Ok(with_attempts(&mut snapshot, &rows).await?.pop())
    }

    /// Returns the transfers of these refunds that were completed.
    pub async fn completed_transfers(&self, ids: &[RefundId]) -> Result<Vec<Transfer>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (list, values) = id_list(ids);
        let sql = format!("{COLUMNS} from transfers where status = 'completed' and id in ({list})");
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }

    /// Returns the transfers that were completed in a period, end exclusive.
    pub async fn transfers_completed_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Transfer>, Error> {
        let sql = format!(
            "{COLUMNS} from transfers where status = 'completed' and updated_at >= $1 and updated_at < $2 order by updated_at"
        );
        self.database.snapshot().await?.all(sql, values![from, to]).await?.iter().map(from_row).collect()
    }

    /// Returns the transfers of a sender that may be in a pool or a block and are not final, by nonce.
    pub async fn transfers_under_way(
        &self,
        network: Network,
        sender: &str,
    ) -> Result<Vec<TransferWithAttempts>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2
             and status in ('signed', 'broadcast', 'mined', 'revoking', 'displaced') order by nonce"
        );
        let rows = snapshot.all(sql, values![network, sender]).await?;
        with_attempts(&mut snapshot, &rows).await
    }

    /// Returns whether a sender has anything to sign or to follow.
    pub async fn has_open_transfers(&self, network: Network, sender: &str) -> Result<bool, Error> {
        let sql = "select id from transfers where network = $1 and sender = $2
             and status in ('planned', 'signed', 'broadcast', 'mined', 'revoking', 'displaced') limit 1";
        Ok(self.database.snapshot().await?.optional(sql, values![network, sender]).await?.is_some())
    }

    /// Returns the planned transfers of all senders of a network, the oldest first.
    pub async fn planned_on(&self, network: Network) -> Result<Vec<Transfer>, Error> {
        let sql = format!("{COLUMNS} from transfers where network = $1 and status = 'planned' order by planned_at, id");
        self.database.snapshot().await?.all(sql, values![network]).await?.iter().map(from_row).collect()
    }

    /// Returns the accounts that planned transfers are to be paid from.
    pub async fn accounts_with_planned(&self) -> Result<Vec<(Network, String)>, Error> {
        let sql = "select distinct network, sender from transfers where status = 'planned' order by network, sender";
        let rows = self.database.snapshot().await?.all(sql, values![]).await?;
        rows.iter()
            .map(|row| Ok((row.parse("network", |code| Network::parse(code).ok())?, row.get("sender")?)))
            .collect()
    }

    /// Returns all planned transfers of a sender, the oldest first.
    pub async fn planned_transfers(&self, network: Network, sender: &str) -> Result<Vec<Transfer>, Error> {
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and sender = $2 and status = 'planned' order by planned_at, id"
        );
        self.database.snapshot().await?.all(sql, values![network, sender]).await?.iter().map(from_row).collect()
    }

    /// Stores the first signed version of a transfer with its nonce; `false`, and nothing, if either was taken meanwhile.
    pub async fn record_first_attempt(
        &self,
        context: &Context<'_>,
        transfer: &Transfer,
        nonce: u64,
        attempt: &Attempt,
    ) -> Result<bool, Error> {
        let mut batch = self.begin_batch(context).await?;
        if !take_nonce(batch.transaction(), transfer, nonce).await? {
            return Ok(false);
        }
        let sql =
            "update transfers set status = 'signed', nonce = $1, updated_at = $2 where id = $3 and status = 'planned'";
        if batch.transaction().execute(sql, values![signed(nonce), context.now, transfer.id]).await? == 0 {
            return Ok(false);
        }
        insert_attempt(batch.transaction(), transfer.id, attempt).await?;
        if transfer.held.is_some() {
            let merchant = merchant_of(batch.transaction(), transfer.id).await?;
            set_hold(batch.for_merchant(merchant), transfer.id, None).await?;
        }
        batch.commit().await?;
        Ok(true)
    }

    /// Notes that the newest bytes were given to a node.
    pub async fn record_broadcast(&self, context: &Context<'_>, id: RefundId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update transfers set broadcast_at = $1, status = case when status = 'signed' then 'broadcast' else status end,
            updated_at = case when status = 'signed' then $1 else updated_at end
            where id = $2 and status in ('signed', 'broadcast', 'revoking')";
        transaction.execute(sql, values![context.now, id]).await?;
        transaction.commit().await
    }

    /// Notes the block that holds a transfer; `None` if a reorganisation has taken it back.
    pub async fn record_block(
        &self,
        context: &Context<'_>,
        id: RefundId,
        place: Option<&BlockPlace>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        match place {
            Some(place) => {
                let sql =
                    "update transfers set status = 'mined', transaction_hash = $1, block_height = $2, block_hash = $3, overtaken_height = null,
                    updated_at = $4 where id = $5 and status in ('signed', 'broadcast', 'mined', 'displaced')";
                let values = values![&place.transaction_hash, signed(place.height), &place.block_hash, context.now, id];
                transaction.execute(sql, values).await?;
            }
            None => {
                let sql = "update transfers set status = 'broadcast', transaction_hash = null, block_height = null,
                    block_hash = null, broadcast_at = null, updated_at = $1 where id = $2 and status = 'mined'";
                transaction.execute(sql, values![context.now, id]).await?;
            }
        }
        transaction.commit().await
    }

    /// Notes the height at which a transfer's nonce was seen to be used by another transaction; `None` if it is free again.
    pub async fn record_overtaken(
        &self,
        context: &Context<'_>,
        id: RefundId,
        height: Option<u64>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update transfers set overtaken_height = $1, updated_at = $2
            where id = $3 and status in ('signed', 'broadcast')";
        transaction.execute(sql, values![height.map(signed), context.now, id]).await?;
        transaction.commit().await
    }

    /// Notes that a transfer failed in a final block and that its authorisation has to be revoked.
    pub async fn record_revoking(&self, context: &Context<'_>, id: RefundId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update transfers set status = 'revoking', broadcast_at = null, updated_at = $1
            where id = $2 and status in ('mined', 'displaced')";
        transaction.execute(sql, values![context.now, id]).await?;
        transaction.commit().await
    }

    /// Stores the signed revocation of a transfer's authorisation together with its nonce. Returns `false` if the nonce
    /// was taken meanwhile; then nothing is stored.
    pub async fn record_revocation(
        &self,
        context: &Context<'_>,
        transfer: &Transfer,
        nonce: u64,
        attempt: &Attempt,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        if !take_nonce(&mut transaction, transfer, nonce).await? {
            return Ok(false);
        }
        let sql = "update transfers set revocation_nonce = $1, broadcast_at = null, updated_at = $2
            where id = $3 and status = 'revoking'";
        transaction.execute(sql, values![signed(nonce), context.now, transfer.id]).await?;
        insert_attempt(&mut transaction, transfer.id, attempt).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes that a nonce of ours was used by another transaction. Returns `false` if that was noted before.
    pub async fn record_displaced(&self, context: &Context<'_>, id: RefundId, detail: &str) -> Result<bool, Error> {
        let mut batch = self.begin_batch(context).await?;
        let before = lock(batch.transaction(), id).await?;
        if !before.status.can_become(TransferStatus::Displaced) {
            return Ok(false);
        }
        let sql = "update transfers set status = 'displaced', updated_at = $1 where id = $2";
        batch.transaction().execute(sql, values![context.now, id]).await?;
        let merchant = merchant_of(batch.transaction(), id).await?;
        set_hold(batch.for_merchant(merchant), id, Some((HeldReason::Displaced, detail))).await?;
        batch.commit().await?;
        Ok(true)
    }

    /// Notes why a transfer waits; `None`: it does not any more. Nothing is recorded if only the details have changed.
    pub async fn hold_transfer(
        &self,
        context: &Context<'_>,
        transfer: &Transfer,
        hold: Option<(HeldReason, &str)>,
    ) -> Result<(), Error> {
        let known = transfer.held.as_ref().map(|held| (held.reason, held.detail.as_str()));
        if known == hold {
            return Ok(());
        }
        let mut batch = self.begin_batch(context).await?;
        let before = lock(batch.transaction(), transfer.id).await?;
        if before.status.is_final() || before.held != transfer.held {
            return Ok(());
        }
        if let (Some((reason, detail)), Some(held)) = (hold, &before.held)
            && held.reason == reason
        {
            let sql = "update transfers set held_detail = $1 where id = $2";
            batch.transaction().execute(sql, values![detail, transfer.id]).await?;
        } else {
            let merchant = merchant_of(batch.transaction(), transfer.id).await?;
            set_hold(batch.for_merchant(merchant), transfer.id, hold).await?;
        }
        batch.commit().await
    }
}

/// A block height or nonce for the database; no chain has 2^63 of either.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn take_nonce(transaction: &mut Transaction, transfer: &Transfer, nonce: u64) -> Result<bool, Error> {
    let sql = "update senders set next_nonce = next_nonce + 1 where network = $1 and address = $2 and next_nonce = $3";
    let values = values![transfer.network, &transfer.sender, signed(nonce)];
    Ok(transaction.execute(sql, values).await? == 1)
}

pub(super) async fn lock(transaction: &mut Transaction, id: RefundId) -> Result<Transfer, Error> {
    let sql = format!("{COLUMNS} from transfers where id = $1{}", transaction.for_update());
    from_row(&transaction.one(sql, values![id]).await?)
}

pub(super) async fn merchant_of(transaction: &mut Transaction, id: RefundId) -> Result<MerchantId, Error> {
    let row = transaction.one("select merchant_id from refunds where id = $1", values![id]).await?;
    Ok(MerchantId(row.get("merchant_id")?))
}

pub(super) async fn set_hold(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    hold: Option<(HeldReason, &str)>,
) -> Result<(), Error> {
    let reason = hold.map(|(reason, _)| reason.as_str());
    let since = hold.map(|_| work.context.now);
    let sql = "update transfers set held_reason = $1, held_detail = $2, held_since = $3 where id = $4";
    let values = values![reason, hold.map(|(_, detail)| detail), since, id];
    work.transaction.execute(sql, values).await?;
    // A client that asks what has changed since a time must see that it waits or goes on.
    let sql = "update refunds set held_reason = $1, updated_at = $2 where id = $3";
    work.transaction.execute(sql, values![reason, work.context.now, id]).await?;
    record_hold(work, id, hold).await
}

pub(super) async fn insert_attempt(
    transaction: &mut Transaction,
    id: RefundId,
    attempt: &Attempt,
) -> Result<(), Error> {
    let sql =
        "insert into transfer_attempts (hash, transfer_id, seq, kind, raw, max_fee_per_gas, max_priority_fee_per_gas,
            signed_at)
         select $1, $2, count(*), $3, $4, $5, $6, $7 from transfer_attempts where transfer_id = $8
         on conflict (hash) do nothing";
    let (fee, priority) = (attempt.max_fee_per_gas.to_string(), attempt.max_priority_fee_per_gas.to_string());
    let values = values![&attempt.hash, id, attempt.kind.as_str(), &attempt.raw, fee, priority, attempt.signed_at, id];
    transaction.execute(sql, values).await?;
    signature_requests::forget(transaction, id).await
}

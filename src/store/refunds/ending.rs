//! The end of a transfer.

use super::{
    found_payments::PAID_BY_AUTHORIZATION,
    reconciliation::belongs_to_transfer,
    senders::lock_accounts,
    transfers::{TransferEnd, TransferWithAttempts, lock, merchant_of, set_hold, signed},
};
use crate::store::{Error, Store, engine::Transaction};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        money::Money,
        names::Named,
        refunds::transfer::{Transfer, TransferStatus},
    },
    evm::authorization::refund_nonce,
    values,
};

impl Store {
    /// Ends a transfer. Its refund is looked at again at once. Returns `false` if the transfer had ended already. Fails if it
    /// is not as it was `read` any more, since that is what the end was decided by, or if it was paid by a transaction that
    /// belongs to another transfer meanwhile. One that used the refund's own authorisation may have paid others too, each by
    /// its own.
    pub async fn end_transfer(
        &self,
        context: &Context<'_>,
        read: &TransferWithAttempts,
        end: &TransferEnd,
        uses_own_authorization: bool,
    ) -> Result<bool, Error> {
        let mut batch = self.begin_batch(context).await?;
        let id = read.transfer.id;
        let paid_by = end.transaction_hash.as_ref().filter(|hash| {
            let is_version = read.attempts.iter().any(|attempt| attempt.hash == **hash);
            end.status == TransferStatus::Completed && !is_version
        });
        if let Some(hash) = paid_by {
            require_unassigned(batch.transaction(), &read.transfer, hash, uses_own_authorization).await?;
        }
        let before = lock(batch.transaction(), id).await?;
        if before.status.is_final() {
            return Ok(false);
        }
        let sql = "select count(*) as attempts from transfer_attempts where transfer_id = $1";
        let attempts: i64 = batch.transaction().one(sql, values![id]).await?.get("attempts")?;
        let decisive = |one: &Transfer| (one.status, one.amount, one.nonce, one.revocation_nonce);
        if decisive(&before) != decisive(&read.transfer) || usize::try_from(attempts) != Ok(read.attempts.len()) {
            let message = "error-transfer-worked-on-not-ended";
            return Err(DomainError::new(ErrorCode::PayoutsNotReconciled, message).into());
        }
        if !before.status.can_become(end.status) {
            return Ok(false);
        }
        if before.held.is_some() {
            let merchant = merchant_of(batch.transaction(), id).await?;
            set_hold(batch.for_merchant(merchant), id, None).await?;
        }
        let sql = "update transfers set status = $1, transaction_hash = $2, fee = $3, updated_at = $4,
            block_height = coalesce($5, block_height) where id = $6";
        let (fee, height) = (end.fee.map(Money::amount), end.height.map(signed));
        let values = values![end.status.as_str(), &end.transaction_hash, fee, context.now, height, id];
        batch.transaction().execute(sql, values).await?;
        let sql = "update refunds set next_attempt_at = $1 where id = $2 and status = 'processing'";
        batch.transaction().execute(sql, values![context.now, id]).await?;
        batch.commit().await?;
        Ok(true)
    }
}

/// Rejects a transaction that belongs to a transfer already, or the transfer's own authorisation if a person has assigned what
/// it has paid to another one. Nodes can be slower than a lease, so two servers may be about to assign one transaction to two
/// refunds: the second waits for the accounts of the network until the first has ended.
async fn require_unassigned(
    transaction: &mut Transaction,
    transfer: &Transfer,
    hash: &str,
    uses_own_authorization: bool,
) -> Result<(), Error> {
    lock_accounts(transaction, transfer.network).await?;
    let (sql, paid_by) = if uses_own_authorization {
        let sql = format!("select 1 as known {PAID_BY_AUTHORIZATION} where u.nonce = $1 limit 1");
        (sql, refund_nonce(transfer.id.0).to_string())
    } else {
        (format!("select 1 as known where {}", belongs_to_transfer("$1")), hash.to_owned())
    };
    if transaction.optional(sql, values![paid_by]).await?.is_none() {
        return Ok(());
    }
    let message = "error-transaction-of-another";
    Err(DomainError::new(ErrorCode::PayoutsNotReconciled, message).into())
}

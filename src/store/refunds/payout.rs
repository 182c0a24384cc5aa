//! What the settlement worker does with refunds: lease, finish, release.

use super::{load, steps::append_step};
use crate::store::{
    Error, Store,
    engine::{Row, lease::LeaseQueue},
    intents,
    ledger::post,
    records::audit_chain::sort_by_merchant,
    unit_of_work::{Batch, UnitOfWork},
};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, RefundId},
        intents::payment_intent::PaymentIntent,
        ledger::PostingSet,
        names::Named,
        refunds::refund::{Refund, RefundStatus, Rejection},
    },
    values,
};
use chrono::{DateTime, Duration, Utc};

/// A leased refund is `processing` until it has ended.
pub(in crate::store) const QUEUE: LeaseQueue = LeaseQueue::new("refunds", "status in ('pending', 'processing')");
const SELECT: &str = "select id, merchant_id, status";

/// How a payout ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutResult {
    /// The customer has the money.
    Completed {
        /// Hash of the payout's transaction on its network.
        transaction_hash: String,
    },
    /// The payout did not happen and never will.
    Rejected(Rejection),
}

impl Store {
    /// Leases refunds that are due, for one worker. Pending refunds become processing, and this is committed before
    /// anything is broadcast. Several servers share the queue; rows locked or leased by another are skipped.
    pub async fn claim_due_refunds(
        &self,
        context: &Context<'_>,
        lease: Duration,
        limit: u32,
    ) -> Result<Vec<Refund>, Error> {
        let mut batch = self.begin_batch(context).await?;
        let mut rows = QUEUE.lock_due(batch.transaction(), SELECT, context.now, limit).await?;
        sort_by_merchant(&mut rows)?;
        let refunds = start_processing(&mut batch, lease, &rows, &self.server).await?;
        batch.commit().await?;
        Ok(refunds)
    }

    /// Leases one refund, unless another worker has it, it is final, or it waits for anything but the chain.
    pub async fn claim_refund(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        id: RefundId,
        lease: Duration,
    ) -> Result<Option<Refund>, Error> {
        let mut batch = self.begin_batch(context).await?;
        let sql = format!(
            "{SELECT} from refunds where id = $1 and merchant_id = $2
             and (status = 'processing' or status = 'pending' and next_attempt_at <= $3) and {}{}",
            LeaseQueue::free("", 3),
            batch.transaction().for_update_skip_locked()
        );
        let rows = batch.transaction().all(sql, values![id, merchant, context.now]).await?;
        let refund = start_processing(&mut batch, lease, &rows, &self.server).await?.pop();
        batch.commit().await?;
        Ok(refund)
    }

    /// Extends a lease. Returns `false` if the lease was lost: another server may then have the refund.
    pub async fn extend_refund_lease(
        &self,
        id: RefundId,
        held_until: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let extended = QUEUE.extend(&mut transaction, id.0, held_until, until).await?;
        transaction.commit().await?;
        Ok(extended)
    }

    /// Releases a refund and schedules the next attempt. Does nothing if the lease was lost or the refund is final.
    pub async fn release_refund(
        &self,
        id: RefundId,
        held_until: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        QUEUE.release(&mut transaction, id.0, held_until, next_attempt_at).await?;
        transaction.commit().await
    }

    /// Records how a payout ended: status, timeline, ledger, intent, audit entry and event in one transaction. A refund
    /// that has already ended does not change; then the result is `false`.
    pub async fn finish_refund(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        id: RefundId,
        result: &PayoutResult,
    ) -> Result<bool, Error> {
        let mut work = self.begin_as_system(merchant, context).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        let status = match result {
            PayoutResult::Completed { .. } => RefundStatus::Completed,
            PayoutResult::Rejected(_) => RefundStatus::Rejected,
        };
        if !refund.status.can_become(status) {
            tracing::warn!(refund = %id, from = refund.status.as_str(), to = status.as_str(), "a late outcome of refund {id} is ignored");
            return Ok(false);
        }
        match result {
            PayoutResult::Rejected(rejection) => {
                reject(&mut work, &refund, rejection).await?;
            }
            PayoutResult::Completed { transaction_hash } => {
                let sql = "update refunds set status = 'completed', transaction_hash = $1, leased_until = null,
                    updated_at = $2 where id = $3";
                work.transaction.execute(sql, values![transaction_hash, context.now, id]).await?;
                settle_amounts(&mut work, &refund, status).await?;
                let ended = load(&mut work.transaction, merchant, id, "").await?;
                append_step(&mut work, &ended, status, None).await?;
            }
        }
        work.commit().await?;
        Ok(true)
    }
}

/// Rejects a refund and releases its money. The caller has locked the refund's row.
pub(in crate::store) async fn reject(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    rejection: &Rejection,
) -> Result<Refund, Error> {
    let Rejection { kind, reason } = rejection;
    let sql = "update refunds set status = 'rejected', rejection_type = $1, rejection_reason = $2, leased_until = null,
        held_reason = null, updated_at = $3 where id = $4";
    work.transaction.execute(sql, values![kind.as_str(), reason.stored(), work.context.now, refund.id]).await?;
    settle_amounts(work, refund, RefundStatus::Rejected).await?;
    let ended = load(&mut work.transaction, refund.merchant_id, refund.id, "").await?;
    append_step(work, &ended, RefundStatus::Rejected, Some(reason.clone())).await?;
    Ok(ended)
}

/// Leases locked refunds for a worker and sets pending ones to processing.
async fn start_processing(
    batch: &mut Batch<'_>,
    lease: Duration,
    rows: &[Row],
    server: &str,
) -> Result<Vec<Refund>, Error> {
    let mut refunds = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, merchant) = (RefundId(row.get("id")?), MerchantId(row.get("merchant_id")?));
        let status = row.parse("status", RefundStatus::parse)?;
        let work = batch.for_merchant(merchant);
        QUEUE.lease(&mut work.transaction, id.0, work.context.now + lease, server).await?;
        // `updated_at` changes only with the status and with what the transfer waits for: another attempt is no change,
        // and people sort by this column.
        let sql = "update refunds set status = 'processing', updated_at = $1 where id = $2 and status = 'pending'";
        work.transaction.execute(sql, values![work.context.now, id]).await?;
        let refund = load(&mut work.transaction, merchant, id, "").await?;
        if status == RefundStatus::Pending {
            append_step(work, &refund, RefundStatus::Processing, None).await?;
        }
        refunds.push(refund);
    }
    Ok(refunds)
}

/// Updates the ledger and the intent's amounts for a refund that ended.
async fn settle_amounts(work: &mut UnitOfWork<'_>, refund: &Refund, status: RefundStatus) -> Result<(), Error> {
    let completed = status == RefundStatus::Completed;
    let set = if completed {
        PostingSet::refund_completed(&refund.terms)?
    } else {
        PostingSet::refund_released(&refund.terms)?
    };
    // Lock the intent before the balances, as everywhere else; the other order could deadlock.
    let intent = intents::lock(&mut work.transaction, refund.merchant_id, refund.intent_id).await?;
    post(work, refund.merchant_id, refund.id.0, &set).await?;
    let in_flight = intent.in_flight.minus(refund.amount())?;
    let refunded = if completed { intent.refunded.plus(refund.amount())? } else { intent.refunded };
    intents::save_amounts(work, &PaymentIntent { in_flight, refunded, ..intent }).await
}

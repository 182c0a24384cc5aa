//! What the settlement worker does with refunds: take, finish, give back.

use super::{load, steps::append_step};
use crate::store::{
    Store,
    engine::{Row, Transaction},
    intents,
    ledger::post,
    records::audit_chain::sort_by_merchant,
};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, RefundId},
        intents::payment_intent::PaymentIntent,
        ledger::PostingSet,
        people::actor::Actor,
        refunds::refund::{Refund, RefundStatus, Rejection},
    },
    error::Error,
    values,
};
use chrono::{DateTime, Duration, Utc};

/// How a payout ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The customer has it.
    Completed {
        /// The transaction on the chain.
        transaction_hash: String,
    },
    /// It did not happen and never will.
    Rejected(Rejection),
}

impl Store {
    /// Takes refunds that are due, for one worker and for a limited time. What was pending is processing from here on,
    /// durably, before anything is broadcast. Several servers share the queue: rows that another holds are left out.
    pub async fn claim_due_refunds(
        &self,
        context: &Context<'_>,
        lease: Duration,
        limit: u32,
    ) -> Result<Vec<Refund>, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = format!(
            "select id, merchant_id, status from refunds
             where status in ('pending', 'processing') and next_attempt_at <= $1 and (leased_until is null or leased_until <= $2)
             order by next_attempt_at limit {limit}{}",
            transaction.for_update_skip_locked()
        );
        let mut rows = transaction.all(sql, values![context.now, context.now]).await?;
        sort_by_merchant(&mut rows)?;
        let refunds = take(&mut transaction, context, lease, &rows).await?;
        transaction.commit().await?;
        Ok(refunds)
    }

    /// Takes one refund, if nobody else has it and it is not final or waiting for anything but the rail.
    pub async fn claim_refund(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        id: RefundId,
        lease: Duration,
    ) -> Result<Option<Refund>, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = format!(
            "select id, merchant_id, status from refunds where id = $1 and merchant_id = $2
             and (status = 'processing' or status = 'pending' and next_attempt_at <= $3)
             and (leased_until is null or leased_until <= $3){}",
            transaction.for_update_skip_locked()
        );
        let rows = transaction.all(sql, values![id, merchant, context.now]).await?;
        let refund = take(&mut transaction, context, lease, &rows).await?.pop();
        transaction.commit().await?;
        Ok(refund)
    }

    /// Prolongs a lease, if it is still the caller's; `false` when another server may have taken the refund meanwhile.
    pub async fn prolong_lease(
        &self,
        id: RefundId,
        held_until: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let changed = transaction
            .execute(
                "update refunds set leased_until = $1 where id = $2 and leased_until = $3 and status = 'processing'",
                values![until, id, held_until],
            )
            .await?;
        transaction.commit().await?;
        Ok(changed == 1)
    }

    /// Gives a refund back to the queue, to be looked at again later. Without effect when the lease is another's by now, or
    /// the refund is final.
    pub async fn look_again_at(
        &self,
        id: RefundId,
        held_until: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "update refunds set leased_until = null, next_attempt_at = $1
                 where id = $2 and leased_until = $3 and status = 'processing'",
                values![next_attempt_at, id, held_until],
            )
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Writes how a payout ended: status, timeline, ledger, intent, audit and event in one transaction. A refund that has
    /// already ended stays as it is, whatever arrives late; then `false` is answered.
    pub async fn end_refund(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        id: RefundId,
        ending: &Ending,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let suffix = transaction.for_update();
        let refund = load(&mut transaction, merchant, id, suffix).await?;
        let status = match ending {
            Ending::Completed { .. } => RefundStatus::Completed,
            Ending::Rejected(_) => RefundStatus::Rejected,
        };
        if !refund.status.can_become(status) {
            tracing::warn!(refund = %id, from = refund.status.as_str(), to = status.as_str(), "late ending of refund {id} ignored");
            return Ok(false);
        }
        let actor = Actor::System { merchant };
        match ending {
            Ending::Rejected(rejection) => {
                reject(&mut transaction, &actor, context, &refund, rejection).await?;
            }
            Ending::Completed { transaction_hash } => {
                let sql = "update refunds set status = 'completed', transaction_hash = $1, leased_until = null,
                    updated_at = $2 where id = $3";
                transaction.execute(sql, values![transaction_hash, context.now, id]).await?;
                settle_amounts(&mut transaction, context, &refund, status).await?;
                let ended = load(&mut transaction, merchant, id, "").await?;
                append_step(&mut transaction, &actor, context, &ended, status, None).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// Ends a refund whose row is held without its being sent: its money is free again.
pub(in crate::store) async fn reject(
    transaction: &mut Transaction,
    actor: &Actor,
    context: &Context<'_>,
    refund: &Refund,
    rejection: &Rejection,
) -> Result<Refund, Error> {
    let Rejection { kind, reason } = rejection;
    let sql = "update refunds set status = 'rejected', rejection_type = $1, rejection_reason = $2, leased_until = null,
        updated_at = $3 where id = $4";
    transaction.execute(sql, values![kind.as_str(), reason, context.now, refund.id]).await?;
    settle_amounts(transaction, context, refund, RefundStatus::Rejected).await?;
    let ended = load(transaction, refund.merchant_id, refund.id, "").await?;
    append_step(transaction, actor, context, &ended, RefundStatus::Rejected, Some(reason.clone())).await?;
    Ok(ended)
}

/// Makes refunds processing whose rows are held, and holds them for a worker.
async fn take(
    transaction: &mut Transaction,
    context: &Context<'_>,
    lease: Duration,
    rows: &[Row],
) -> Result<Vec<Refund>, Error> {
    let mut refunds = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, merchant) = (RefundId(row.get("id")?), MerchantId(row.get("merchant_id")?));
        let status = row.parse("status", RefundStatus::parse)?;
        // Being looked at again is no change: what people sort by stays as it is.
        transaction
            .execute(
                "update refunds set leased_until = $1, status = 'processing',
                    updated_at = case when status = 'pending' then $2 else updated_at end where id = $3",
                values![context.now + lease, context.now, id],
            )
            .await?;
        let refund = load(transaction, merchant, id, "").await?;
        if status == RefundStatus::Pending {
            let actor = Actor::System { merchant };
            append_step(transaction, &actor, context, &refund, RefundStatus::Processing, None).await?;
        }
        refunds.push(refund);
    }
    Ok(refunds)
}

/// Moves the money of an ended refund, in the ledger and on the intent.
async fn settle_amounts(
    transaction: &mut Transaction,
    context: &Context<'_>,
    refund: &Refund,
    status: RefundStatus,
) -> Result<(), Error> {
    let completed = status == RefundStatus::Completed;
    let set = if completed {
        PostingSet::refund_completed(&refund.terms)?
    } else {
        PostingSet::refund_released(&refund.terms)?
    };
    // The intent before the balances, as everywhere: in another order two transactions could wait for each other.
    let intent = intents::lock(transaction, refund.merchant_id, refund.intent_id).await?;
    post(transaction, context, refund.merchant_id, refund.id.0, &set).await?;
    let in_flight = intent.in_flight.minus(refund.amount())?;
    let refunded = if completed { intent.refunded.plus(refund.amount())? } else { intent.refunded };
    intents::save_amounts(transaction, context, &PaymentIntent { in_flight, refunded, ..intent }).await
}

//! Transfers that an owner stops: before anything is signed, or by a transaction with the same nonce that pays nothing.

use super::{approval::insert_decision, load, payout::reject, quote, transfers::lock};
use crate::store::{Error, Store, engine::Row, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        ids::RefundId,
        names::Named,
        people::actor::Actor,
        refunds::{
            approval::{ApprovalDecision, Seal},
            refund::{Refund, RefundStatus, Rejection, RejectionType},
            transfer::{PauseReason, maybe_signed, not_stoppable},
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// The exclusive use of a sender, during which no server signs for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderReservation {
    pub network: Network,
    pub address: String,
    /// Identifies the reservation.
    pub id: Uuid,
    /// Whether the settings have the account. What another has done is asked of the signers.
    pub is_used: bool,
}

impl Store {
    /// Reserves a sender. `false` while a server works for it.
    pub async fn reserve_sender(
        &self,
        reservation: &SenderReservation,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set leased_until = $1, leased_by = $2 where network = $3 and address = $4
            and (leased_until is null or leased_until <= $5)";
        let SenderReservation { network, address, id, .. } = reservation;
        let reserved = transaction.execute(sql, values![until, id.to_string(), *network, address, now]).await? == 1;
        transaction.commit().await?;
        Ok(reserved)
    }

    /// Ends a reservation.
    pub async fn release_reservation(&self, reservation: &SenderReservation) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set leased_until = null where network = $1 and address = $2 and leased_by = $3";
        let SenderReservation { network, address, id, .. } = reservation;
        transaction.execute(sql, values![*network, address, id.to_string()]).await?;
        transaction.commit().await
    }

    /// Stops a transfer that waits and was not signed, and rejects its refund: its money is released. The caller has
    /// reserved the sender and knows that neither the signer nor the chain has anything that the database does not know;
    /// the reservation must still hold.
    pub async fn withdraw_transfer(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        reservation: &SenderReservation,
        reason: &str,
    ) -> Result<Refund, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let SenderReservation { network, address, id: holder, is_used } = reservation;
        // Locked until the commit: no server can take the sender in between. Before the transfer, as by everybody else.
        let sql = format!(
            "select pause_reason from senders
             where network = $1 and address = $2 and leased_by = $3 and leased_until > $4{suffix}"
        );
        let values = values![*network, address, holder.to_string(), context.now];
        let sender = work.transaction.optional(sql, values).await?;
        let transfer = lock(&mut work.transaction, id).await?;
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        let lost = || not_stoppable("error-transfer-worked-on");
        let sender = sender.filter(|_| (*network, address) == (transfer.network, &transfer.sender)).ok_or_else(lost)?;
        transfer.require_withdrawable(pause_reason(&sender)?.filter(|_| *is_used))?;
        // Also while it waits for something else, such as the signer.
        let sql = "select transfer_id from signature_requests where transfer_id = $1";
        if work.transaction.optional(sql, values![id]).await?.is_some() {
            return Err(maybe_signed().into());
        }
        let sql =
            "update transfers set status = 'withdrawn', held_reason = null, held_detail = null, held_since = null,
            updated_at = $1 where id = $2";
        work.transaction.execute(sql, values![context.now, id]).await?;
        work.transaction.execute("update refunds set held_reason = null where id = $1", values![id]).await?;
        let ended = reject_stopped(&mut work, actor, &refund, reason).await?;
        work.commit().await?;
        Ok(ended)
    }

    /// Stops a refund that is being sent and for which no transfer was planned, and rejects it: its money is released. The caller
    /// knows that neither the signers nor the token know it.
    pub async fn withdraw_unplanned(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        reason: &str,
    ) -> Result<Refund, Error> {
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        // Whoever plans its transfer locks it too.
        let refund = load(&mut work.transaction, actor.merchant(), id, suffix).await?;
        let sql = "select id from transfers where id = $1";
        let is_planned = work.transaction.optional(sql, values![id]).await?.is_some();
        if is_planned || refund.status != RefundStatus::Processing {
            return Err(not_stoppable("error-transfer-worked-on").into());
        }
        let ended = reject_stopped(&mut work, actor, &refund, reason).await?;
        work.commit().await?;
        Ok(ended)
    }

    /// Marks a transfer to be replaced by a transaction that pays nothing.
    pub async fn request_cancellation(&self, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let transfer = lock(&mut work.transaction, id).await?;
        // Another merchant's refund is not found.
        load(&mut work.transaction, actor.merchant(), id, "").await?;
        transfer.require_cancellable()?;
        let sql = "update transfers set cancelling = 1, updated_at = $1 where id = $2";
        work.transaction.execute(sql, values![context.now, id]).await?;
        let detail = json!({
            "network": transfer.network,
            "sender": transfer.sender,
            "nonce": transfer.nonce,
            "transferStatus": transfer.status.as_str(),
        });
        work.audit(Change { action: "transfer.cancellation_requested", subject: id.0, detail }).await?;
        work.commit().await
    }
}

/// Rejects a refund that an owner has stopped. The caller has locked its row.
async fn reject_stopped(
    work: &mut UnitOfWork<'_>,
    actor: &Actor,
    refund: &Refund,
    reason: &str,
) -> Result<Refund, Error> {
    // An approved refund keeps its approval as the recorded decision.
    if !refund.approval_needed {
        let quote = quote::load(&mut work.transaction, refund.merchant_id, refund.quote_id).await?;
        let seal = Seal::of(refund, &quote);
        insert_decision(work, refund, ApprovalDecision::Stopped, &seal, Some(reason)).await?;
    }
    let words = ErrorText::new("steps-stopped").with("who", actor.label()).with("reason", reason);
    reject(work, refund, &Rejection::new(RejectionType::Merchant, words)).await
}

fn pause_reason(row: &Row) -> Result<Option<PauseReason>, Error> {
    let reason: Option<String> = row.get("pause_reason")?;
    reason.map(|_| Ok(row.parse("pause_reason", PauseReason::parse)?)).transpose()
}

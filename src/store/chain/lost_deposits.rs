//! Deposits that were credited and then removed by the network, when the money was spent: how a person resolves them, and
//! which refunds wait for that.

use super::{
    deposits::{COLUMNS, ChainDeposit, DepositStage, from_row},
    taking_back,
};
use crate::store::{
    Error, Store,
    engine::Row,
    intents::{self, payments},
    ledger::{lock_balance, post},
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::{MerchantId, PaymentId, RefundId},
        intents::{payment::Payment, payment_intent::PaymentIntent},
        ledger::{AccountKind, PostingReason, PostingSet},
        names::Named,
        people::actor::Actor,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::{borrow::Cow, collections::BTreeSet};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// What a person's decision did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum Resolution {
    /// The money was there again, so the payment was taken back from its intent and the balance.
    TakenBack,
    /// The payment stays on its intent, since it was refunded. The balance has given what it had.
    WrittenOff,
}

/// A deposit that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostDeposit {
    pub deposit: ChainDeposit,
    pub since: DateTime<Utc>,
    /// Of one that has come back after it was written off: when that was, and why.
    pub written_off: Option<(DateTime<Utc>, String)>,
}

/// What the page lists: what nobody has decided, and what was written off and is in a final block now.
const TO_DECIDE: &str =
    "(d.stage = 'lost' and d.resolution is null or d.resolution = 'written_off' and d.stage = 'final')";

impl Store {
    /// The deposits of a merchant that a person has to look at, the oldest first; of all merchants without one.
    pub async fn deposits_to_decide(
        &self,
        merchant: Option<MerchantId>,
        limit: u32,
    ) -> Result<Vec<LostDeposit>, Error> {
        let columns =
            COLUMNS.replacen("select ", "select d.updated_at as since, d.resolved_at, d.resolution_note, ", 1);
        let sql = format!(
            "{columns} where {TO_DECIDE} and (d.merchant_id = $1 or $1 is null) order by d.updated_at, d.id limit {limit}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![merchant.map(|merchant| merchant.0)]).await?;
        rows.iter().map(lost_from_row).collect()
    }

    /// The deposit with this id; only the merchant's own, unless the system asks.
    pub async fn lost_deposit(&self, actor: &Actor, id: Uuid) -> Result<ChainDeposit, Error> {
        let sql = format!("{COLUMNS} where d.id = $1");
        let row = self.database.snapshot().await?.optional(sql, values![id]).await?;
        let found = row.as_ref().map(from_row).transpose()?;
        let is_visible = |found: &ChainDeposit| {
            matches!(actor, Actor::System { .. }) || found.transfer.owner.merchant == actor.merchant()
        };
        found.filter(is_visible).ok_or_else(|| DomainError::not_found("error-unknown-deposit").into())
    }

    /// The refunds that an account has planned and not signed, while a payment of their intents is removed: it was credited,
    /// is in no block that the nodes agree about, and nobody has decided about it. It may be lost, or come back. After a
    /// decision the refund that was created before is paid; whether others are created is decided by
    /// `domain/policy/refund_rules.rs`.
    pub async fn planned_with_removed_payment(
        &self,
        network: Network,
        sender: &str,
    ) -> Result<BTreeSet<RefundId>, Error> {
        // All stages but three; two of them are in the condition of the index of open deposits.
        let sql = "select t.id from transfers t join refunds r on r.id = t.id
            where t.network = $1 and t.sender = $2 and t.status = 'planned' and r.intent_id in (
                select d.intent_id from chain_deposits d
                where d.stage not in ('final', 'dropped') and d.stage <> 'credited' and d.resolution is null and exists
                    (select 1 from payments p where p.id = d.payment_id and p.status = 'paid' and p.unsupported is null))";
        let rows = self.database.snapshot().await?.all(sql, values![network, sender]).await?;
        rows.iter().map(|row| Ok(RefundId(row.get("id")?))).collect()
    }

    /// Ends a lost deposit for a person. If the payment can be taken back by now, it is. Otherwise the payment stays, since
    /// its intent was refunded or the balance is short, and the balance gives what it has.
    pub async fn write_deposit_off(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        found: &ChainDeposit,
        note: &str,
    ) -> Result<Resolution, Error> {
        // What is in a block again is not decided until the nodes agree about it.
        let condition = "stage = 'lost' and is_back = 0 and resolution is null";
        let (mut work, intent, payment) = self.lock_lost(context, actor, found, condition).await?;
        let (resolution, stage, given) = if taking_back::is_possible(&mut work, &intent, &payment).await? {
            let given = payment.settlement;
            taking_back::take_back(&mut work, intent, payment.clone()).await?;
            (Resolution::TakenBack, DepositStage::Reorged, given.number())
        } else {
            let booked = taking_back::booked(&mut work, payment.id.0, PostingReason::PaymentSettled).await?;
            let (merchant, currency) = (work.merchant(), payment.settlement.currency());
            let available = lock_balance(&mut work.transaction, merchant, currency, AccountKind::Available).await?;
            let set = PostingSet::deposit_written_off(&booked, available)?;
            let given = set.change_of(AccountKind::Available);
            let decision = add_decision(&mut work, payment.id).await?;
            post(&mut work, merchant, decision, &set).await?;
            (Resolution::WrittenOff, DepositStage::Lost, (-given).normalize().to_string())
        };
        let sql = "update chain_deposits set stage = $1, resolution = $2, resolution_note = $3, resolved_at = $4,
            resolved_by = $5, updated_at = $4 where id = $6";
        let user = actor.user().map(|user| user.0);
        let values = values![stage.as_str(), resolution.as_str(), note, work.context.now, user, found.id];
        work.transaction.execute(sql, values).await?;
        let detail = json!({
            "paymentId": payment.id,
            "paymentIntentId": payment.intent_id,
            "transactionHash": payment.transaction_hash,
            "amount": payment.amount.number(),
            "currency": payment.amount.currency(),
            "resolution": resolution.as_str(),
            "takenFromBalance": given,
            "balance": payment.settlement.currency(),
            "note": note,
        });
        work.audit(Change { action: "deposit.written_off", subject: payment.id.0, detail }).await?;
        work.commit().await?;
        Ok(resolution)
    }

    /// Gives the balance back what was taken when a deposit was written off that is in a final block again.
    pub async fn recover_deposit(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        found: &ChainDeposit,
    ) -> Result<(), Error> {
        let condition = "stage = 'final' and resolution = 'written_off'";
        let (mut work, _, payment) = self.lock_lost(context, actor, found, condition).await?;
        let decision = newest_decision(&mut work, payment.id).await?;
        let booked = taking_back::booked(&mut work, decision, PostingReason::DepositWrittenOff).await?;
        let set = PostingSet::deposit_recovered(&booked)?;
        let given = set.change_of(AccountKind::Available);
        let merchant = work.merchant();
        post(&mut work, merchant, decision, &set).await?;
        let sql = "update chain_deposits set resolution = null, resolution_note = null, resolved_at = null,
            resolved_by = null, updated_at = $1 where id = $2";
        work.transaction.execute(sql, values![work.context.now, found.id]).await?;
        let detail = json!({
            "paymentId": payment.id,
            "paymentIntentId": payment.intent_id,
            "transactionHash": payment.transaction_hash,
            "givenToBalance": given.normalize().to_string(),
            "balance": payment.settlement.currency(),
        });
        work.audit(Change { action: "deposit.recovered", subject: payment.id.0, detail }).await?;
        work.commit().await
    }

    /// Locks the intent and then the deposit, and loads its payment.
    async fn lock_lost<'a>(
        &self,
        context: &Context<'a>,
        actor: &'a Actor,
        found: &ChainDeposit,
        condition: &str,
    ) -> Result<(UnitOfWork<'a>, PaymentIntent, Payment), Error> {
        let owner = found.transfer.owner;
        let mut work = self.begin(context, actor).await?;
        if matches!(actor, Actor::System { .. }) {
            work.actor = Cow::Owned(Actor::System { merchant: owner.merchant });
        }
        let intent = intents::lock(&mut work.transaction, owner.merchant, owner.intent).await?;
        let sql = format!(
            "select id from chain_deposits where id = $1 and payment_id is not null and {condition}{}",
            work.transaction.for_update()
        );
        let is_here = work.transaction.optional(sql, values![found.id]).await?.is_some();
        let payment = found.payment.filter(|_| is_here).ok_or_else(not_lost)?;
        let payment = payments::load(&mut work.transaction, owner.merchant, payment).await?;
        Ok((work, intent, payment))
    }
}

/// Stores that a payment is written off. It can be recovered and lost again, so that each time has an id of its own, which the
/// ledger transactions are about. The caller has locked the intent.
async fn add_decision(work: &mut UnitOfWork<'_>, payment: PaymentId) -> Result<Uuid, Error> {
    let id = work.context.id();
    let sql = "insert into deposit_decisions (id, payment_id, number)
        select $1, $2, coalesce(max(number), 0) + 1 from deposit_decisions where payment_id = $2";
    work.transaction.execute(sql, values![id, payment]).await?;
    Ok(id)
}

/// The decision by which a payment is written off now.
async fn newest_decision(work: &mut UnitOfWork<'_>, payment: PaymentId) -> Result<Uuid, Error> {
    let sql = "select id from deposit_decisions where payment_id = $1 order by number desc limit 1";
    Ok(work.transaction.one(sql, values![payment]).await?.get("id")?)
}

fn not_lost() -> DomainError {
    let message = "error-deposit-decided";
    DomainError::new(ErrorCode::DepositNotLost, message)
}

fn lost_from_row(row: &Row) -> Result<LostDeposit, Error> {
    let written_off = row.get::<Option<DateTime<Utc>>>("resolved_at")?.zip(row.get("resolution_note")?);
    Ok(LostDeposit { deposit: from_row(row)?, since: row.get("since")?, written_off })
}

//! Asking customers whether an address is theirs, and what follows from their answer or their silence.

use super::{load, locked_state::address_history, settlement::reject, steps::append_step};
use crate::store::{
    CorruptColumn, Error, Store,
    engine::{Row, Transaction},
    mail::{self, MailAssignment},
    policy,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::Address,
        error::{DomainError, ErrorCode},
        ids::{MerchantId, RefundId},
        mail::{MailKind, SendOutcome},
        money::{Money, currency::Currency},
        names::Named,
        people::actor::Actor,
        policy::{RefundPolicy, Requirements},
        refunds::{
            approval::Seal,
            confirmation::{
                Answer, Confirmation, LinkKey, confirmation_seal, is_open, require_may_mail_again, require_open,
            },
            refund::{Refund, RefundStatus, Rejection, RejectionType},
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// A customer's answer.
#[derive(Clone, Copy, Debug)]
pub struct CustomerAnswer<'a> {
    /// What they say.
    pub answer: Answer,
    /// The seal of what their page showed.
    pub shown: &'a str,
    /// The policy of a merchant that decided nothing.
    pub server_policy: &'a RefundPolicy,
}

impl Store {
    /// What the customer of a refund was asked and answered, with the refund; nothing when they were never asked. Found
    /// without knowing the merchant: whoever asks has a signed link instead.
    pub async fn confirmation(&self, id: RefundId) -> Result<Option<(Refund, Confirmation)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select r.merchant_id, c.link_key, c.answer, c.seal, c.answered_at
            from refund_confirmations c join refunds r on r.id = c.refund_id where c.refund_id = $1";
        let Some(row) = snapshot.optional(sql, values![id]).await? else { return Ok(None) };
        let refund = load(&mut snapshot, MerchantId(row.get("merchant_id")?), id, "").await?;
        Ok(Some((refund, from_row(&row)?)))
    }

    /// Writes down what a customer said and what follows from it, in one transaction. Without effect when the refund does not
    /// wait for them any more, whoever was faster: a second click, the end of their time, or the merchant.
    pub async fn answer_confirmation(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        id: RefundId,
        given: &CustomerAnswer<'_>,
    ) -> Result<Refund, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(actor, context).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        if !is_open(&refund, context.now) {
            return Ok(refund);
        }
        let seal = confirmation_seal(&refund, refund.terms.send);
        seal.require(given.shown)?;
        save_answer(&mut work, id, given.answer, &seal).await?;
        let refund = match given.answer {
            Answer::Confirmed => continue_confirmed(&mut work, &refund, given.server_policy).await?,
            Answer::Refused => {
                let reason = match actor {
                    Actor::Customer { .. } => "The customer said that the address is not right.",
                    _ => "Rejected in the customer's place, which only a sandbox allows.",
                };
                let rejection = Rejection::new(RejectionType::Shopper, reason);
                reject(&mut work, &refund, &rejection).await?
            }
        };
        work.commit().await?;
        Ok(refund)
    }

    /// Ends a refund whose customer did not answer in time; answers how many that were, one at most. Several in one transaction
    /// would hold their intents and balances in no certain order.
    pub async fn reject_unconfirmed_refund(&self, context: &Context<'_>) -> Result<usize, Error> {
        let mut batch = self.begin_batch(context).await?;
        let sql = format!(
            "select id, merchant_id from refunds where status = 'awaiting_confirmation' and confirm_until <= $1
             order by confirm_until limit 1{}",
            batch.transaction().for_update_skip_locked()
        );
        let Some(row) = batch.transaction().optional(sql, values![context.now]).await? else { return Ok(0) };
        let merchant = MerchantId(row.get("merchant_id")?);
        let work = batch.for_merchant(merchant);
        let refund = load(&mut work.transaction, merchant, RefundId(row.get("id")?), "").await?;
        let rejection = Rejection::new(RejectionType::Shopper, "The customer did not confirm the address in time.");
        reject(work, &refund, &rejection).await?;
        batch.commit().await?;
        Ok(1)
    }

    /// Writes down what came of an attempt to send a mail, unless another server has taken it meanwhile. `deadline` is when
    /// the mail would come too late. That the customer cannot be asked is noted in the history of the refund.
    pub async fn finish_mail(
        &self,
        context: &Context<'_>,
        assignment: &MailAssignment,
        outcome: &SendOutcome,
        deadline: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mail = &assignment.mail;
        let mut work = self.begin_as_system(mail.merchant, context).await?;
        let failed = mail::finish(&mut work, assignment, outcome, deadline).await?;
        if failed && mail.occasion == MailKind::Confirmation {
            record_undeliverable_mail(&mut work, mail.refund).await?;
        }
        work.commit().await
    }

    /// Writes another mail to the customer of a refund that waits for them, unless there were many or one just now.
    pub async fn mail_customer_again(&self, actor: &Actor, context: &Context<'_>, id: RefundId) -> Result<(), Error> {
        let mut work = self.begin(actor, context).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, actor.merchant(), id, suffix).await?;
        require_open(&refund, context.now)?;
        let mails = mail::of_refund(&mut work.transaction, id).await?;
        let asked = mails.iter().filter(|mail| mail.occasion == MailKind::Confirmation);
        let times: Vec<DateTime<Utc>> = asked.map(|mail| mail.created_at).collect();
        require_may_mail_again(&times, context.now)?;
        mail::add(&mut work, &refund, MailKind::Confirmation).await?;
        mail::record_again(&mut work, &refund).await?;
        work.commit().await
    }

    /// Whether a refund may be sent as far as its customer is concerned: they are not asked, or they confirmed exactly what
    /// it is now. Asked before every payout, so that nothing altered since is ever sent.
    pub async fn confirmation_holds(&self, refund: &Refund) -> Result<bool, Error> {
        let mut snapshot = self.database.snapshot().await?;
        match require_confirmation_seal(&mut snapshot, refund, refund.terms.send).await {
            Ok(()) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

/// Asks the customer of a new refund: a key for the links, and the first mail.
pub(in crate::store) async fn request_confirmation(work: &mut UnitOfWork<'_>, refund: &Refund) -> Result<(), Error> {
    let key = LinkKey::new(work.context.random());
    let sql = "insert into refund_confirmations (refund_id, link_key) values ($1, $2)";
    work.transaction.execute(sql, values![refund.id, key.to_text()]).await?;
    mail::add(work, refund, MailKind::Confirmation).await
}

/// Refuses to send anything but what the customer confirmed, when they were asked.
pub(in crate::store) async fn require_confirmation_seal(
    transaction: &mut Transaction,
    refund: &Refund,
    send: Money,
) -> Result<(), Error> {
    if refund.confirm_until.is_none() {
        return Ok(());
    }
    let sql = "select seal from refund_confirmations where refund_id = $1 and answer = 'confirmed'";
    let row = transaction.optional(sql, values![refund.id]).await?;
    let confirmed: Option<String> = row.map(|row| row.get("seal")).transpose()?.flatten();
    if confirmed.as_deref() == Some(confirmation_seal(refund, send).as_str()) {
        return Ok(());
    }
    let message = "This is not what the customer confirmed, so nothing was decided.";
    Err(DomainError::new(ErrorCode::ApprovalStale, message).into())
}

/// On to what the policy demands. It was asked when the refund was made, which is when money was set aside and the limits of a
/// day count; it is asked once more now for what may have become stricter since, because only now the refund goes on. A
/// cool-down is counted from the making, when the address was entered: meanwhile it could be stopped.
async fn continue_confirmed(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    server_policy: &RefundPolicy,
) -> Result<Refund, Error> {
    let merchant = refund.merchant_id;
    let policy = policy::load(&mut work.transaction, merchant, server_policy).await?;
    let row = work.transaction.one("select worth from refunds where id = $1", values![refund.id]).await?;
    let worth = row.get::<Option<Decimal>>("worth")?.map(|worth| Money::new(worth, Currency::Usd)).transpose()?;
    let address = Address::parse(refund.network, &refund.address)
        .map_err(|error| CorruptColumn::new("address", error).of_table("refunds"))?;
    let known = address_history(&mut work.transaction, merchant, &address).await?.is_known(&policy, work.context.now);
    let decided = Requirements { needs_approval: refund.approval_needed, held_until: refund.held_until };
    let allowance = decided.and(policy.allowance(worth, known, refund.created_at));
    let status = allowance.first_status();
    work.transaction
        .execute(
            "update refunds set status = $1, approval_needed = $2, held_until = $3, next_attempt_at = $4, updated_at = $5
             where id = $6",
            values![
                status.as_str(),
                i64::from(allowance.needs_approval),
                allowance.held_until,
                allowance.held_until.map_or(work.context.now, |until| until.max(work.context.now)),
                work.context.now,
                refund.id
            ],
        )
        .await?;
    let confirmed = load(&mut work.transaction, merchant, refund.id, "").await?;
    let detail = match *work.actor {
        Actor::Customer { .. } => "The customer confirmed the address",
        _ => "The address was confirmed in the customer's place, which only a sandbox allows",
    };
    let detail = Some(detail.to_owned());
    append_step(work, &confirmed, status, detail).await?;
    Ok(confirmed)
}

async fn save_answer(work: &mut UnitOfWork<'_>, id: RefundId, answer: Answer, seal: &Seal) -> Result<(), Error> {
    let sql = "update refund_confirmations set answer = $1, seal = $2, answered_at = $3 where refund_id = $4";
    work.transaction.execute(sql, values![answer.as_str(), seal.as_str(), work.context.now, id]).await?;
    Ok(())
}

/// Writes into the history of a refund that its customer cannot be asked by mail. The refund keeps waiting: they may have an
/// earlier mail, and a person can correct what is wrong.
async fn record_undeliverable_mail(work: &mut UnitOfWork<'_>, id: RefundId) -> Result<(), Error> {
    let merchant = work.merchant();
    let suffix = work.transaction.for_update();
    let refund = load(&mut work.transaction, merchant, id, suffix).await?;
    if refund.status != RefundStatus::AwaitingConfirmation {
        return Ok(());
    }
    let detail = Some("The mail to the customer could not be delivered".to_owned());
    append_step(work, &refund, refund.status, detail).await
}

fn from_row(row: &Row) -> Result<Confirmation, Error> {
    let answered_at: Option<DateTime<Utc>> = row.get("answered_at")?;
    let answer = match answered_at {
        Some(at) => Some((row.parse("answer", Answer::parse)?, at)),
        None => None,
    };
    Ok(Confirmation { key: row.parse_secret("link_key", LinkKey::parse)?, answer, seal: row.get("seal")? })
}

//! Asking customers to confirm their address, and handling their answer or a missing one.

use super::{
    load,
    payout::reject,
    recent::{destination_of, holds_of_stored, spent_with, stored_worth},
    steps::append_step,
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    intents,
    ledger::lock_balance,
    mail::{self, LeasedMail},
    policy,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, ErrorText, TextValue},
        ids::{MerchantId, RefundId},
        ledger::AccountKind,
        links::LinkKey,
        mail::{MailKind, MailSubject, SendOutcome},
        money::Money,
        names::Named,
        people::actor::Actor,
        policy::{RefundHolds, RefundPolicy, larger},
        refunds::{
            approval::Seal,
            confirmation::{Answer, Confirmation, confirmation_seal, is_open, require_may_mail_again, require_open},
            refund::{Refund, RefundStatus, Rejection, RejectionType},
        },
    },
    languages::Language,
    values,
};
use chrono::{DateTime, Utc};

#[derive(Clone, Copy, Debug)]
pub struct CustomerAnswer<'a> {
    pub answer: Answer,
    /// The seal of the refund as the customer's page showed it.
    pub seal: &'a str,
    /// The language of the customer's page; `None` if somebody answers in their place.
    pub language: Option<Language>,
    /// Applies if the merchant has saved no policy of its own.
    pub server_policy: &'a RefundPolicy,
    /// What the refund is worth now in US dollars, if it is known.
    pub worth: Option<Money>,
}

impl Store {
    /// Returns a refund with its confirmation request, or `None` if its customer was never asked. The merchant is not
    /// checked, because the caller holds a signed link instead.
    pub async fn confirmation(&self, id: RefundId) -> Result<Option<(Refund, Confirmation)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select r.merchant_id, c.link_key, c.answer, c.seal, c.answered_at
            from refund_confirmations c join refunds r on r.id = c.refund_id where c.refund_id = $1";
        let Some(row) = snapshot.optional(sql, values![id]).await? else { return Ok(None) };
        let refund = load(&mut snapshot, MerchantId(row.get("merchant_id")?), id, "").await?;
        Ok(Some((refund, from_row(&row)?)))
    }

    /// Saves a customer's answer and applies its consequences in one transaction. Does nothing if the refund no longer
    /// waits for the customer: because of a second click, because the time is over, or because the merchant acted
    /// first.
    pub async fn answer_confirmation(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        customer_answer: &CustomerAnswer<'_>,
    ) -> Result<Refund, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        if !is_open(&refund, context.now) {
            return Ok(refund);
        }
        let seal = confirmation_seal(&refund, refund.terms.send);
        seal.require(customer_answer.seal)?;
        save_answer(&mut work, id, customer_answer, &seal).await?;
        let refund = match customer_answer.answer {
            Answer::Confirmed => continue_confirmed(&mut work, &refund, customer_answer).await?,
            Answer::Refused => {
                let reason = match actor {
                    Actor::Customer { .. } => "steps-refused-by-customer",
                    _ => "steps-refused-in-place",
                };
                let rejection = Rejection::new(RejectionType::Shopper, reason);
                reject(&mut work, &refund, &rejection).await?
            }
        };
        work.commit().await?;
        Ok(refund)
    }

    /// Rejects one refund whose customer did not answer in time, and returns how many were rejected: 0 or 1. A batch in
    /// one transaction would lock intents and balances in no fixed order and could deadlock.
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
        let rejection = Rejection::new(RejectionType::Shopper, "steps-not-confirmed");
        reject(work, &refund, &rejection).await?;
        batch.commit().await?;
        Ok(1)
    }

    /// Records the outcome of an attempt to send a mail, unless another server has taken the mail meanwhile. After
    /// `deadline` there is no further attempt. If a confirmation mail has failed for good, the refund's timeline says
    /// so.
    pub async fn finish_mail(
        &self,
        context: &Context<'_>,
        leased: &LeasedMail,
        language: Language,
        outcome: &SendOutcome,
        deadline: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mail = &leased.mail;
        let mut work = self.begin_as_system(mail.merchant, context).await?;
        let failed = mail::finish(&mut work, leased, language, outcome, deadline).await?;
        if let (true, MailSubject::Confirmation(refund)) = (failed, mail.about) {
            record_undeliverable_mail(&mut work, refund).await?;
        }
        work.commit().await
    }

    /// Sends the confirmation mail again. Refuses if there were too many already, or one just now.
    pub async fn mail_customer_again(&self, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, actor.merchant(), id, suffix).await?;
        require_open(&refund, context.now)?;
        let mails = mail::of_refund(&mut work.transaction, id).await?;
        let asked = mails.iter().filter(|mail| mail.kind == MailKind::Confirmation);
        let times: Vec<DateTime<Utc>> = asked.map(|mail| mail.created_at).collect();
        require_may_mail_again(&times, context.now)?;
        mail::add(&mut work, &refund, MailKind::Confirmation).await?;
        mail::record_again(&mut work, &refund).await?;
        work.commit().await
    }

    /// Returns whether the confirmation allows the payout: none is needed, or the customer confirmed exactly the
    /// current content of the refund. Checked before every payout, so that a refund altered since is never sent.
    pub async fn confirmation_is_valid(&self, refund: &Refund) -> Result<bool, Error> {
        let mut snapshot = self.database.snapshot().await?;
        match require_confirmation_seal(&mut snapshot, refund, refund.terms.send).await {
            Ok(()) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

/// Creates the key of the confirmation links and enqueues the first mail to the customer.
pub(in crate::store) async fn request_confirmation(work: &mut UnitOfWork<'_>, refund: &Refund) -> Result<(), Error> {
    let key = LinkKey::new(work.context.random());
    let sql = "insert into refund_confirmations (refund_id, link_key) values ($1, $2)";
    work.transaction.execute(sql, values![refund.id, key.to_text()]).await?;
    mail::add(work, refund, MailKind::Confirmation).await
}

/// If the customer had to confirm, refuses unless they confirmed exactly this refund with this amount to send.
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
    let message = "error-refund-not-as-confirmed";
    Err(DomainError::new(ErrorCode::ApprovalStale, message).into())
}

/// Moves a confirmed refund to the status that the policy demands. The policy was already applied when the refund was
/// created, which is when the money was reserved and the daily limit counted. It is applied again here because it may
/// have become stricter since. The cool-down counts from the creation, when the address was entered: the refund could
/// be stopped from then on.
async fn continue_confirmed(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    answer: &CustomerAnswer<'_>,
) -> Result<Refund, Error> {
    let merchant = refund.merchant_id;
    let policy = policy::load(&mut work.transaction, merchant, answer.server_policy).await?;
    let stored = stored_worth(&mut work.transaction, refund.id).await?;
    // The amounts are as the customer saw them, but their worth may have risen since. Without a rate, the worth of the
    // creation counts for limits, and is kept: other refunds of the day are judged with it. Thresholds are reached then.
    let worth = larger(stored, answer.worth).or(answer.worth).or(stored);
    if let Err(error) = require_allowed(work, &policy, refund, worth).await? {
        let why = TextValue::sentences([error.message]);
        let reason = ErrorText::new("steps-policy-forbids").with("why", why);
        return reject(work, refund, &Rejection::new(RejectionType::Merchant, reason)).await;
    }
    let sql = "update refunds set worth = $1 where id = $2";
    work.transaction.execute(sql, values![worth.map(Money::amount), refund.id]).await?;
    let decided = RefundHolds { needs_approval: refund.approval_needed, held_until: refund.held_until };
    let holds = decided.and(holds_of_stored(work, &policy, refund, answer.worth.and(worth)).await?);
    let status = holds.first_status();
    work.transaction
        .execute(
            "update refunds set status = $1, approval_needed = $2, held_until = $3, next_attempt_at = $4, updated_at = $5
             where id = $6",
            values![
                status.as_str(),
                i64::from(holds.needs_approval),
                holds.held_until,
                holds.held_until.map_or(work.context.now, |until| until.max(work.context.now)),
                work.context.now,
                refund.id
            ],
        )
        .await?;
    let confirmed = load(&mut work.transaction, merchant, refund.id, "").await?;
    let detail = match *work.actor {
        Actor::Customer { .. } => "steps-confirmed",
        _ => "steps-confirmed-in-place",
    };
    append_step(work, &confirmed, status, Some(ErrorText::new(detail))).await?;
    Ok(confirmed)
}

/// The rules of the policy that a refund was already judged by when it was created. The merchant's row is locked after
/// intent and balance, as in every transaction.
async fn require_allowed(
    work: &mut UnitOfWork<'_>,
    policy: &RefundPolicy,
    refund: &Refund,
    worth: Option<Money>,
) -> Result<Result<(), DomainError>, Error> {
    let transaction = &mut work.transaction;
    intents::lock(transaction, refund.merchant_id, refund.intent_id).await?;
    lock_balance(transaction, refund.merchant_id, refund.terms.funding(), AccountKind::Available).await?;
    let spent = spent_with(transaction, policy, refund).await?;
    let destination = destination_of(refund)?;
    Ok(policy
        .require_allowed(&destination)
        .and_then(|()| policy.require_within_limit(refund.amount(), Some(refund.terms.send), worth))
        .and_then(|()| policy.require_within_day(worth, &spent)))
}

async fn save_answer(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    given: &CustomerAnswer<'_>,
    seal: &Seal,
) -> Result<(), Error> {
    let sql = "update refund_confirmations set answer = $1, seal = $2, answered_at = $3, language = $4
        where refund_id = $5";
    let language = given.language.map(Language::code);
    let values = values![given.answer.as_str(), seal.as_str(), work.context.now, language, id];
    work.transaction.execute(sql, values).await?;
    Ok(())
}

/// Adds to a refund's timeline that the mail to its customer failed. The refund keeps waiting: the customer may have an
/// earlier mail, and the merchant can correct the problem.
async fn record_undeliverable_mail(work: &mut UnitOfWork<'_>, id: RefundId) -> Result<(), Error> {
    let merchant = work.merchant();
    let suffix = work.transaction.for_update();
    let refund = load(&mut work.transaction, merchant, id, suffix).await?;
    if refund.status != RefundStatus::AwaitingConfirmation {
        return Ok(());
    }
    let detail = ErrorText::new("steps-mail-undeliverable");
    append_step(work, &refund, refund.status, Some(detail)).await
}

fn from_row(row: &Row) -> Result<Confirmation, Error> {
    let answered_at: Option<DateTime<Utc>> = row.get("answered_at")?;
    let answer = match answered_at {
        Some(at) => Some((row.parse("answer", Answer::parse)?, at)),
        None => None,
    };
    Ok(Confirmation { key: row.parse_secret("link_key", LinkKey::parse)?, answer, seal: row.get("seal")? })
}

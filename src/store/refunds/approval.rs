//! Deciding on refunds that wait for an approval or for the end of their cool-down.

use super::{
    confirmation, load,
    payout::reject,
    quote,
    recent::{holds_of_stored, spent_with, stored_worth},
    steps::append_step,
};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    ledger::{lock_balance, post},
    people::second_factor::{self, SubmittedCode},
    policy::{self, screening},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, ErrorText, Field, TextValue},
        ids::{MerchantId, QuoteId, RefundId},
        ledger::{AccountKind, PostingSet},
        money::Money,
        names::Named,
        people::actor::Actor,
        policy::{
            RefundHolds, RefundPolicy,
            screening::{ScreeningResult, ScreeningStage},
        },
        refunds::{
            approval::{
                ApprovalDecision, RecordedDecision, Seal, require_other_person, require_renewable, require_stoppable,
                require_waiting,
            },
            quote::{Quote, QuoteTerms},
            refund::{Refund, RefundStatus, Rejection, RejectionType},
        },
    },
    values,
};
use chrono::{DateTime, Utc};

/// How a person ends a refund before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlyEnd {
    /// By an approver, instead of an approval.
    Declined,
    /// During its cool-down, before the customer confirmed, or by whoever made it before it was approved.
    Stopped,
}

/// An approver's input.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    /// The seal of the refund as the approval page showed it.
    pub seal: &'a str,
    /// The screening of the address, made just now.
    pub screened: &'a ScreeningResult,
    /// The second-factor code, if one was submitted.
    pub code: Option<&'a SubmittedCode>,
    /// Applies if the merchant has saved no policy of its own.
    pub server_policy: &'a RefundPolicy,
    /// The quote that the approver saw, and its worth in US dollars, if it is known.
    pub priced: (QuoteId, Option<Money>),
}

impl Store {
    /// Offers an approver current terms. The new quote is stored beside the refund's own, which does not change.
    pub async fn offer_quote(&self, context: &Context<'_>, refund: &Refund, quote: &Quote) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let suffix = transaction.for_update();
        let refund = load(&mut transaction, refund.merchant_id, refund.id, suffix).await?;
        require_waiting(&refund)?;
        quote::insert(&mut transaction, quote).await?;
        let sql = "update refunds set offer_quote_id = $1, updated_at = $2 where id = $3";
        transaction.execute(sql, values![quote.id, context.now, refund.id]).await?;
        transaction.commit().await
    }

    /// Returns the quote that an approval would apply to: the refund's own, or the one offered after it expired.
    pub async fn quote_to_approve(&self, refund: &Refund) -> Result<Quote, Error> {
        quote_to_approve(&mut self.database.snapshot().await?, refund).await
    }

    /// Approves a refund in one transaction: the new terms if they are within the tolerance, the difference they make
    /// to the reserved money, the decision, timeline, audit entry and event. `approval.seal` must be the seal of the
    /// refund as it is now, so that an approver approves only what they saw.
    pub async fn approve_refund(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        approval: &Approval<'_>,
    ) -> Result<Refund, Error> {
        let Approval { seal: shown, screened, .. } = *approval;
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        require_waiting(&refund)?;
        require_other_person(&refund, actor)?;
        screened.require_clear()?;
        let policy = policy::load(&mut work.transaction, merchant, approval.server_policy).await?;
        let quote = quote_to_approve(&mut work.transaction, &refund).await?;
        let seal = Seal::of(&refund, &quote);
        seal.require(shown)?;
        confirmation::require_confirmation_seal(&mut work.transaction, &refund, quote.terms.send).await?;
        quote.require_current(context.now)?;
        if quote.id != refund.quote_id {
            require_renewable(&refund.terms, &quote.terms, policy.renewal_tolerance)?;
            let (priced, worth) = approval.priced;
            if priced != quote.id {
                return Err(Seal::stale().into());
            }
            policy.require_within_limit(refund.amount(), Some(quote.terms.send), worth)?;
            let sql = "update refunds set worth = $1 where id = $2";
            work.transaction.execute(sql, values![worth.map(Money::amount), id]).await?;
            reprice(&mut work, &refund, &quote, PostingSet::refund_repriced).await?;
            // After the balances, as when a refund is created.
            let spent = spent_with(&mut work.transaction, &policy, &refund).await?;
            policy.require_within_day(worth, &spent)?;
        }
        let held_until = held_until(&mut work, &policy, &refund).await?;
        let start = held_until.map_or(context.now, |until| until.max(context.now));
        work.transaction
            .execute(
                "update refunds set status = 'pending', quote_id = $1, offer_quote_id = null, next_attempt_at = $2,
                    updated_at = $3, held_until = $4 where id = $5",
                values![quote.id, start, context.now, held_until, id],
            )
            .await?;
        screening::insert(&mut work.transaction, &work.context, id, ScreeningStage::Approval, screened).await?;
        insert_decision(&mut work, &refund, ApprovalDecision::Approved, &seal, None).await?;
        second_factor::require(&mut work, &policy, approval.code, "approval").await?;
        let approved = load(&mut work.transaction, merchant, id, "").await?;
        let detail = ErrorText::new("steps-approved").with("who", actor.label());
        append_step(&mut work, &approved, RefundStatus::Pending, Some(detail)).await?;
        work.commit().await?;
        Ok(approved)
    }

    /// Ends a waiting refund: an approver declines it, whoever made it takes it back, or somebody stops it during its cool-down
    /// or before the customer confirmed. Its money is released.
    pub async fn decline_or_stop_refund(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        ending: EarlyEnd,
        reason: &str,
    ) -> Result<Refund, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        let (decision, words) = match ending {
            EarlyEnd::Stopped => {
                require_stoppable(&refund, actor, context.now)?;
                (ApprovalDecision::Stopped, "steps-stopped")
            }
            EarlyEnd::Declined => {
                require_waiting(&refund)?;
                (ApprovalDecision::Declined, "steps-declined")
            }
        };
        let words = ErrorText::new(words).with("who", actor.label()).with("reason", reason);
        let quote = quote::load(&mut work.transaction, merchant, refund.quote_id).await?;
        let seal = Seal::of(&refund, &quote);
        // An approved refund can still be stopped, but its recorded decision remains the approval.
        let approved = refund.approval_needed && refund.status == RefundStatus::Pending;
        if !approved {
            insert_decision(&mut work, &refund, decision, &seal, Some(reason)).await?;
        }
        let rejection = Rejection::new(RejectionType::Merchant, words);
        let ended = reject(&mut work, &refund, &rejection).await?;
        work.commit().await?;
        Ok(ended)
    }

    /// Returns the decision recorded for a refund, if there is one yet.
    pub async fn decision(&self, merchant: MerchantId, id: RefundId) -> Result<Option<RecordedDecision>, Error> {
        let row = self
            .database
            .snapshot()
            .await?
            .optional(
                "select d.decision, d.actor_name, d.seal, d.reason, d.at from refund_decisions d
                 join refunds r on r.id = d.refund_id where r.merchant_id = $1 and d.refund_id = $2",
                values![merchant, id],
            )
            .await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Returns whether the approval allows the payout: none is needed, or one was given for exactly the current content
    /// of the refund. Checked before every payout, so that a refund altered since is never sent.
    pub async fn approval_is_valid(&self, refund: &Refund) -> Result<bool, Error> {
        if !refund.approval_needed {
            return Ok(true);
        }
        let decision = self.decision(refund.merchant_id, refund.id).await?;
        let quote = self.quote(refund.merchant_id, refund.quote_id).await?;
        let seal = Seal::of(refund, &quote);
        Ok(decision.is_some_and(|given| given.decision == ApprovalDecision::Approved && given.seal == seal.as_str()))
    }
}

async fn quote_to_approve(transaction: &mut Transaction, refund: &Refund) -> Result<Quote, Error> {
    let id = refund.offer_quote_id.unwrap_or(refund.quote_id);
    quote::load(transaction, refund.merchant_id, id).await
}

/// The end of the cool-down of a refund that is approved: that of its creation, or the one that the policy demands now,
/// since the worth of renewed terms may be larger.
async fn held_until(
    work: &mut UnitOfWork<'_>,
    policy: &RefundPolicy,
    refund: &Refund,
) -> Result<Option<DateTime<Utc>>, Error> {
    let decided = RefundHolds { needs_approval: true, held_until: refund.held_until };
    let worth = stored_worth(&mut work.transaction, refund.id).await?;
    Ok(decided.and(holds_of_stored(work, policy, refund, worth).await?).held_until)
}

/// Reserves the additional amount that the new terms need, or releases what they no longer need. Each set of postings is booked
/// once for a refund.
pub(super) async fn reprice(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    quote: &Quote,
    postings: fn(&QuoteTerms, &QuoteTerms) -> Result<PostingSet, DomainError>,
) -> Result<(), Error> {
    let (old, new) = (&refund.terms, &quote.terms);
    if old.total == new.total {
        return Ok(());
    }
    let available =
        lock_balance(&mut work.transaction, refund.merchant_id, new.funding(), AccountKind::Available).await?;
    let more = new.total.amount() - old.total.amount();
    if more > available {
        let available = Money::new(available, new.funding())?;
        let error = DomainError::new(ErrorCode::InsufficientBalance, "error-reprice-balance")
            .with("new", TextValue::amount(new.total.to_string()))
            .with("old", TextValue::amount(old.total.to_string()))
            .with("currency", new.funding().code())
            .with("available", TextValue::amount(available.to_string()));
        return Err(error.on(Field::Funding).into());
    }
    post(work, refund.merchant_id, refund.id.0, &postings(old, new)?).await
}

pub(super) async fn insert_decision(
    work: &mut UnitOfWork<'_>,
    refund: &Refund,
    decision: ApprovalDecision,
    seal: &Seal,
    reason: Option<&str>,
) -> Result<(), Error> {
    work.transaction
        .execute(
            "insert into refund_decisions (refund_id, decision, actor_kind, actor_id, actor_name, seal, reason, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                refund.id,
                decision.as_str(),
                work.actor.kind().as_str(),
                work.actor.id(),
                work.actor.label().stored(),
                seal.as_str(),
                reason,
                work.context.now
            ],
        )
        .await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<RecordedDecision, Error> {
    Ok(RecordedDecision {
        decision: row.parse("decision", ApprovalDecision::parse)?,
        by: ErrorText::of_stored(&row.get::<String>("actor_name")?),
        seal: row.get("seal")?,
        reason: row.get("reason")?,
        at: row.get("at")?,
    })
}

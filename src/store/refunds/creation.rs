//! Making a refund, in one transaction: all of it is there afterwards, or nothing is. A preview does the same and takes it
//! back.

use super::{
    confirmations, load,
    locked_state::{LockedState, address_history},
    steps::append_first_step,
};
use crate::store::{
    Error, Store,
    engine::Transaction,
    intents::{self, orders},
    ledger::post,
    people::second_factors::{self, SubmittedCode},
    policy::screenings,
    records::{Idempotent, IdempotentRequest, earlier_result},
    unit_of_work::UnitOfWork,
    webhooks::queue::{self, PlannedDelivery},
};
use crate::{
    context::Context,
    domain::{
        address::{Address, memo::Memo},
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, QuoteId, RefundId},
        intents::payment_intent::{IntentStatus, PaymentIntent, TimelineEntry},
        ledger::PostingSet,
        money::Money,
        people::actor::Actor,
        policy::{
            RefundPolicy, Requirements,
            refund_rules::{AddressHistory, Check, Rule, checks, decide},
            screening::{Screened, Stage},
        },
        refunds::{
            new_refund::NewRefund,
            quote::Quote,
            refund::{Refund, RefundStatus},
        },
        webhooks::url::EndpointUrl,
    },
    values,
};
use chrono::{DateTime, Utc};

/// What was found out about a refund before its transaction began.
#[derive(Clone, Debug)]
pub struct RefundContext {
    /// The terms that it is made with.
    pub quote: QuoteChoice,
    /// What it is worth in US dollars, when a rate is known.
    pub worth: Option<Money>,
    /// What was said of its address.
    pub screened: Screened,
    /// The policy of a merchant that decided nothing.
    pub server_policy: RefundPolicy,
    /// Until when its customer can confirm the address, when they have to.
    pub confirm_until: Option<DateTime<Utc>>,
}

/// Which quote a refund is made with.
#[derive(Clone, Debug)]
pub enum QuoteChoice {
    /// One that was given before, by its id.
    Given(QuoteId),
    /// A new one, which is kept with the refund.
    Fresh(Box<Quote>),
}

/// What making a refund would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What each rule says.
    pub checks: Vec<Check>,
    /// The terms it would be made with.
    pub quote: Quote,
    /// What is left of the intent before it.
    pub left: Money,
    /// What the balance that pays has available before it.
    pub available: Money,
    /// What it would have to wait for. Without meaning where a rule has something against it.
    pub allowance: Requirements,
    /// What would be booked.
    pub postings: PostingSet,
    /// Which events would be sent, and where. Nothing where a rule has something against it.
    pub callbacks: Vec<PlannedDelivery>,
}

impl Store {
    /// Makes a refund in one transaction: idempotency record, the rules under lock, quote, refund, timelines, ledger postings,
    /// audit entries, outgoing events. Either all of it is there or nothing is. `code` is what a person submitted as the code
    /// of their second factor.
    pub async fn create_refund(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        new: &NewRefund,
        known: &RefundContext,
        code: Option<&SubmittedCode>,
        request: &IdempotentRequest,
    ) -> Result<Idempotent<Refund>, Error> {
        let mut work = self.begin(actor, context).await?;
        let id = RefundId(context.id());
        if let Some(earlier) = work.claim_key(request, id.0).await? {
            let refund = load(&mut work.transaction, actor.merchant(), RefundId(earlier), "").await?;
            return Ok(Idempotent::Replayed(refund));
        }
        let locked = LockedState::read(&mut work, new, known).await?;
        let requirements = decide(&locked.intent, new, &locked.quote, &locked.rule_inputs(known, context.now))?;
        insert_and_reserve(&mut work, id, new, known, &locked, requirements).await?;
        // Between the balances and the audit chain, as every transaction takes its locks.
        second_factors::require(&mut work, &locked.policy, code, "refund").await?;
        let refund = record_creation(&mut work, id, &locked.intent).await?;
        work.commit().await?;
        Ok(Idempotent::Created(refund))
    }

    /// What making this refund would do. What can be done is done, looked at, and taken back, so that a preview never says
    /// anything else than what happens.
    pub async fn preview_refund(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        new: &NewRefund,
        known: &RefundContext,
        request: Option<&IdempotentRequest>,
    ) -> Result<Preview, Error> {
        let mut work = self.begin(actor, context).await?;
        let unused = check_key_unused(&mut work.transaction, actor, request).await?;
        let locked = LockedState::read(&mut work, new, known).await?;
        let inputs = locked.rule_inputs(known, context.now);
        let checks: Vec<_> = std::iter::once(Check { rule: Rule::IdempotencyKey, verdict: unused })
            .chain(checks(&locked.intent, new, &locked.quote, &inputs))
            .collect();
        let is_known = locked.history.is_known(&locked.policy, context.now);
        let requirements = locked.policy.allowance(known.worth, is_known, context.now);
        let mut callbacks = Vec::new();
        if checks.iter().all(|check| check.verdict.is_ok()) {
            let id = RefundId(context.id());
            insert_and_reserve(&mut work, id, new, known, &locked, requirements).await?;
            record_creation(&mut work, id, &locked.intent).await?;
            callbacks = queue::planned_since(&mut work, id.0).await?;
        }
        let postings = PostingSet::refund_reserved(&locked.quote.terms)?;
        // Dropped without being committed: nothing of it ever happened.
        drop(work);
        let LockedState { quote, available, intent, .. } = locked;
        Ok(Preview { checks, quote, left: intent.left(), available, allowance: requirements, postings, callbacks })
    }

    /// The refund that an earlier identical request made, if there was one.
    pub async fn earlier_refund(
        &self,
        merchant: MerchantId,
        request: &IdempotentRequest,
    ) -> Result<Option<Refund>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        match earlier_result(&mut snapshot, merchant, request).await? {
            Some(id) => Ok(Some(load(&mut snapshot, merchant, RefundId(id), "").await?)),
            None => Ok(None),
        }
    }

    /// What the merchant's own history says of an address.
    pub async fn address_history(&self, merchant: MerchantId, address: &Address) -> Result<AddressHistory, Error> {
        address_history(&mut self.database.snapshot().await?, merchant, address).await
    }
}

/// Whether a request with this key would make anything: not when the key was used, for this refund or for something else.
async fn check_key_unused(
    transaction: &mut Transaction,
    actor: &Actor,
    request: Option<&IdempotentRequest>,
) -> Result<Result<(), DomainError>, Error> {
    let Some(request) = request else { return Ok(Ok(())) };
    match earlier_result(transaction, actor.merchant(), request).await {
        Ok(None) => Ok(Ok(())),
        Ok(Some(_)) => {
            let message = "This request made its refund already, so that it would make none.";
            Ok(Err(DomainError::new(ErrorCode::IdempotencyKeyReused, message)))
        }
        Err(Error::Refused(error)) => Ok(Err(error)),
        Err(error) => Err(error),
    }
}

/// Writes the refund and sets its money aside.
async fn insert_and_reserve(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    new: &NewRefund,
    known: &RefundContext,
    locked: &LockedState,
    requirements: Requirements,
) -> Result<(), Error> {
    let LockedState { intent, quote, history, policy, .. } = locked;
    let (merchant, worth, confirm_until) = (work.merchant(), known.worth, known.confirm_until);
    // Kept only where there was something to override.
    let override_reason = new.override_reason.clone().filter(|_| history.look_alike.is_some());
    let new = &NewRefund { override_reason, ..new.clone() };
    let policy_version = policy.version;
    insert(work, &RefundRecord { id, new, quote, worth, policy_version, requirements, confirm_until }).await?;
    screenings::insert(&mut work.transaction, &work.context, id, Stage::Entry, &known.screened).await?;
    post(work, merchant, id.0, &PostingSet::refund_reserved(&quote.terms)?).await?;
    let in_flight = intent.in_flight.plus(new.amount)?;
    intents::save_amounts(work, &PaymentIntent { in_flight, ..intent.clone() }).await?;
    if let Some(draft) = new.draft_id {
        let sql = "update refund_drafts set refund_id = $1, updated_at = $2 where merchant_id = $3 and id = $4";
        work.transaction.execute(sql, values![id, work.context.now, merchant, draft]).await?;
    }
    Ok(())
}

/// Asks the customer, if they have to confirm the refund, and writes timelines, audit entries and events. Holds the audit
/// chain, so it comes last.
async fn record_creation(work: &mut UnitOfWork<'_>, id: RefundId, intent: &PaymentIntent) -> Result<Refund, Error> {
    let refund = load(&mut work.transaction, work.actor.merchant(), id, "").await?;
    if refund.confirm_until.is_some() {
        confirmations::request_confirmation(work, &refund).await?;
    }
    append_first_step(work, &refund).await?;
    // The first refund, even a partial one, ends the life of a transient intent; further ones do not repeat that.
    if intent.ends_with_refund() && intent.status() != IntentStatus::Refunded {
        let entry = TimelineEntry { status: IntentStatus::Refunded, context: None, reason: None, at: work.context.now };
        intents::append_timeline(work, intent.id, &entry).await?;
    }
    Ok(refund)
}

/// A refund that all rules allow.
struct RefundRecord<'a> {
    id: RefundId,
    new: &'a NewRefund,
    quote: &'a Quote,
    worth: Option<Money>,
    policy_version: i64,
    requirements: Requirements,
    confirm_until: Option<DateTime<Utc>>,
}

async fn insert(work: &mut UnitOfWork<'_>, record: &RefundRecord<'_>) -> Result<(), Error> {
    let RefundRecord { id, new, quote, worth, policy_version, requirements, confirm_until } = *record;
    let status = match confirm_until {
        Some(_) => RefundStatus::AwaitingConfirmation,
        None => requirements.first_status(),
    };
    let number = next_number(&mut work.transaction, work.actor.merchant()).await?;
    let inserted = work.transaction
        .execute(
            "insert into refunds (id, merchant_id, intent_id, network, address, memo, quote_id, currency, amount,
                funding_currency, customer_email, reason, note, created_by, next_attempt_at, created_at, updated_at,
                address_glance, override_reason, status, author_kind, author_id, worth, policy_version, approval_needed,
                held_until, number, callback_url, confirm_until)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25, $26, $27, $28)",
            values![
                id,
                work.actor.merchant(),
                new.intent_id,
                new.destination.network(),
                new.destination.address.as_str(),
                new.destination.memo.as_ref().map(Memo::as_str),
                quote.id,
                new.amount.currency(),
                new.amount,
                new.funding,
                &new.customer_email,
                new.reason.as_str(),
                &new.note,
                work.actor.label(),
                requirements.held_until.unwrap_or(work.context.now),
                work.context.now,
                new.destination.address.lookalike_key(),
                &new.override_reason,
                status.as_str(),
                work.actor.kind(),
                work.actor.id(),
                worth.map(Money::amount),
                policy_version,
                i64::from(requirements.needs_approval),
                requirements.held_until,
                number,
                new.callback_url.as_ref().map(EndpointUrl::as_str),
                confirm_until
            ],
        )
        .await;
    match inserted {
        // The one unique column besides the new id: a quote is good for one refund.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(DomainError::new(ErrorCode::QuoteMismatch, "The quote was already used for a refund.")
                .on(Field::Quote)
                .into())
        }
        result => result.map(drop).map_err(Error::from),
    }
}

/// The next short number of a merchant's refunds.
async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    orders::lock_merchant(transaction, merchant).await?;
    let sql = "select max(number) as last from refunds where merchant_id = $1";
    let last: Option<i64> = transaction.one(sql, values![merchant]).await?.get("last")?;
    Ok(last.unwrap_or_default() + 1)
}

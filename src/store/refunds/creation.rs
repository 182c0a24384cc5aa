//! Creating a refund in one transaction. A preview runs the same code and rolls back.

use super::{
    confirmation, load,
    locked_state::{LockedState, address_history, paid_without_refund},
    note_words, recorded_checks,
    steps::append_first_step,
};
use crate::store::{
    Error, Store,
    engine::Transaction,
    intents::{self, orders},
    ledger::post,
    people::second_factor::{self, SubmittedCode},
    policy::screening,
    records::{Idempotent, IdempotentRequest, earlier_result, unanswered},
    unit_of_work::UnitOfWork,
    webhooks::queue::{self, PlannedDelivery},
};
use crate::{
    context::Context,
    domain::{
        address::memo::Memo,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, MerchantId, QuoteId, RefundId},
        intents::payment_intent::{IntentStatus, PaymentIntent, TimelineEntry},
        ledger::PostingSet,
        money::Money,
        names::Named,
        people::actor::Actor,
        policy::{
            RefundHolds, RefundPolicy,
            recipient::RecipientOnChain,
            recorded_checks::recorded,
            refund_rules::{AddressHistory, Rule, RuleResult, checks, decide},
            screening::{ScreeningResult, ScreeningStage},
            warnings::Warnings,
        },
        refunds::{
            new_refund::{Destination, NewRefund},
            quote::Quote,
            refund::{Refund, RefundStatus},
            warning::Warning,
        },
        webhooks::url::EndpointUrl,
    },
    values,
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// What is determined about a refund before its transaction begins.
#[derive(Clone, Debug)]
pub struct RefundContext {
    pub quote: QuoteSource,
    /// The worth in US dollars, if it is known.
    pub worth: Option<Money>,
    /// The screening of its address.
    pub screened: ScreeningResult,
    /// What the chain says about its address.
    pub recipient: RecipientOnChain,
    /// Applies if the merchant has saved no policy of its own.
    pub server_policy: RefundPolicy,
    /// The end of the customer's time to confirm the address, if they have to.
    pub confirm_until: Option<DateTime<Utc>>,
}

/// The quote that a refund uses.
#[derive(Clone, Debug)]
pub enum QuoteSource {
    /// A quote stored earlier.
    Given(QuoteId),
    /// A new quote, stored together with the refund.
    New(Box<Quote>),
}

/// What creating a refund would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The result of every rule.
    pub checks: Vec<RuleResult>,
    /// What the chain says about the address.
    pub recipient: RecipientOnChain,
    pub quote: Quote,
    /// The refundable amount of the intent before this refund.
    pub left: Money,
    /// The available balance of the funding currency before this refund.
    pub available: Money,
    /// What the refund would have to wait for. Meaningless if a rule refuses the refund.
    pub holds: RefundHolds,
    /// The postings that would be written.
    pub postings: PostingSet,
    /// The webhooks that would be sent. Empty if a rule refuses the refund.
    pub deliveries: Vec<PlannedDelivery>,
    /// The refund as it would be created. `None` if a rule refuses it.
    pub refund: Option<Box<Refund>>,
}

impl Store {
    /// Creates a refund in one transaction: idempotency record, rules checked under lock, quote, refund, timelines,
    /// ledger postings, audit entries, outbox events. `code` is the second-factor code, if a person submitted one.
    pub async fn create_refund(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        new: &NewRefund,
        refund: &RefundContext,
        code: Option<&SubmittedCode>,
        request: &IdempotentRequest,
    ) -> Result<Idempotent<Refund>, Error> {
        let mut work = self.begin(context, actor).await?;
        let id = id_of(actor.merchant(), request.key);
        if let Some(earlier) = work.claim_key(request, id.0).await? {
            let refund = load(&mut work.transaction, actor.merchant(), RefundId(earlier), "").await?;
            return Ok(Idempotent::Replayed(refund));
        }
        let locked = LockedState::read(&mut work, new, refund, request.keyless.is_none()).await?;
        let holds = decide(&locked.intent, new, &locked.quote, &locked.rule_inputs(refund, context.now))?;
        insert_and_reserve(&mut work, id, new, refund, &locked, holds).await?;
        // Between the balances and the audit chain, because every transaction takes its locks in this order.
        second_factor::require(&mut work, &locked.policy, code, "refund").await?;
        let refund = record_creation(&mut work, id, &locked.intent).await?;
        work.commit().await?;
        Ok(Idempotent::Created(refund))
    }

    /// Returns what creating this refund would do. The refund is created, inspected and rolled back, so that a preview
    /// cannot differ from what really happens.
    pub async fn preview_refund(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        new: &NewRefund,
        refund: &RefundContext,
        request: Option<&IdempotentRequest>,
    ) -> Result<Preview, Error> {
        let mut work = self.begin(context, actor).await?;
        let unused = check_key_unused(&mut work.transaction, actor, request).await?;
        let has_key = request.is_some_and(|request| request.keyless.is_none());
        let locked = LockedState::read(&mut work, new, refund, has_key).await?;
        let inputs = locked.rule_inputs(refund, context.now);
        let checks: Vec<_> = std::iter::once(RuleResult { rule: Rule::IdempotencyKey, result: unused })
            .chain(checks(&locked.intent, new, &locked.quote, &inputs))
            .collect();
        let holds = inputs.holds();
        let (mut deliveries, mut created) = (Vec::new(), None);
        if checks.iter().all(|check| check.result.is_ok()) {
            let id = RefundId(context.id());
            insert_and_reserve(&mut work, id, new, refund, &locked, holds).await?;
            created = Some(Box::new(record_creation(&mut work, id, &locked.intent).await?));
            deliveries = queue::planned_since(&mut work, id.0).await?;
        }
        let postings = PostingSet::refund_reserved(&locked.quote.terms)?;
        // Rolls back: the transaction is never committed.
        drop(work);
        let LockedState { quote, available, intent, .. } = locked;
        Ok(Preview {
            checks,
            recipient: refund.recipient,
            quote,
            left: intent.left(),
            available,
            holds,
            postings,
            deliveries,
            refund: created,
        })
    }

    /// Returns the refund that an earlier request created of which this one is a repetition, if there is one.
    pub async fn earlier_refund(
        &self,
        now: DateTime<Utc>,
        merchant: MerchantId,
        request: &IdempotentRequest,
    ) -> Result<Option<Refund>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let earlier = match &request.keyless {
            Some(payment) => unanswered::find(&mut snapshot, now, merchant, request, payment).await?,
            None => earlier_result(&mut snapshot, merchant, request).await?,
        };
        match earlier {
            Some(id) => Ok(Some(load(&mut snapshot, merchant, RefundId(id), "").await?)),
            None => Ok(None),
        }
    }

    /// Returns what the merchant's own history says about the destination of a draft.
    pub async fn address_history(&self, merchant: MerchantId, to: &Destination) -> Result<AddressHistory, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let history = address_history(&mut snapshot, merchant, to).await?;
        Ok(AddressHistory { paid_without_refund: paid_without_refund(&mut snapshot, to).await?, ..history })
    }
}

/// The id of the refund that a merchant's key creates: a UUID of version 8 (RFC 9562) with 122 bits of SHA-256. It is not
/// random, so that a client that repeats a request after a backup was restored gets the refund with the same id. If it was
/// paid, the signer's memory and the token know this id, and nothing is paid again. Such ids do not sort by time; lists
/// sort by the time of creation.
fn id_of(merchant: MerchantId, key: IdempotencyKey) -> RefundId {
    let hash = Sha256::new().chain_update("refund").chain_update(merchant.0).chain_update(key.0).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    RefundId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Checks that a request with this key would create a refund. It would not if the key is already used, whether for this
/// refund or for something else.
async fn check_key_unused(
    transaction: &mut Transaction,
    actor: &Actor,
    request: Option<&IdempotentRequest>,
) -> Result<Result<(), DomainError>, Error> {
    let Some(request) = request else { return Ok(Ok(())) };
    match earlier_result(transaction, actor.merchant(), request).await {
        Ok(None) => Ok(Ok(())),
        Ok(Some(id)) => {
            let error = DomainError::new(ErrorCode::IdempotencyKeyReused, "error-key-created-refund");
            Ok(Err(error.with("refund", id.to_string())))
        }
        Err(Error::Refused(error)) => Ok(Err(error)),
        Err(error) => Err(error),
    }
}

/// Inserts the refund and reserves its money.
async fn insert_and_reserve(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    new: &NewRefund,
    refund: &RefundContext,
    locked: &LockedState,
    holds: RefundHolds,
) -> Result<(), Error> {
    let LockedState { intent, quote, history, policy, .. } = locked;
    let (merchant, worth, confirm_until) = (work.merchant(), refund.worth, refund.confirm_until);
    let warnings = Warnings::about(history, refund.recipient, new.destination.network());
    let override_reason = warnings.overridden_by(new.override_reason.as_ref());
    let new = &NewRefund { override_reason, ..new.clone() };
    let checks = recorded(intent, new, quote, &locked.rule_inputs(refund, work.context.now));
    let policy_version = policy.version;
    // Before the refund, whose number locks the merchant if nothing has before.
    post(work, merchant, id.0, &PostingSet::refund_reserved(&quote.terms)?).await?;
    insert(work, &RefundRecord { id, new, quote, worth, policy_version, holds, confirm_until }).await?;
    screening::insert(&mut work.transaction, &work.context, id, ScreeningStage::Entry, &refund.screened).await?;
    recorded_checks::insert(work, id, &checks).await?;
    let in_flight = intent.in_flight.plus(new.amount)?;
    intents::save_amounts(work, &PaymentIntent { in_flight, ..intent.clone() }).await?;
    if let Some(draft) = new.draft_id {
        let sql = "update refund_drafts set refund_id = $1, updated_at = $2 where merchant_id = $3 and id = $4";
        work.transaction.execute(sql, values![id, work.context.now, merchant, draft]).await?;
    }
    Ok(())
}

/// Requests the customer's confirmation if it is needed, and writes timelines, audit entries and events. Locks the
/// audit chain, so it must come last.
async fn record_creation(work: &mut UnitOfWork<'_>, id: RefundId, intent: &PaymentIntent) -> Result<Refund, Error> {
    let refund = load(&mut work.transaction, work.actor.merchant(), id, "").await?;
    if refund.confirm_until.is_some() {
        confirmation::request_confirmation(work, &refund).await?;
    }
    append_first_step(work, &refund).await?;
    // The first refund, even a partial one, ends a transient intent. Later refunds add no such entry.
    if intent.ends_with_refund() && intent.status() != IntentStatus::Refunded {
        let entry = TimelineEntry { status: IntentStatus::Refunded, context: None, reason: None, at: work.context.now };
        intents::append_timeline(work, intent.id, &entry).await?;
    }
    Ok(refund)
}

/// The values of a refund's row, after all rules passed.
struct RefundRecord<'a> {
    id: RefundId,
    new: &'a NewRefund,
    quote: &'a Quote,
    worth: Option<Money>,
    policy_version: i64,
    holds: RefundHolds,
    confirm_until: Option<DateTime<Utc>>,
}

async fn insert(work: &mut UnitOfWork<'_>, record: &RefundRecord<'_>) -> Result<(), Error> {
    let RefundRecord { id, new, quote, worth, policy_version, holds, confirm_until } = *record;
    let status = match confirm_until {
        Some(_) => RefundStatus::AwaitingConfirmation,
        None => holds.first_status(),
    };
    let number = next_number(&mut work.transaction, work.actor.merchant()).await?;
    let inserted = work.transaction
        .execute(
            "insert into refunds (id, merchant_id, intent_id, network, address, memo, quote_id, currency, amount,
                funding_currency, customer_email, reason, note, created_by, next_attempt_at, created_at, updated_at,
                address_glance, override_reason, status, author_kind, author_id, worth, policy_version, approval_needed,
                held_until, number, callback_url, confirm_until, address_sent, holder, overrides)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)",
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
                work.actor.label().stored(),
                holds.held_until.unwrap_or(work.context.now),
                work.context.now,
                new.destination.address.lookalike_key(),
                new.override_reason.as_ref().map(|reason| reason.text.as_str()),
                status.as_str(),
                work.actor.kind().as_str(),
                work.actor.id(),
                worth.map(Money::amount),
                policy_version,
                i64::from(holds.needs_approval),
                holds.held_until,
                number,
                new.callback_url.as_ref().map(EndpointUrl::as_str),
                confirm_until,
                new.destination.address.as_typed(),
                new.destination.address.holder(),
                new.override_reason.as_ref().and_then(|reason| reason.overrides.as_deref()).map(Warning::codes)
            ],
        )
        .await;
    match inserted {
        // `quote_id` is the only unique column that can collide: a quote is good for one refund.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            let message = "error-quote-used";
            return Err(DomainError::new(ErrorCode::QuoteMismatch, message).on(Field::Quote).into());
        }
        result => result.map(drop)?,
    }
    note_words::insert(work, id, new).await
}

/// Returns the merchant's next short refund number.
async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    orders::lock_merchant(transaction, merchant).await?;
    let sql = "select max(number) as last from refunds where merchant_id = $1";
    let last: Option<i64> = transaction.one(sql, values![merchant]).await?.get("last")?;
    Ok(last.unwrap_or_default() + 1)
}

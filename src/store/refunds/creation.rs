//! Making a refund, in one transaction: all of it is there afterwards, or nothing is. A preview does the same and takes it
//! back.

use super::{confirmations, load, quotes, steps::append_first_step};
use crate::store::{
    Store, address_book,
    engine::Transaction,
    intents::{self, orders},
    ledger::{lock_balance, post},
    people::second_factors::{self, Proof},
    policy::{self, screenings},
    records::{Idempotent, IdempotentRequest, earlier_result},
    unit_of_work::UnitOfWork,
    webhooks::queue::{self, PlannedDelivery},
};
use crate::{
    context::Context,
    domain::{
        address::{Address, memo::Memo},
        error::{DomainError, ErrorCode},
        ids::{MerchantId, RefundId},
        intents::payment_intent::{IntentStatus, PaymentIntent, TimelineEntry},
        ledger::{AccountKind, PostingSet},
        money::{Money, currency::Currency},
        people::actor::Actor,
        policy::{
            RefundPolicy, Requirements,
            refund_rules::{AddressHistory, Check, Circumstances, Rule, checks, decide},
            screening::{Screened, Stage},
        },
        refunds::{
            new_refund::NewRefund,
            quote::Quote,
            refund::{Refund, RefundStatus},
        },
        webhooks::url::EndpointUrl,
    },
    error::Error,
    values,
};
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;

/// What was worked out of a refund before its transaction began.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// A quote for an order that names none.
    pub fresh_quote: Option<&'a Quote>,
    /// What it is worth in US dollars, when a rate is known.
    pub worth: Option<Money>,
    /// What was said of its address.
    pub screened: &'a Screened,
    /// The policy of a merchant that decided nothing.
    pub server_policy: &'a RefundPolicy,
    /// Until when its customer can confirm the address, when they have to.
    pub confirm_until: Option<DateTime<Utc>>,
    /// What its maker proved themselves with, if they did.
    pub proof: Option<&'a Proof>,
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
    /// What would be told, and where. Nothing where a rule has something against it.
    pub callbacks: Vec<PlannedDelivery>,
}

/// What is the case at the moment of a refund, under lock.
struct Situation {
    intent: PaymentIntent,
    quote: Quote,
    available: Money,
    history: AddressHistory,
    policy: RefundPolicy,
    spent_today: Money,
}

impl Situation {
    async fn read(work: &mut UnitOfWork<'_>, order: &NewRefund, assessment: &Assessment<'_>) -> Result<Self, Error> {
        let merchant = work.actor.merchant();
        let policy = policy::load(&mut work.transaction, merchant, assessment.server_policy).await?;
        let spent_today = match policy.daily_limit {
            Some(_) => spent_today(work).await?,
            None => Money::zero(Currency::Usd),
        };
        let intent = intents::lock(&mut work.transaction, merchant, order.intent_id).await?;
        let quote = quote_for(&mut work.transaction, merchant, order, assessment.fresh_quote).await?;
        let available = lock_balance(&mut work.transaction, merchant, order.funding, AccountKind::Available).await?;
        let available = Money::new(available, order.funding)?;
        let history = address_history(&mut work.transaction, merchant, &order.destination.address).await?;
        Ok(Self { intent, quote, available, history, policy, spent_today })
    }

    fn circumstances<'a>(&'a self, assessment: &Assessment<'a>, now: DateTime<Utc>) -> Circumstances<'a> {
        Circumstances {
            available: self.available,
            history: &self.history,
            screened: assessment.screened,
            policy: &self.policy,
            worth: assessment.worth,
            spent_today: self.spent_today,
            now,
        }
    }
}

impl Store {
    /// Makes a refund in one transaction: idempotency record, the rules under lock, quote, refund, timelines, ledger postings,
    /// audit entries, outgoing events. Either all of it is there or nothing is.
    pub async fn create_refund(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        order: &NewRefund,
        assessment: &Assessment<'_>,
        once: &IdempotentRequest,
    ) -> Result<Idempotent<Refund>, Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(actor, context).await?;
        let id = RefundId(context.id());
        if let Some(earlier) = work.claim_key(once, id.0).await? {
            return Ok(Idempotent::Replayed(load(&mut work.transaction, merchant, RefundId(earlier), "").await?));
        }
        let situation = Situation::read(&mut work, order, assessment).await?;
        let allowance = {
            let Situation { intent, quote, .. } = &situation;
            decide(intent, order, quote, &situation.circumstances(assessment, context.now))?
        };
        prepare(&mut work, id, order, assessment, (&situation, allowance)).await?;
        // Between the balances and the audit chain, as every transaction takes its locks.
        let policy = &situation.policy;
        second_factors::require(&mut work, policy, assessment.proof, "refund").await?;
        let refund = announce(&mut work, id, &situation.intent).await?;
        work.commit().await?;
        Ok(Idempotent::Created(refund))
    }

    /// What making this refund would do. What can be done is done, looked at, and taken back, so that a preview never says
    /// anything else than what happens.
    pub async fn preview_refund(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        order: &NewRefund,
        assessment: &Assessment<'_>,
        once: Option<&IdempotentRequest>,
    ) -> Result<Preview, Error> {
        let mut work = self.begin(actor, context).await?;
        let name = Check { rule: Rule::IdempotencyKey, verdict: free_name(&mut work.transaction, actor, once).await? };
        let situation = Situation::read(&mut work, order, assessment).await?;
        let case = situation.circumstances(assessment, context.now);
        let checks: Vec<_> =
            std::iter::once(name).chain(checks(&situation.intent, order, &situation.quote, &case)).collect();
        let known = situation.history.is_known(&situation.policy, context.now);
        let allowance = situation.policy.allowance(assessment.worth, known, context.now);
        let mut callbacks = Vec::new();
        if checks.iter().all(|check| check.verdict.is_ok()) {
            let id = RefundId(context.id());
            prepare(&mut work, id, order, assessment, (&situation, allowance)).await?;
            announce(&mut work, id, &situation.intent).await?;
            callbacks = queue::planned_since(&mut work, id.0).await?;
        }
        let postings = PostingSet::refund_reserved(&situation.quote.terms)?;
        // Dropped without being committed: nothing of it ever happened.
        drop(work);
        let Situation { quote, available, intent, .. } = situation;
        Ok(Preview { checks, quote, left: intent.left(), available, allowance, postings, callbacks })
    }

    /// The refund that an earlier identical request made, if there was one.
    pub async fn earlier_refund(
        &self,
        merchant: MerchantId,
        once: &IdempotentRequest,
    ) -> Result<Option<Refund>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        match earlier_result(&mut snapshot, merchant, once).await? {
            Some(id) => Ok(Some(load(&mut snapshot, merchant, RefundId(id), "").await?)),
            None => Ok(None),
        }
    }

    /// What the merchant's own history says of an address.
    pub async fn address_history(&self, merchant: MerchantId, address: &Address) -> Result<AddressHistory, Error> {
        address_history(&mut self.database.snapshot().await?, merchant, address).await
    }
}

/// Whether a request under this name would make anything: not when the name was used, for this refund or for something else.
async fn free_name(
    transaction: &mut Transaction,
    actor: &Actor,
    once: Option<&IdempotentRequest>,
) -> Result<Result<(), DomainError>, Error> {
    let Some(once) = once else { return Ok(Ok(())) };
    match earlier_result(transaction, actor.merchant(), once).await {
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
async fn prepare(
    work: &mut UnitOfWork<'_>,
    id: RefundId,
    order: &NewRefund,
    assessment: &Assessment<'_>,
    (situation, allowance): (&Situation, Requirements),
) -> Result<(), Error> {
    let Situation { intent, quote, history, policy, .. } = situation;
    let (merchant, worth, confirm_until) = (work.actor.merchant(), assessment.worth, assessment.confirm_until);
    // Kept only where there was something to override.
    let override_reason = order.override_reason.clone().filter(|_| history.look_alike.is_some());
    let order = &NewRefund { override_reason, ..order.clone() };
    let new = RefundRecord { id, order, quote, worth, policy_version: policy.version, allowance, confirm_until };
    insert(work, &new).await?;
    screenings::insert(&mut work.transaction, &work.context, id, Stage::Entry, assessment.screened).await?;
    post(work, merchant, id.0, &PostingSet::refund_reserved(&quote.terms)?).await?;
    let in_flight = intent.in_flight.plus(order.amount)?;
    intents::save_amounts(work, &PaymentIntent { in_flight, ..intent.clone() }).await?;
    if let Some(draft) = order.draft_id {
        let sql = "update refund_drafts set refund_id = $1, updated_at = $2 where merchant_id = $3 and id = $4";
        work.transaction.execute(sql, values![id, work.context.now, merchant, draft]).await?;
    }
    Ok(())
}

/// Tells of the refund: its customer, if they have to confirm it, the timelines, the audit log, and whoever is to be told.
async fn announce(work: &mut UnitOfWork<'_>, id: RefundId, intent: &PaymentIntent) -> Result<Refund, Error> {
    let refund = load(&mut work.transaction, work.actor.merchant(), id, "").await?;
    if refund.confirm_until.is_some() {
        confirmations::ask(work, &refund).await?;
    }
    append_first_step(work, &refund).await?;
    // The first refund, even a partial one, ends the life of a transient intent; further ones do not repeat that.
    if intent.ends_with_refund() && intent.status() != IntentStatus::Refunded {
        let entry = TimelineEntry { status: IntentStatus::Refunded, context: None, reason: None, at: work.context.now };
        intents::append_timeline(work, intent.id, &entry).await?;
    }
    Ok(refund)
}

pub(in crate::store) async fn address_history(
    transaction: &mut Transaction,
    merchant: MerchantId,
    address: &Address,
) -> Result<AddressHistory, Error> {
    let own = transaction
        .optional(
            "select i.id from payment_methods m join payment_intents i on i.id = m.intent_id
             where m.address = $1 and i.merchant_id = $2 limit 1",
            values![address.as_str(), merchant],
        )
        .await?;
    let alike = transaction
        .optional(
            "select address from refunds where merchant_id = $1 and address_glance = $2 and address <> $3 limit 1",
            values![merchant, address.lookalike_key(), address.as_str()],
        )
        .await?;
    let look_alike = alike.map(|row| row.get("address")).transpose()?;
    let known = transaction
        .optional(
            "select id from refunds where merchant_id = $1 and address = $2 and status = 'completed' limit 1",
            values![merchant, address.as_str()],
        )
        .await?;
    let in_book_since = address_book::in_book_since(transaction, merchant, address.network(), address.as_str()).await?;
    Ok(AddressHistory { known: known.is_some(), own_deposit: own.is_some(), in_book_since, look_alike })
}

/// The quote that the order names, or the fresh one, which is written now.
async fn quote_for(
    transaction: &mut Transaction,
    merchant: MerchantId,
    order: &NewRefund,
    fresh: Option<&Quote>,
) -> Result<Quote, Error> {
    match (order.quote_id, fresh) {
        (Some(id), _) => quotes::load(transaction, merchant, id).await,
        (None, Some(quote)) => {
            quotes::insert(transaction, quote).await?;
            Ok(quote.clone())
        }
        (None, None) => Err(Error::Fault("a refund without a quote".to_owned())),
    }
}

/// What a person or key has refunded since midnight (UTC), in US dollars. Their row is held, so that two refunds at once
/// cannot both fit into what is left of the day.
async fn spent_today(work: &mut UnitOfWork<'_>) -> Result<Money, Error> {
    let UnitOfWork { transaction, actor, context, .. } = work;
    let table = match **actor {
        Actor::User { .. } => "users",
        Actor::ApiKey { .. } => "api_keys",
        Actor::Customer { .. } | Actor::System { .. } => return Ok(Money::zero(Currency::Usd)),
    };
    let lock = format!("select id from {table} where id = $1{}", transaction.for_update());
    transaction.one(lock, values![actor.id()]).await?;
    let midnight = context.now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let rows = transaction
        .all(
            "select worth from refunds
             where merchant_id = $1 and author_id = $2 and created_at >= $3 and status <> 'rejected'",
            values![actor.merchant(), actor.id(), midnight],
        )
        .await?;
    // Summed here and not in SQL, because SQLite would add decimals as floats.
    rows.iter().try_fold(Money::zero(Currency::Usd), |sum, row| {
        let worth: Option<Decimal> = row.get("worth")?;
        Ok(sum.plus(Money::new(worth.unwrap_or_default(), Currency::Usd)?)?)
    })
}

/// A refund that all rules allow.
struct RefundRecord<'a> {
    id: RefundId,
    order: &'a NewRefund,
    quote: &'a Quote,
    worth: Option<Money>,
    policy_version: i64,
    allowance: Requirements,
    confirm_until: Option<DateTime<Utc>>,
}

async fn insert(work: &mut UnitOfWork<'_>, new: &RefundRecord<'_>) -> Result<(), Error> {
    let RefundRecord { id, order, quote, worth, policy_version, allowance, confirm_until } = *new;
    let status = match confirm_until {
        Some(_) => RefundStatus::AwaitingConfirmation,
        None => allowance.first_status(),
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
                order.intent_id,
                order.destination.network(),
                order.destination.address.as_str(),
                order.destination.memo.as_ref().map(Memo::as_str),
                quote.id,
                order.amount.currency(),
                order.amount,
                order.funding,
                &order.customer_email,
                order.reason.as_str(),
                &order.note,
                work.actor.label(),
                allowance.held_until.unwrap_or(work.context.now),
                work.context.now,
                order.destination.address.lookalike_key(),
                &order.override_reason,
                status.as_str(),
                work.actor.kind(),
                work.actor.id(),
                worth.map(Money::amount),
                policy_version,
                i64::from(allowance.needs_approval),
                allowance.held_until,
                number,
                order.callback_url.as_ref().map(EndpointUrl::as_str),
                confirm_until
            ],
        )
        .await;
    match inserted {
        // The one unique column besides the new id: a quote is good for one refund.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(DomainError::new(ErrorCode::QuoteMismatch, "The quote was already used for a refund.")
                .on("quote")
                .into())
        }
        result => result.map(drop).map_err(Error::from),
    }
}

/// The next short number of a merchant's refunds.
async fn next_number(transaction: &mut Transaction, merchant: MerchantId) -> Result<i64, Error> {
    orders::hold_merchant(transaction, merchant).await?;
    let sql = "select max(number) as last from refunds where merchant_id = $1";
    let last: Option<i64> = transaction.one(sql, values![merchant]).await?.get("last")?;
    Ok(last.unwrap_or_default() + 1)
}

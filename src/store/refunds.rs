//! Refunds: the one transaction that makes them, and the lists that show them.

use super::{
    Store,
    database::{Row, Transaction},
    intents,
    ledger::{lock_balance, post},
    listing::{Conditions, id_list, in_reading_order},
    orders::{self, NumberedPage},
    policies, quotes,
    records::{Change, IdempotentRequest, Once, claim_key, earlier_result, record},
    screenings,
    second_factor::{self, Proof},
};
use crate::{
    domain::{
        actor::Actor,
        address::{Address, canonical},
        currency::Currency,
        ids::{MerchantId, PaymentIntentId, QuoteId, RefundId},
        ledger::{AccountKind, PostingSet},
        memo::Memo,
        money::Money,
        network::Network,
        paging::{Page, PageRequest},
        payment_intent::{IntentStatus, PaymentIntent, TimelineEntry},
        policy::{Allowance, RefundPolicy},
        quote::Quote,
        refund::{
            AddressHistory, Author, Circumstances, Refund, RefundOrder, RefundReason, RefundStatus, RefundStep, decide,
        },
        refusal::{ErrorCode, Refusal},
        screening::{Screened, Stage},
        webhook::url::EndpointUrl,
    },
    environment::Moment,
    error::Error,
    values,
};
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use uuid::Uuid;

/// Which refunds a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundFilter {
    /// Only of this status.
    pub status: Option<RefundStatus>,
    /// Only of this currency.
    pub currency: Option<Currency>,
    /// Only on this network.
    pub network: Option<Network>,
    /// Only of this intent.
    pub intent: Option<PaymentIntentId>,
    /// Only those made at or after.
    pub from: Option<DateTime<Utc>>,
    /// Only those made at or before.
    pub to: Option<DateTime<Utc>>,
    /// Only those that last changed at or after.
    pub updated_from: Option<DateTime<Utc>>,
    /// Only those that last changed at or before.
    pub updated_to: Option<DateTime<Utc>>,
    /// Only of at least this amount.
    pub amount_min: Option<Decimal>,
    /// Only of at most this amount.
    pub amount_max: Option<Decimal>,
    /// Only those that a person means by this: an id of the refund or its intent, an address, an e-mail address, or a
    /// transaction hash.
    pub search: Option<String>,
    /// What the list is sorted by.
    pub sort: RefundSort,
}

/// What a list of refunds is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefundSort {
    /// When they were made.
    #[default]
    Created,
    /// When they last changed.
    Updated,
    /// How much reaches the customer.
    Amount,
}

impl RefundSort {
    const fn column(self) -> &'static str {
        match self {
            Self::Created => "created_at",
            Self::Updated => "updated_at",
            Self::Amount => "amount",
        }
    }
}

impl RefundFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("status = ?", self.status.map(RefundStatus::as_str));
        conditions.and_some("currency = ?", self.currency);
        conditions.and_some("network = ?", self.network);
        conditions.and_some("intent_id = ?", self.intent);
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions.and_some("updated_at >= ?", self.updated_from);
        conditions.and_some("updated_at <= ?", self.updated_to);
        conditions.and_some("amount >= ?", self.amount_min);
        conditions.and_some("amount <= ?", self.amount_max);
        if let Some(text) = self.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            if let Ok(id) = Uuid::try_parse(text) {
                conditions.and("(id = ? or intent_id = ?)", values![id, id]);
            } else {
                let address = canonical(text).unwrap_or_else(|| text.to_owned());
                conditions.and(
                    "(address = ? or customer_email = ? or transaction_hash = ?)",
                    values![address, text.to_lowercase(), text],
                );
            }
        }
        conditions
    }
}

pub(super) const COLUMNS: &str =
    "select id, merchant_id, intent_id, status, network, address, memo, quote_id, customer_email, reason, note,
    override_reason, created_by, author_kind, author_id, approval_needed, offer_quote_id, held_until, transaction_hash,
    rejection_reason, number, created_at, updated_at";

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
    /// What its maker proved themselves with, if they did.
    pub proof: Option<&'a Proof>,
}

impl Store {
    /// Makes a refund in one transaction: idempotency record, the rules under lock, quote, refund, timelines, ledger postings,
    /// audit entries, outgoing events. Either all of it is there or nothing is.
    pub async fn create_refund(
        &self,
        actor: &Actor,
        moment: &Moment<'_>,
        order: &RefundOrder,
        assessment: &Assessment<'_>,
        once: &IdempotentRequest,
    ) -> Result<Once<Refund>, Error> {
        let merchant = actor.merchant();
        let mut transaction = self.database.begin().await?;
        let id = RefundId(moment.id());
        if let Some(earlier) = claim_key(&mut transaction, moment, merchant, once, id.0).await? {
            return Ok(Once::Before(load(&mut transaction, merchant, RefundId(earlier), "").await?));
        }
        let policy = policies::load(&mut transaction, merchant, assessment.server_policy).await?;
        let spent_today = match policy.daily_limit {
            Some(_) => spent_today(&mut transaction, actor, moment.now).await?,
            None => Money::zero(Currency::Usd),
        };
        let intent = intents::lock(&mut transaction, merchant, order.intent_id).await?;
        let quote = quote_for(&mut transaction, merchant, order, assessment.fresh_quote).await?;
        let available = lock_balance(&mut transaction, merchant, order.funding, AccountKind::Available).await?;
        let available = Money::new(available, order.funding)?;
        let history = address_history(&mut transaction, merchant, &order.destination.address).await?;
        let worth = assessment.worth;
        let case = Circumstances {
            available,
            history: &history,
            screened: assessment.screened,
            policy: &policy,
            worth,
            spent_today,
            now: moment.now,
        };
        let allowance = decide(&intent, order, &quote, &case)?;

        // Kept only where there was something to override.
        let override_reason = order.override_reason.clone().filter(|_| history.look_alike.is_some());
        let order = &RefundOrder { override_reason, ..order.clone() };
        let new = NewRefund { id, order, quote: &quote, worth, policy_version: policy.version, allowance };
        insert(&mut transaction, actor, moment, &new).await?;
        screenings::keep(&mut transaction, moment, id, Stage::Entry, assessment.screened).await?;
        post(&mut transaction, moment, merchant, id.0, &PostingSet::refund_reserved(&quote.terms)?).await?;
        let in_flight = intent.in_flight.plus(order.amount)?;
        intents::save_amounts(&mut transaction, moment, &PaymentIntent { in_flight, ..intent.clone() }).await?;
        if let Some(draft) = order.draft_id {
            let sql = "update refund_drafts set refund_id = $1, updated_at = $2 where merchant_id = $3 and id = $4";
            transaction.execute(sql, values![id, moment.now, merchant, draft]).await?;
        }
        second_factor::require(&mut transaction, actor, moment, &policy, assessment.proof, "refund").await?;
        let refund = load(&mut transaction, merchant, id, "").await?;
        append_first_step(&mut transaction, actor, moment, &refund).await?;
        let entry = TimelineEntry { status: IntentStatus::Refunded, context: None, reason: None, at: moment.now };
        // The first refund, even a partial one, ends the intent's life; further ones do not repeat that.
        if intent.status() != IntentStatus::Refunded {
            intents::append_timeline(&mut transaction, actor, moment, intent.id, &entry).await?;
        }
        transaction.commit().await?;
        Ok(Once::Now(refund))
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

    /// One refund of a merchant.
    pub async fn refund(&self, merchant: MerchantId, id: RefundId) -> Result<Refund, Error> {
        load(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// One refund of a merchant by its short number.
    pub async fn refund_by_number(&self, merchant: MerchantId, number: i64) -> Result<Refund, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = format!("{COLUMNS} from refunds where merchant_id = $1 and number = $2");
        let rows = snapshot.all(sql, values![merchant, number]).await?;
        assemble(&mut snapshot, &rows).await?.pop().ok_or_else(|| Refusal::not_found("refund").into())
    }

    /// One page of a merchant's refunds that is counted in pages, and how many there are in all.
    pub async fn refunds_numbered(
        &self,
        merchant: MerchantId,
        filter: &RefundFilter,
        page: NumberedPage,
    ) -> Result<(Vec<Refund>, i64), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant).finish("select count(*) as total from refunds", "");
        let total = snapshot.one(sql, values).await?.get("total")?;
        let tail = page.tail(&[filter.sort.column(), "number"]);
        let (sql, values) = filter.conditions(merchant).finish(&format!("{COLUMNS} from refunds"), &tail);
        let rows = snapshot.all(sql, values).await?;
        Ok((assemble(&mut snapshot, &rows).await?, total))
    }

    /// The short numbers and states of the refunds of these intents, the oldest first, by intent.
    pub async fn refund_numbers(
        &self,
        merchant: MerchantId,
        intents: &[PaymentIntentId],
    ) -> Result<HashMap<PaymentIntentId, Vec<(i64, RefundStatus)>>, Error> {
        if intents.is_empty() {
            return Ok(HashMap::new());
        }
        let (list, mut values) = id_list(intents);
        values.push(merchant.into());
        let sql = format!(
            "select intent_id, number, status from refunds where intent_id in ({list}) and merchant_id = ${} order by number",
            values.len()
        );
        let mut numbers: HashMap<PaymentIntentId, Vec<_>> = HashMap::new();
        for row in self.database.snapshot().await?.all(sql, values).await? {
            let refund = (row.get("number")?, row.parse("status", RefundStatus::parse)?);
            numbers.entry(PaymentIntentId(row.get("intent_id")?)).or_default().push(refund);
        }
        Ok(numbers)
    }

    /// The life of a refund, the newest step first.
    pub async fn refund_steps(&self, merchant: MerchantId, id: RefundId) -> Result<Vec<RefundStep>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select t.status, t.detail, t.at from refund_timeline t join refunds r on r.id = t.refund_id
                 where r.merchant_id = $1 and r.id = $2 order by t.seq desc",
                values![merchant, id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let status = row.parse("status", RefundStatus::parse)?;
                Ok(RefundStep { status, detail: row.get("detail")?, at: row.get("at")? })
            })
            .collect()
    }

    /// One page of a merchant's refunds.
    pub async fn refunds(
        &self,
        merchant: MerchantId,
        filter: &RefundFilter,
        request: &PageRequest,
    ) -> Result<Page<Refund>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let (sql, values) = filter.conditions(merchant).page(COLUMNS, "refunds", filter.sort.column(), request);
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let refunds = assemble(&mut snapshot, &rows).await?;
        Ok(Page::from_rows(refunds, request, |refund| refund.id.0))
    }

    /// How many refunds a merchant has of each status that occurs.
    pub async fn count_refunds(&self, merchant: MerchantId) -> Result<Vec<(RefundStatus, i64)>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select status, count(*) as number from refunds where merchant_id = $1 group by status",
                values![merchant],
            )
            .await?;
        rows.iter().map(|row| Ok((row.parse("status", RefundStatus::parse)?, row.get("number")?))).collect()
    }
}

async fn address_history(
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
            values![merchant, address.glance(), address.as_str()],
        )
        .await?;
    let look_alike = alike.map(|row| row.get("address")).transpose()?;
    let known = transaction
        .optional(
            "select id from refunds where merchant_id = $1 and address = $2 and status = 'completed' limit 1",
            values![merchant, address.as_str()],
        )
        .await?;
    Ok(AddressHistory { known: known.is_some(), own_deposit: own.is_some(), look_alike })
}

/// The quote that the order names, or the fresh one, which is written now.
async fn quote_for(
    transaction: &mut Transaction,
    merchant: MerchantId,
    order: &RefundOrder,
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
async fn spent_today(transaction: &mut Transaction, actor: &Actor, now: DateTime<Utc>) -> Result<Money, Error> {
    let table = match actor {
        Actor::User { .. } => "users",
        Actor::ApiKey { .. } => "api_keys",
        Actor::System { .. } => return Ok(Money::zero(Currency::Usd)),
    };
    let lock = format!("select id from {table} where id = $1{}", transaction.for_update());
    transaction.one(lock, values![actor.id()]).await?;
    let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
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
struct NewRefund<'a> {
    id: RefundId,
    order: &'a RefundOrder,
    quote: &'a Quote,
    worth: Option<Money>,
    policy_version: i64,
    allowance: Allowance,
}

async fn insert(
    transaction: &mut Transaction,
    actor: &Actor,
    moment: &Moment<'_>,
    new: &NewRefund<'_>,
) -> Result<(), Error> {
    let NewRefund { id, order, quote, worth, policy_version, allowance } = *new;
    let status = if allowance.needs_approval { RefundStatus::AwaitingApproval } else { RefundStatus::Pending };
    let number = next_number(transaction, actor.merchant()).await?;
    let inserted = transaction
        .execute(
            "insert into refunds (id, merchant_id, intent_id, network, address, memo, quote_id, currency, amount,
                funding_currency, customer_email, reason, note, created_by, next_attempt_at, created_at, updated_at,
                address_glance, override_reason, status, author_kind, author_id, worth, policy_version, approval_needed,
                held_until, number, callback_url)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25, $26, $27)",
            values![
                id,
                actor.merchant(),
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
                actor.label(),
                allowance.held_until.unwrap_or(moment.now),
                moment.now,
                order.destination.address.glance(),
                &order.override_reason,
                status.as_str(),
                actor.kind(),
                actor.id(),
                worth.map(Money::amount),
                policy_version,
                i64::from(allowance.needs_approval),
                allowance.held_until,
                number,
                order.callback_url.as_ref().map(EndpointUrl::as_str)
            ],
        )
        .await;
    match inserted {
        // The one unique column besides the new id: a quote is good for one refund.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(Refusal::new(ErrorCode::QuoteMismatch, "The quote was already used for a refund.").on("quote").into())
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

/// Writes the first state of a refund. That it was made is one event, and that it waits for an approval another.
async fn append_first_step(
    transaction: &mut Transaction,
    actor: &Actor,
    moment: &Moment<'_>,
    refund: &Refund,
) -> Result<(), Error> {
    append_to_timeline(transaction, moment, refund, refund.status, None).await?;
    let mut actions = vec!["refund.created"];
    if refund.status == RefundStatus::AwaitingApproval {
        actions.push(refund.status.event());
    }
    for action in actions {
        let detail = facts(refund, None, refund.status, None);
        record(transaction, moment, Change { actor, action, subject: refund.id.0, detail }).await?;
    }
    Ok(())
}

/// Writes a new state of a refund with its timeline entry, audit entry and event.
pub(super) async fn append_step(
    transaction: &mut Transaction,
    actor: &Actor,
    moment: &Moment<'_>,
    refund: &Refund,
    status: RefundStatus,
    detail: Option<String>,
) -> Result<(), Error> {
    let before = transaction
        .one("select status from refund_timeline where refund_id = $1 order by seq desc limit 1", values![refund.id])
        .await?
        .get::<String>("status")?;
    append_to_timeline(transaction, moment, refund, status, detail.as_deref()).await?;
    let detail = facts(refund, Some(before), status, detail.as_deref());
    record(transaction, moment, Change { actor, action: status.event(), subject: refund.id.0, detail }).await
}

async fn append_to_timeline(
    transaction: &mut Transaction,
    moment: &Moment<'_>,
    refund: &Refund,
    status: RefundStatus,
    detail: Option<&str>,
) -> Result<(), Error> {
    transaction
        .execute(
            "insert into refund_timeline (refund_id, seq, status, detail, at)
             select $1, count(*), $2, $3, $4 from refund_timeline where refund_id = $5",
            values![refund.id, status.as_str(), detail, moment.now, refund.id],
        )
        .await?;
    Ok(())
}

/// What the audit log and the outside hear of a refund.
fn facts(refund: &Refund, before: Option<String>, status: RefundStatus, detail: Option<&str>) -> Json {
    json!({
        "refundId": refund.id,
        "paymentIntentId": refund.intent_id,
        "statusBefore": before,
        "status": status.as_str(),
        "amount": refund.amount().number(),
        "currency": refund.amount().currency(),
        "network": refund.network,
        "address": refund.address,
        "memo": refund.memo,
        "overrideReason": refund.override_reason,
        "value": refund.terms.value.number(),
        "valueCurrency": refund.terms.value.currency(),
        "send": refund.terms.send.number(),
        "coin": refund.terms.send.currency(),
        "feePayer": refund.terms.fee_payer.as_str(),
        "funding": refund.terms.funding(),
        "total": refund.terms.total.number(),
        "quoteId": refund.quote_id,
        "heldUntil": refund.held_until,
        "transactionHash": refund.transaction_hash,
        "detail": detail,
    })
}

pub(super) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: RefundId,
    suffix: &str,
) -> Result<Refund, Error> {
    let sql = format!("{COLUMNS} from refunds where merchant_id = $1 and id = $2{suffix}");
    let rows = transaction.all(sql, values![merchant, id]).await?;
    assemble(transaction, &rows).await?.pop().ok_or_else(|| Refusal::not_found("refund").into())
}

/// Builds refunds from their rows, with one more query however many there are.
pub(super) async fn assemble(transaction: &mut Transaction, rows: &[Row]) -> Result<Vec<Refund>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.get::<Uuid>("quote_id")).collect::<Result<Vec<_>, _>>()?;
    let (list, values) = id_list(&ids);
    let sql = format!("select {} from quotes q where q.id in ({list})", quotes::COLUMNS);
    let mut found = HashMap::new();
    for row in transaction.all(sql, values).await? {
        let quote = quotes::from_row(&row)?;
        found.insert(quote.id.0, quote);
    }
    rows.iter()
        .zip(ids)
        .map(|(row, quote)| {
            let quote = found.remove(&quote).ok_or_else(|| Error::Fault("a refund lost its quote".to_owned()))?;
            from_row(row, quote)
        })
        .collect()
}

fn from_row(row: &Row, quote: Quote) -> Result<Refund, Error> {
    Ok(Refund {
        id: RefundId(row.get("id")?),
        number: row.get("number")?,
        merchant_id: MerchantId(row.get("merchant_id")?),
        intent_id: PaymentIntentId(row.get("intent_id")?),
        status: row.parse("status", RefundStatus::parse)?,
        network: row.parse("network", |code| Network::parse(code).ok())?,
        address: row.get("address")?,
        memo: row.get("memo")?,
        quote_id: quote.id,
        terms: quote.terms,
        customer_email: row.get("customer_email")?,
        reason: row.parse("reason", RefundReason::parse)?,
        note: row.get("note")?,
        override_reason: row.get("override_reason")?,
        created_by: row.get("created_by")?,
        author: author(row)?,
        approval_needed: row.get::<i64>("approval_needed")? > 0,
        offer_quote_id: row.get::<Option<Uuid>>("offer_quote_id")?.map(QuoteId),
        held_until: row.get("held_until")?,
        transaction_hash: row.get("transaction_hash")?,
        rejection_reason: row.get("rejection_reason")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn author(row: &Row) -> Result<Option<Author>, Error> {
    let kind: Option<String> = row.get("author_kind")?;
    Ok(match kind {
        Some(kind) => Some(Author { kind, id: row.get("author_id")? }),
        None => None,
    })
}

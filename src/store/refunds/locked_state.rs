//! The rows that decide on a refund, read under lock.

use super::{
    creation::{QuoteSource, RefundContext},
    quote,
};
use crate::store::{
    Error, address_book, engine::Transaction, intents, ledger::lock_balance, policy, unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        address::Address,
        ids::MerchantId,
        intents::payment_intent::PaymentIntent,
        ledger::AccountKind,
        money::{Money, currency::Currency},
        people::actor::Actor,
        policy::{
            RefundPolicy,
            refund_rules::{AddressHistory, RuleInputs},
        },
        refunds::{new_refund::NewRefund, quote::Quote},
    },
    values,
};
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;

pub(super) struct LockedState {
    pub intent: PaymentIntent,
    pub quote: Quote,
    pub available: Money,
    pub history: AddressHistory,
    pub policy: RefundPolicy,
    spent_today: Money,
}

impl LockedState {
    /// Reads and locks the rows. The order is the same in every transaction, to avoid deadlocks.
    pub async fn read(work: &mut UnitOfWork<'_>, new: &NewRefund, refund: &RefundContext) -> Result<Self, Error> {
        let merchant = work.merchant();
        let policy = policy::load(&mut work.transaction, merchant, &refund.server_policy).await?;
        let spent_today = match policy.daily_limit {
            Some(_) => spent_today(work).await?,
            None => Money::zero(Currency::Usd),
        };
        let intent = intents::lock(&mut work.transaction, merchant, new.intent_id).await?;
        let quote = quote_for(&mut work.transaction, merchant, &refund.quote).await?;
        let available = lock_balance(&mut work.transaction, merchant, new.funding, AccountKind::Available).await?;
        let available = Money::new(available, new.funding)?;
        let history = address_history(&mut work.transaction, merchant, &new.destination.address).await?;
        Ok(Self { intent, quote, available, history, policy, spent_today })
    }

    /// Returns the inputs of the refund rules.
    pub const fn rule_inputs<'a>(&'a self, refund: &'a RefundContext, now: DateTime<Utc>) -> RuleInputs<'a> {
        RuleInputs {
            available: self.available,
            history: &self.history,
            screened: &refund.screened,
            policy: &self.policy,
            worth: refund.worth,
            spent_today: self.spent_today,
            now,
        }
    }
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
    Ok(AddressHistory { refunded_before: known.is_some(), own_deposit: own.is_some(), in_book_since, look_alike })
}

/// Loads the given quote, or stores the new one.
async fn quote_for(transaction: &mut Transaction, merchant: MerchantId, choice: &QuoteSource) -> Result<Quote, Error> {
    match choice {
        QuoteSource::Given(id) => quote::load(transaction, merchant, *id).await,
        QuoteSource::New(quote) => {
            quote::insert(transaction, quote).await?;
            Ok(quote.as_ref().clone())
        }
    }
}

/// Returns the sum in US dollars that this person or API key has refunded since midnight UTC. Locks their row, so that
/// two concurrent refunds cannot both use the rest of the daily limit.
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
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    rows.iter().try_fold(Money::zero(Currency::Usd), |sum, row| {
        let worth: Option<Decimal> = row.get("worth")?;
        Ok(sum.plus(Money::new(worth.unwrap_or_default(), Currency::Usd)?)?)
    })
}

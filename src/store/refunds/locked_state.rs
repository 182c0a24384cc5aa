//! The rows that decide on a refund, read under lock.

use super::{
    creation::{QuoteSource, RefundContext},
    quote,
};
use crate::store::{
    Error, Store, address_book, engine::Transaction, intents, intents::orders, ledger::lock_balance, policy,
    unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        address::{Address, memo::Memo},
        ids::{MerchantId, PaymentIntentId, RefundId, UserId},
        intents::payment_intent::PaymentIntent,
        ledger::AccountKind,
        money::{Money, currency::Currency},
        policy::{
            RefundPolicy, SpentToday,
            refund_rules::{AddressHistory, RuleInputs},
            together,
        },
        refunds::{new_refund::NewRefund, quote::Quote},
    },
    values,
};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

pub(super) struct LockedState {
    pub intent: PaymentIntent,
    pub quote: Quote,
    pub available: Money,
    pub history: AddressHistory,
    pub policy: RefundPolicy,
    spent_today: SpentToday,
    recent: Option<Money>,
}

impl LockedState {
    /// Reads and locks the rows. The order is the same in every transaction, to avoid deadlocks.
    pub async fn read(work: &mut UnitOfWork<'_>, new: &NewRefund, refund: &RefundContext) -> Result<Self, Error> {
        let merchant = work.merchant();
        let policy = policy::load(&mut work.transaction, merchant, &refund.server_policy).await?;
        let intent = intents::lock(&mut work.transaction, merchant, new.intent_id).await?;
        let quote = quote_for(&mut work.transaction, merchant, &refund.quote).await?;
        let available = lock_balance(&mut work.transaction, merchant, new.funding, AccountKind::Available).await?;
        let available = Money::new(available, new.funding)?;
        let history = address_history(&mut work.transaction, merchant, &new.destination.address).await?;
        if policy.limits_days() || policy.has_thresholds() {
            // Two concurrent refunds must not both see the other as not yet there. The lock comes after the balance's, as
            // it does for the number of a refund.
            orders::lock_merchant(&mut work.transaction, merchant).await?;
        }
        let spent_today = if policy.limits_days() { spent_today(work).await? } else { SpentToday::NOTHING };
        let recent = if policy.has_thresholds() {
            recent_worth(&mut work.transaction, merchant, &RecentFilter::of(new, work.context.now)).await?
        } else {
            Some(Money::zero(Currency::Usd))
        };
        Ok(Self { intent, quote, available, history, policy, spent_today, recent })
    }

    /// Returns the inputs of the refund rules.
    pub const fn rule_inputs<'a>(&'a self, refund: &'a RefundContext, now: DateTime<Utc>) -> RuleInputs<'a> {
        RuleInputs {
            available: self.available,
            history: &self.history,
            screened: &refund.screened,
            policy: &self.policy,
            worth: refund.worth,
            recent: self.recent,
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

/// Returns what was refunded since midnight UTC.
async fn spent_today(work: &mut UnitOfWork<'_>) -> Result<SpentToday, Error> {
    let UnitOfWork { transaction, actor, context, .. } = work;
    let midnight = context.now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let sql = "select r.author_id, k.maker_id, r.worth from refunds r left join api_keys k on k.id = r.author_id
        where r.merchant_id = $1 and r.created_at >= $2 and r.status <> 'rejected'";
    let rows = transaction.all(sql, values![actor.merchant(), midnight]).await?;
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    rows.iter().try_fold(SpentToday::NOTHING, |spent, row| {
        let worth: Option<Decimal> = row.get("worth")?;
        let worth = Money::new(worth.unwrap_or_default(), Currency::Usd)?;
        let author: Option<Uuid> = row.get("author_id")?;
        let person = row.get::<Option<Uuid>>("maker_id")?.or(author).map(UserId);
        let is_own = author == actor.id() || (actor.person().is_some() && person == actor.person());
        Ok(SpentToday {
            by_author: if is_own { spent.by_author.plus(worth)? } else { spent.by_author },
            by_merchant: spent.by_merchant.plus(worth)?,
        })
    })
}

/// Refunds that count together with another one, because they were made within a day before it and share its intent, its
/// address or its customer.
pub struct RecentFilter<'a> {
    pub intent: PaymentIntentId,
    pub address: &'a str,
    /// Customers of an exchange share an address and have a memo each.
    pub memo: Option<&'a str>,
    pub email: Option<&'a str>,
    /// The time of the other refund.
    pub at: DateTime<Utc>,
    /// The other refund, if it was created already. Then only those that came before it count.
    pub except: Option<RefundId>,
}

impl<'a> RecentFilter<'a> {
    /// The refunds that count together with a new one.
    pub fn of(new: &'a NewRefund, now: DateTime<Utc>) -> Self {
        Self {
            intent: new.intent_id,
            address: new.destination.address.as_str(),
            memo: new.destination.memo.as_ref().map(Memo::as_str),
            email: new.customer_email.as_deref(),
            at: now,
            except: None,
        }
    }
}

/// Returns the worth of these refunds without those that were rejected; `None` if the worth of one is not known.
pub(in crate::store) async fn recent_worth(
    transaction: &mut Transaction,
    merchant: MerchantId,
    filter: &RecentFilter<'_>,
) -> Result<Option<Money>, Error> {
    // One part for each index. `union` removes the refunds that several parts find.
    let part = |condition: &str| {
        format!(
            "select id, worth from refunds where merchant_id = $1 and {condition} and created_at >= $2
             and created_at <= $3 and status <> 'rejected' and id <> $4"
        )
    };
    let sql =
        ["intent_id = $5", "address = $6 and coalesce(memo, '') = $7", "customer_email = $8"].map(part).join(" union ");
    // A refund that was committed first may have begun later, also by the clock of another server.
    let until = if filter.except.is_some() { filter.at } else { filter.at + Duration::days(1) };
    let values = values![
        merchant,
        filter.at - Duration::days(1),
        until,
        filter.except.map_or(Uuid::nil(), |id| id.0),
        filter.intent,
        filter.address,
        filter.memo.unwrap_or_default(),
        filter.email
    ];
    let rows = transaction.all(sql, values).await?;
    rows.iter().try_fold(Some(Money::zero(Currency::Usd)), |sum, row| {
        let worth: Option<Decimal> = row.get("worth")?;
        let worth = worth.map(|worth| Money::new(worth, Currency::Usd)).transpose()?;
        Ok(together(sum, worth))
    })
}

impl Store {
    /// Returns the worth of the refunds that count together with a new one; `None` if the worth of one is not known.
    pub async fn recent_worth(&self, merchant: MerchantId, filter: &RecentFilter<'_>) -> Result<Option<Money>, Error> {
        recent_worth(&mut self.database.snapshot().await?, merchant, filter).await
    }
}

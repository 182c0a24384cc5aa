//! What was refunded recently: on the same day, for limits, and to the same recipient within a day, for thresholds.

use super::locked_state::address_history;
use crate::store::{CorruptColumn, Error, Store, engine::Transaction, intents::orders, unit_of_work::UnitOfWork};
use crate::{
    domain::{
        ids::{MerchantId, PaymentIntentId, RefundId, UserId},
        money::{Money, currency::Currency},
        people::actor::Actor,
        policy::{RefundHolds, RefundPolicy, SpentToday, together},
        refunds::{
            new_refund::{Destination, NewRefund},
            refund::Refund,
        },
    },
    values,
};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

/// Whose refunds of a day count together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spender {
    /// The user or the key.
    author: Option<Uuid>,
    /// The user, or the maker of the key.
    person: Option<UserId>,
}

impl Spender {
    pub const fn of(actor: &Actor) -> Self {
        Self { author: actor.id(), person: actor.person() }
    }

    /// The creator of a refund.
    fn of_refund(refund: &Refund) -> Self {
        let author = refund.author.as_ref();
        Self { author: author.and_then(|author| author.id), person: author.and_then(|author| author.person) }
    }
}

/// Returns what was refunded on the day (UTC) of a time. The refund `except` does not count.
pub(super) async fn spent_on(
    transaction: &mut Transaction,
    merchant: MerchantId,
    at: DateTime<Utc>,
    by: &Spender,
    except: Option<RefundId>,
) -> Result<SpentToday, Error> {
    let midnight = at.date_naive().and_time(NaiveTime::MIN).and_utc();
    let sql = "select r.author_id, k.maker_id, r.worth from refunds r left join api_keys k on k.id = r.author_id
        where r.merchant_id = $1 and r.created_at >= $2 and r.created_at < $3 and r.status <> 'rejected' and r.id <> $4";
    let except = except.map_or(Uuid::nil(), |id| id.0);
    let rows = transaction.all(sql, values![merchant, midnight, midnight + Duration::days(1), except]).await?;
    // Added up here and not in SQL, because SQLite would add decimals as floats.
    rows.iter().try_fold(SpentToday::NOTHING, |spent, row| {
        let worth = dollars(row.get("worth")?)?;
        let author: Option<Uuid> = row.get("author_id")?;
        let person = row.get::<Option<Uuid>>("maker_id")?.or(author).map(UserId);
        let is_own = author == by.author || (by.person.is_some() && person == by.person);
        Ok(SpentToday {
            by_author: if is_own { together(spent.by_author, worth) } else { spent.by_author },
            by_merchant: together(spent.by_merchant, worth),
        })
    })
}

/// Refunds that count together with another one, because they were made within a day before it and share its intent, the
/// account that receives it, or its customer.
pub struct RecentFilter<'a> {
    pub intent: PaymentIntentId,
    /// Whatever the memo is: the owner of an account receives what is sent with any.
    pub holder: String,
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
            holder: new.destination.address.holder(),
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
    let email_is = format!("customer_email{} = $7", transaction.search_syntax().byte_order);
    let sql = ["intent_id = $5", "coalesce(holder, address) = $6", &email_is].map(part).join(" union ");
    // A refund that was committed first may have begun later, also by the clock of another server.
    let until = if filter.except.is_some() { filter.at } else { filter.at + Duration::days(1) };
    let values = values![
        merchant,
        filter.at - Duration::days(1),
        until,
        filter.except.map_or(Uuid::nil(), |id| id.0),
        filter.intent,
        filter.holder.as_str(),
        filter.email
    ];
    let rows = transaction.all(sql, values).await?;
    rows.iter().try_fold(Some(Money::zero(Currency::Usd)), |sum, row| Ok(together(sum, dollars(row.get("worth")?)?)))
}

/// What a stored refund has to wait for now, if it is worth that much. The cool-down counts from the creation, when the address
/// was entered: the refund could be stopped from then on.
pub(super) async fn holds_of_stored(
    work: &mut UnitOfWork<'_>,
    policy: &RefundPolicy,
    refund: &Refund,
    worth: Option<Money>,
) -> Result<RefundHolds, Error> {
    let (merchant, now) = (refund.merchant_id, work.context.now);
    let transaction = &mut work.transaction;
    let destination = destination_of(refund)?;
    let is_known = address_history(transaction, merchant, &destination).await?.is_known(policy, now);
    let filter = RecentFilter {
        intent: refund.intent_id,
        holder: destination.address.holder(),
        email: refund.customer_email.as_deref(),
        at: refund.created_at,
        except: Some(refund.id),
    };
    let worth = together(worth, recent_worth(transaction, merchant, &filter).await?);
    Ok(policy.holds(worth, is_known, refund.created_at))
}

/// What was refunded on the day on which a refund was created, without it. Locks the merchant's row, so that no two refunds
/// miss each other; nothing is locked or read if the policy limits no days.
pub(super) async fn spent_with(
    transaction: &mut Transaction,
    policy: &RefundPolicy,
    refund: &Refund,
) -> Result<SpentToday, Error> {
    if !policy.limits_days() {
        return Ok(SpentToday::NOTHING);
    }
    orders::lock_merchant(transaction, refund.merchant_id).await?;
    spent_on(transaction, refund.merchant_id, refund.created_at, &Spender::of_refund(refund), Some(refund.id)).await
}

/// The worth of a stored refund, if it is known.
pub(super) async fn stored_worth(transaction: &mut Transaction, id: RefundId) -> Result<Option<Money>, Error> {
    dollars(transaction.one("select worth from refunds where id = $1", values![id]).await?.get("worth")?)
}

/// Where a stored refund goes.
pub(super) fn destination_of(refund: &Refund) -> Result<Destination, Error> {
    Destination::parse(refund.network, &refund.address, refund.memo.as_deref(), refund.memo.is_none())
        .map_err(|error| CorruptColumn::new("address", error).of_table("refunds").into())
}

/// The column `worth`; null if no rate was known.
fn dollars(worth: Option<Decimal>) -> Result<Option<Money>, Error> {
    Ok(worth.map(|worth| Money::new(worth, Currency::Usd)).transpose()?)
}

impl Store {
    /// Returns the worth of the refunds that count together with a new one; `None` if the worth of one is not known.
    pub async fn recent_worth(&self, merchant: MerchantId, filter: &RecentFilter<'_>) -> Result<Option<Money>, Error> {
        recent_worth(&mut self.database.snapshot().await?, merchant, filter).await
    }
}

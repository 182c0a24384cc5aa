//! The rows that decide on a refund, read under lock.

use super::{
    creation::{QuoteSource, RefundContext},
    quote,
    recent::{RecentFilter, Spender, recent_worth, spent_on},
};
use crate::store::{
    Error, address_book, engine::Transaction, intents, intents::orders, ledger::lock_balance, policy,
    unit_of_work::UnitOfWork,
};
use crate::{
    domain::{
        address::memo::Memo,
        ids::MerchantId,
        intents::payment_intent::PaymentIntent,
        ledger::AccountKind,
        money::{Money, currency::Currency},
        people::actor::Permission,
        policy::{
            RefundPolicy, SpentToday,
            refund_rules::{AddressHistory, RuleInputs},
        },
        refunds::{
            new_refund::{Destination, NewRefund},
            quote::Quote,
        },
    },
    values,
};
use chrono::{DateTime, Utc};

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
    /// `has_key` tells whether the client gave an idempotency key. One that repeats a request with it gets the same refund,
    /// which is never paid twice, so it is not warned of what was paid before.
    pub async fn read(
        work: &mut UnitOfWork<'_>,
        new: &NewRefund,
        refund: &RefundContext,
        has_key: bool,
    ) -> Result<Self, Error> {
        let merchant = work.merchant();
        let policy = policy::load(&mut work.transaction, merchant, &refund.server_policy).await?;
        let intent = intents::lock(&mut work.transaction, merchant, new.intent_id).await?;
        let quote = quote_for(&mut work.transaction, merchant, &refund.quote).await?;
        let available = lock_balance(&mut work.transaction, merchant, new.funding, AccountKind::Available).await?;
        let available = Money::new(available, new.funding)?;
        let mut history = address_history(&mut work.transaction, merchant, &new.destination).await?;
        if !work.actor.may(Permission::ReadCustomers) {
            history = history.masked();
        }
        if new.draft_id.is_some() || !has_key {
            history.paid_without_refund = paid_without_refund(&mut work.transaction, &new.destination).await?;
        }
        if policy.limits_days() || policy.has_thresholds() {
            // Two concurrent refunds must not both see the other as not yet there. The lock comes after the balance's, as
            // it does for the number of a refund.
            orders::lock_merchant(&mut work.transaction, merchant).await?;
        }
        let spent_today = if policy.limits_days() {
            let (by, now) = (Spender::of(&work.actor), work.context.now);
            spent_on(&mut work.transaction, merchant, now, &by, None).await?
        } else {
            SpentToday::NOTHING
        };
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
            recipient: refund.recipient,
            policy: &self.policy,
            worth: refund.worth,
            recent: self.recent,
            spent_today: self.spent_today,
            now,
        }
    }
}

/// Returns what the merchant's earlier refunds and address book say about a destination. Customers of an exchange share an
/// address, so a refund to it with another memo went to somebody else.
pub(in crate::store) async fn address_history(
    transaction: &mut Transaction,
    merchant: MerchantId,
    destination: &Destination,
) -> Result<AddressHistory, Error> {
    let (address, memo) = (&destination.address, destination.memo.as_ref().map(Memo::as_str));
    let own = transaction
        .optional(
            // Of any merchant, also one that was given to nobody.
            "select address from payment_methods where address = $1
             union all select address from skipped_addresses where address = $1 limit 1",
            values![address.as_str()],
        )
        .await?;
    let alike = transaction
        .optional(
            "select address from refunds where merchant_id = $1 and address_glance = $2 and address <> $3 limit 1",
            values![merchant, address.lookalike_key(), address.as_str()],
        )
        .await?;
    let look_alike = alike.map(|row| row.get("address")).transpose()?;
    let first = transaction
        .optional(
            format!(
                "select created_at from refunds where merchant_id = $1 and lower(address{}) = $2 and address = $3
                 and coalesce(memo, '') = $4 and status = 'completed' order by created_at limit 1",
                transaction.search_syntax().byte_order
            ),
            values![merchant, address.as_str().to_ascii_lowercase(), address.as_str(), memo.unwrap_or_default()],
        )
        .await?;
    let refunded_since = first.map(|row| row.get("created_at")).transpose()?;
    let in_book_since = address_book::in_book_since(transaction, merchant, destination).await?;
    let paid_without_refund = None;
    Ok(AddressHistory { refunded_since, own_deposit: own.is_some(), in_book_since, look_alike, paid_without_refund })
}

/// Returns a transaction that paid the destination from an account of the server and belongs to no refund here.
pub(in crate::store) async fn paid_without_refund(
    transaction: &mut Transaction,
    destination: &Destination,
) -> Result<Option<String>, Error> {
    let sql = "select transaction_hash from own_movements
        where network = $1 and counterparty = $2 and kind = 'unknown' and kind in ('not_given_out', 'unknown', 'difference')
        and removed_at is null and role = 'sender' and flow = 'out' order by found_at desc, id desc limit 1";
    let values = values![destination.network(), destination.address.as_str()];
    let row = transaction.optional(sql, values).await?;
    Ok(row.map(|row| row.get("transaction_hash")).transpose()?)
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

//! Writing postings and reading balances.

use super::{
    Error, Store,
    engine::{Transaction, Value},
    records::{Change, IdempotentRequest, balance_entries::BookedChange},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, RefundId},
        ledger::{AccountKind, Balance, LedgerTransaction, Posting, PostingReason, PostingSet},
        money::{LIMIT, Money, amounts::Amounts, currency::Currency},
        names::Named,
        people::actor::Actor,
        reports::month::Month,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::json;
use std::{cmp::Reverse, collections::BTreeMap};
use uuid::Uuid;

/// The statement of [`Store::ledger_transactions_of_refund`]. The merchant is that of the refund: with a condition on that of
/// the transactions, SQLite would read all of theirs by time, which saves the sorting of a few rows.
pub fn postings_of_refund(merchant: MerchantId, id: RefundId) -> (String, Vec<Value>) {
    let sql = "select t.movement, t.at, p.currency, p.kind, p.amount
        from refunds r join ledger_transactions t on t.subject_id = r.id
        join ledger_postings p on p.transaction_id = t.id
        where r.merchant_id = $1 and r.id = $2 order by t.at, t.movement, p.seq";
    (sql.to_owned(), values![merchant, id])
}

/// Writes a balanced set of postings and updates the account balances. The database rejects a second set of the same
/// movement for the same subject, and a negative balance. Nothing is booked in a month that is closed.
pub(in crate::store) async fn post(
    work: &mut UnitOfWork<'_>,
    merchant: MerchantId,
    subject: Uuid,
    set: &PostingSet,
) -> Result<(), Error> {
    require_open(work, merchant).await?;
    let id = work.context.id();
    work.transaction
        .execute(
            "insert into ledger_transactions (id, merchant_id, movement, subject_id, at) values ($1, $2, $3, $4, $5)",
            values![id, merchant, set.reason().as_str(), subject, work.context.now],
        )
        .await?;
    let mut postings = set.postings().to_vec();
    // Lock accounts in a fixed order, so that two transactions cannot deadlock on them. What an account gets comes before
    // what it gives: a balance that covers the sum never becomes negative in between.
    postings.sort_by_key(|posting| (posting.currency, posting.account, Reverse(posting.amount)));
    let mut available: BTreeMap<Currency, Decimal> = BTreeMap::new();
    for posting in &postings {
        let before = change_balance(&mut work.transaction, merchant, posting).await?;
        if posting.account == AccountKind::Available {
            available.entry(posting.currency).or_insert(before);
        }
    }
    // Sorted anew: of one account, a statement lists the postings in the order of the set, whatever was changed first above.
    postings = set.postings().to_vec();
    postings.sort_by_key(|posting| (posting.currency, posting.account));
    for (posting, seq) in postings.iter().zip(0_i64..) {
        work.transaction
            .execute(
                "insert into ledger_postings (transaction_id, seq, merchant_id, currency, kind, amount)
                 values ($1, $2, $3, $4, $5, $6)",
                values![id, seq, merchant, posting.currency, posting.account.as_str(), posting.amount],
            )
            .await?;
        if posting.account == AccountKind::Available {
            let balance = available.entry(posting.currency).or_default();
            *balance += posting.amount;
            let (currency, reason, closing, at) = (posting.currency, set.reason(), *balance, work.context.now);
            work.booked.push(BookedChange { merchant, currency, transaction: id, seq, reason, at, closing });
        }
    }
    Ok(())
}

/// Fails if the current month is closed, and keeps it open until the transaction ends. Only an operation that began before a
/// month ended, and is an hour late, can meet a month that is closed.
async fn require_open(work: &mut UnitOfWork<'_>, merchant: MerchantId) -> Result<(), Error> {
    let suffix = work.transaction.for_share();
    let sql = format!("select closed_until from ledger_periods where merchant_id = $1{suffix}");
    let closed_until: Option<DateTime<Utc>> =
        work.transaction.one(sql, values![merchant]).await?.get("closed_until")?;
    let now = work.context.now;
    if closed_until.is_none_or(|end| now >= end) {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::MonthClosed, "error-month-closed");
    Err(error.with("month", Month::of(now).text_value()).into())
}

/// Adds a posting to the balance of its account. Returns the balance before.
async fn change_balance(
    transaction: &mut Transaction,
    merchant: MerchantId,
    posting: &Posting,
) -> Result<Decimal, Error> {
    let kind = posting.account.as_str();
    let before = lock_balance(transaction, merchant, posting.currency, posting.account).await?;
    let after = before + posting.amount;
    if after.abs() >= LIMIT {
        return Err(DomainError::new(ErrorCode::AmountTooLarge, "error-balance-too-large").into());
    }
    transaction
        .execute(
            "update ledger_accounts set balance = $1 where merchant_id = $2 and currency = $3 and kind = $4",
            values![after, merchant, posting.currency, kind],
        )
        .await?;
    Ok(before)
}

/// Reads a balance and locks it until the transaction ends. Creates the account if it does not exist.
pub(in crate::store) async fn lock_balance(
    transaction: &mut Transaction,
    merchant: MerchantId,
    currency: Currency,
    kind: AccountKind,
) -> Result<Decimal, Error> {
    let select = format!(
        "select balance from ledger_accounts where merchant_id = $1 and currency = $2 and kind = $3{}",
        transaction.for_update()
    );
    let key = || values![merchant, currency, kind.as_str()];
    if let Some(row) = transaction.optional(select.clone(), key()).await? {
        return Ok(row.get("balance")?);
    }
    transaction
        .execute(
            "insert into ledger_accounts (merchant_id, currency, kind, balance) values ($1, $2, $3, $4) on conflict do nothing",
            values![merchant, currency, kind.as_str(), Decimal::ZERO],
        )
        .await?;
    Ok(transaction.one(select, key()).await?.get("balance")?)
}

impl Store {
    /// Returns the merchant's balances in every currency it ever had.
    pub async fn balances(&self, merchant: MerchantId) -> Result<Vec<Balance>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select currency, kind, balance from ledger_accounts where merchant_id = $1 and kind in ('available', 'reserved')",
                values![merchant],
            )
            .await?;
        let mut amounts: BTreeMap<(Currency, AccountKind), Decimal> = BTreeMap::new();
        for row in rows {
            let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
            amounts.insert((currency, row.parse("kind", AccountKind::parse)?), row.get("balance")?);
        }
        let money = |currency, kind| {
            let amount = amounts.get(&(currency, kind)).copied().unwrap_or_default();
            Money::new(amount, currency).map_err(Error::from)
        };
        let had = |currency: &Currency| {
            [AccountKind::Available, AccountKind::Reserved].iter().any(|kind| amounts.contains_key(&(*currency, *kind)))
        };
        Currency::all()
            .filter(had)
            .map(|currency| {
                Ok(Balance {
                    available: money(currency, AccountKind::Available)?,
                    reserved: money(currency, AccountKind::Reserved)?,
                })
            })
            .collect()
    }

    /// Returns the available balances below which people of the merchant are told, by currency.
    pub async fn minimum_balances(&self, merchant: MerchantId) -> Result<Amounts, Error> {
        load_minimums(&mut self.database.snapshot().await?, merchant).await
    }

    /// Replaces them all. What is as it was is not recorded again.
    pub async fn set_minimum_balances(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        minimums: &Amounts,
    ) -> Result<(), Error> {
        let merchant = actor.merchant();
        let mut work = self.begin(context, actor).await?;
        // Two people who save at once must not end up with a mixture that nobody typed.
        let sql = format!("select id from merchants where id = $1{}", work.transaction.for_update());
        work.transaction.one(sql, values![merchant]).await?;
        let before = load_minimums(&mut work.transaction, merchant).await?;
        if before == *minimums {
            return Ok(());
        }
        work.transaction.execute("delete from minimum_balances where merchant_id = $1", values![merchant]).await?;
        for minimum in minimums.values() {
            let sql = "insert into minimum_balances (merchant_id, currency, amount) values ($1, $2, $3)";
            work.transaction.execute(sql, values![merchant, minimum.currency(), *minimum]).await?;
        }
        let shown = |minimums: &Amounts| minimums.values().map(ToString::to_string).collect::<Vec<_>>();
        let detail = json!({ "before": shown(&before), "after": shown(minimums) });
        work.audit(Change { action: "ledger.minimum_balances_changed", subject: merchant.0, detail }).await?;
        work.commit().await
    }

    /// Returns what was posted for a refund, oldest first.
    pub async fn ledger_transactions_of_refund(
        &self,
        merchant: MerchantId,
        id: RefundId,
    ) -> Result<Vec<LedgerTransaction>, Error> {
        let (sql, values) = postings_of_refund(merchant, id);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let mut found: Vec<LedgerTransaction> = Vec::new();
        for row in &rows {
            let reason = row.parse("movement", PostingReason::parse)?;
            let posting = Posting {
                account: row.parse("kind", AccountKind::parse)?,
                currency: row.parse("currency", |code| Currency::parse(code).ok())?,
                amount: row.get::<Decimal>("amount")?.normalize(),
            };
            match found.last_mut().filter(|last| last.reason == reason) {
                Some(last) => last.postings.push(posting),
                None => found.push(LedgerTransaction { reason, at: row.get("at")?, postings: vec![posting] }),
            }
        }
        // Of one moment, a refund is reserved before it is released.
        found.sort_by_key(|transaction| (transaction.at, transaction.reason));
        Ok(found)
    }

    /// Credits test money to a sandbox merchant, as somebody asked for it; once per idempotency key.
    pub async fn top_up_sandbox(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        amount: Money,
        request: &IdempotentRequest,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let subject = context.id();
        if work.claim_key(request, subject).await?.is_some() {
            return Ok(());
        }
        post(&mut work, actor.merchant(), subject, &PostingSet::sandbox_funding(amount)?).await?;
        let detail = json!({ "amount": amount.number(), "currency": amount.currency().code() });
        work.audit(Change { action: "ledger.topped_up", subject, detail }).await?;
        work.commit().await
    }

    /// Credits test money to a sandbox merchant, as part of its demo data.
    pub async fn fund_sandbox(&self, context: &Context<'_>, merchant: MerchantId, amount: Money) -> Result<(), Error> {
        let mut work = self.begin_as_system(merchant, context).await?;
        post(&mut work, merchant, context.id(), &PostingSet::sandbox_funding(amount)?).await?;
        work.commit().await
    }
}

async fn load_minimums(transaction: &mut Transaction, merchant: MerchantId) -> Result<Amounts, Error> {
    let sql = "select currency, amount from minimum_balances where merchant_id = $1";
    let rows = transaction.all(sql, values![merchant]).await?;
    rows.iter()
        .map(|row| {
            let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
            Ok((currency, Money::new(row.get("amount")?, currency)?))
        })
        .collect()
}

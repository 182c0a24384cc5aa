//! The entries of balances: every change of an available balance with its number and the balance after it, so that a page of a
//! statement is a range of numbers.
//!
//! Numbers have no gaps, so they are given under a lock. It is that of the audit chain, which every change takes last and
//! keeps until it is committed; the entries are written then. Rejected: a lock of their own where the postings are written,
//! which two transactions could take in different orders with the balances.

use super::audit_chain;
use crate::store::{Error, engine::Transaction};
use crate::{
    domain::{ids::MerchantId, ledger::PostingReason, money::currency::Currency, names::Named},
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

/// A change of an available balance that has no number yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct BookedChange {
    pub merchant: MerchantId,
    pub currency: Currency,
    pub transaction: Uuid,
    /// Which posting of the transaction it is.
    pub seq: i64,
    /// That of the transaction.
    pub reason: PostingReason,
    pub at: DateTime<Utc>,
    /// The balance after it.
    pub closing: Decimal,
}

/// Writes the entries of changes in the order in which they were booked.
pub(in crate::store) async fn write(transaction: &mut Transaction, changes: &[BookedChange]) -> Result<(), Error> {
    let mut locked = None;
    for change in changes {
        if locked != Some(change.merchant) {
            audit_chain::lock_chain(transaction, change.merchant).await?;
            locked = Some(change.merchant);
        }
        append(transaction, change).await?;
    }
    Ok(())
}

/// Who waits for the lock of a balance has begun before whoever holds it, and books after them. So that the entries of a time
/// are those between two numbers, an entry is never earlier than the one before it.
async fn append(transaction: &mut Transaction, change: &BookedChange) -> Result<(), Error> {
    let sql = "select number, at from balance_entries where merchant_id = $1 order by number desc limit 1";
    let (number, at) = match transaction.optional(sql, values![change.merchant]).await? {
        Some(newest) => (newest.get::<i64>("number")? + 1, change.at.max(newest.get("at")?)),
        None => (1, change.at),
    };
    let sql = "select currency_number from balance_entries where merchant_id = $1 and currency = $2
        order by currency_number desc limit 1";
    let newest = transaction.optional(sql, values![change.merchant, change.currency]).await?;
    let before: Option<i64> = newest.map(|row| row.get("currency_number")).transpose()?;
    transaction
        .execute(
            "insert into balance_entries
                (merchant_id, number, currency, currency_number, transaction_id, seq, movement, at, closing)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values![
                change.merchant,
                number,
                change.currency,
                before.unwrap_or(0) + 1,
                change.transaction,
                change.seq,
                change.reason.as_str(),
                at,
                change.closing
            ],
        )
        .await?;
    Ok(())
}

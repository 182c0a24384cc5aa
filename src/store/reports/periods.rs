//! Since when a ledger has bookings, and until when it is closed.

use crate::store::{Error, engine::Transaction};
use crate::{domain::ids::MerchantId, values};
use chrono::{DateTime, Utc};

/// Returns when something was booked first.
pub(super) async fn first_booking(
    transaction: &mut Transaction,
    merchant: MerchantId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let sql = "select at from ledger_transactions where merchant_id = $1 order by at limit 1";
    let row = transaction.optional(sql, values![merchant]).await?;
    Ok(row.map(|row| row.get("at")).transpose()?)
}

/// Returns until when the ledger is closed.
pub(super) async fn closed_until(
    transaction: &mut Transaction,
    merchant: MerchantId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let sql = "select closed_until from ledger_periods where merchant_id = $1";
    Ok(transaction.one(sql, values![merchant]).await?.get("closed_until")?)
}

/// Returns until when the ledger is closed, and locks it: waits for every booking that is not committed yet, and keeps others from
/// beginning.
pub(super) async fn lock_period(
    transaction: &mut Transaction,
    merchant: MerchantId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let suffix = transaction.for_update();
    let sql = format!("select closed_until from ledger_periods where merchant_id = $1{suffix}");
    Ok(transaction.one(sql, values![merchant]).await?.get("closed_until")?)
}

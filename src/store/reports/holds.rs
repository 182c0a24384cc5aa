//! The refunds that reserve something of a balance.

use crate::store::{
    Error, Store,
    engine::{Row, Value},
};
use crate::{
    domain::{
        ids::{MerchantId, RefundId},
        money::{Money, currency::Currency},
        names::Named,
        refunds::refund::RefundStatus,
        reports::balance::{Hold, Holds},
    },
    values,
};

/// How many are listed.
const LISTED: u32 = 25;

/// The statement of [`Store::holds`]. It has the condition of the index of open refunds word for word, so that it is used.
pub fn holds_of(merchant: MerchantId, currency: Currency) -> (String, Vec<Value>) {
    let sql = format!(
        "select r.id, r.number, r.status, r.created_at, q.total, count(*) over () as holds
         from refunds r join quotes q on q.id = r.quote_id
         where r.merchant_id = $1 and r.funding_currency = $2
             and r.status in ('awaiting_confirmation', 'awaiting_approval', 'pending', 'processing')
         order by r.created_at, r.id limit {LISTED}"
    );
    (sql, values![merchant, currency])
}

impl Store {
    /// Returns the refunds that reserve something of a balance, the ones that do so the longest first.
    pub async fn holds(&self, merchant: MerchantId, currency: Currency) -> Result<Holds, Error> {
        let (sql, values) = holds_of(merchant, currency);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let number = rows.first().map(|row| row.get("holds")).transpose()?.unwrap_or_default();
        let oldest = rows.iter().map(|row| hold(row, currency)).collect::<Result<_, _>>()?;
        Ok(Holds { oldest, number })
    }
}

fn hold(row: &Row, currency: Currency) -> Result<Hold, Error> {
    Ok(Hold {
        refund: RefundId(row.get("id")?),
        number: row.get("number")?,
        status: row.parse("status", RefundStatus::parse)?,
        amount: Money::new(row.get("total")?, currency)?,
        since: row.get("created_at")?,
    })
}

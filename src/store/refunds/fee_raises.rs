//! Further versions of a transfer, with higher fees.

use super::transfers::{insert_attempt, merchant_of};
use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{
        ids::RefundId,
        names::Named,
        refunds::transfer::{Attempt, AttemptKind},
    },
    evm::units::gwei,
    texts::history::FEE_RAISED,
    values,
};
use serde_json::json;

impl Store {
    /// Stores another signed version of a transfer, which has the same nonce. A higher fee is told in the refund's history.
    pub async fn record_further_attempt(
        &self,
        context: &Context<'_>,
        id: RefundId,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        let mut batch = self.begin_batch(context).await?;
        let before = newest_fee(batch.transaction(), id, attempt.kind).await?;
        insert_attempt(batch.transaction(), id, attempt).await?;
        let sql = "update transfers set broadcast_at = null, updated_at = $1 where id = $2";
        batch.transaction().execute(sql, values![context.now, id]).await?;
        if let Some(before) = before.filter(|before| *before < attempt.max_fee_per_gas) {
            let merchant = merchant_of(batch.transaction(), id).await?;
            let (from, to) = (gwei(before), gwei(attempt.max_fee_per_gas));
            let detail = json!({ "from": from, "to": to, "transactionHash": attempt.hash });
            batch.for_merchant(merchant).audit(Change { action: FEE_RAISED, subject: id.0, detail }).await?;
        }
        batch.commit().await
    }
}

/// The highest fee for each gas, in wei, of a transfer's newest version of this kind.
async fn newest_fee(transaction: &mut Transaction, id: RefundId, kind: AttemptKind) -> Result<Option<u128>, Error> {
    let sql =
        "select max_fee_per_gas from transfer_attempts where transfer_id = $1 and kind = $2 order by seq desc limit 1";
    let row = transaction.optional(sql, values![id, kind.as_str()]).await?;
    Ok(row.map(|row| row.parse("max_fee_per_gas", |text| text.parse().ok())).transpose()?)
}

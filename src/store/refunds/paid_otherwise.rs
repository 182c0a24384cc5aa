//! A refund that a client makes again after a restore has the id of the one that was paid, but perhaps another amount: rates
//! and fees move. It is corrected to what was paid before its transfer ends.

use super::{
    approval::reprice,
    load, quote,
    transfers::{lock, merchant_of},
};
use crate::store::{Error, Store, records::Change};
use crate::{
    context::Context,
    domain::{
        ids::{QuoteId, RefundId},
        ledger::PostingSet,
        money::Money,
        refunds::{quote::Quote, transfer::TransferStatus},
    },
    values,
};
use serde_json::json;

impl Store {
    /// Gives a refund for which nothing is signed the amount that a transaction with its id has paid, and books the
    /// difference. Returns `false` if its transfer does not wait any more. Fails if the balance does not have the difference.
    pub async fn accept_paid_amount(&self, context: &Context<'_>, id: RefundId, paid: Money) -> Result<bool, Error> {
        let mut batch = self.begin_batch(context).await?;
        let transfer = lock(batch.transaction(), id).await?;
        if transfer.status != TransferStatus::Planned {
            return Ok(false);
        }
        let merchant = merchant_of(batch.transaction(), id).await?;
        let work = batch.for_merchant(merchant);
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, merchant, id, suffix).await?;
        let old = quote::load(&mut work.transaction, merchant, refund.quote_id).await?;
        let quote = Quote {
            id: QuoteId(context.id()),
            terms: old.terms.as_paid(paid)?,
            created_at: context.now,
            expires_at: context.now,
            ..old
        };
        quote::insert(&mut work.transaction, &quote).await?;
        reprice(work, &refund, &quote, PostingSet::refund_corrected).await?;
        let sql = "update refunds set quote_id = $1, updated_at = $2 where id = $3";
        work.transaction.execute(sql, values![quote.id, context.now, id]).await?;
        let sql = "update transfers set amount = $1, updated_at = $2 where id = $3";
        work.transaction.execute(sql, values![paid, context.now, id]).await?;
        let detail = json!({ "planned": transfer.amount.to_string(), "paid": paid.to_string() });
        work.audit(Change { action: "transfer.amount_corrected", subject: id.0, detail }).await?;
        batch.commit().await?;
        Ok(true)
    }
}

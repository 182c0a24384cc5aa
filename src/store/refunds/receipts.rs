//! The links to receipts that customers can open.

use super::load;
use crate::store::{Error, Store, records::Change};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, RefundId},
        links::LinkKey,
        people::actor::Actor,
        refunds::refund::Refund,
    },
    values,
};
use serde_json::json;

impl Store {
    /// Makes the key that signs the links to a refund's receipt. Does nothing if there is one.
    pub async fn share_receipt(&self, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let refund = load(&mut work.transaction, actor.merchant(), id, "").await?;
        let sql = "insert into refund_receipts (refund_id, link_key, created_at) values ($1, $2, $3)
            on conflict (refund_id) do nothing";
        let key = LinkKey::new(context.random());
        if work.transaction.execute(sql, values![refund.id, key.to_text(), context.now]).await? == 1 {
            work.audit(Change { action: "receipt.shared", subject: refund.id.0, detail: json!({}) }).await?;
        }
        work.commit().await
    }

    /// A refund with the key of its receipt; `None` if it was never shared. The merchant is not checked, because the caller
    /// holds a signed link, or has loaded the refund.
    pub async fn shared_receipt(&self, id: RefundId) -> Result<Option<(Refund, LinkKey)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select r.merchant_id, s.link_key from refund_receipts s join refunds r on r.id = s.refund_id
            where s.refund_id = $1";
        let Some(row) = snapshot.optional(sql, values![id]).await? else { return Ok(None) };
        let key = row.parse("link_key", LinkKey::parse)?;
        let refund = load(&mut snapshot, MerchantId(row.get("merchant_id")?), id, "").await?;
        Ok(Some((refund, key)))
    }
}

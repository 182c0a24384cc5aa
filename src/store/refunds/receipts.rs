//! The links to receipts that customers can open, and the mails that have them.

use super::load;
use crate::store::{Error, Store, mail, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        ids::{MerchantId, RefundId},
        links::LinkKey,
        mail::MailKind,
        people::actor::Actor,
        refunds::{confirmation::require_may_mail_again, refund::Refund},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

impl Store {
    /// Makes the key that signs the links to a refund's receipt. Does nothing if there is one.
    pub async fn share_receipt(&self, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let refund = load(&mut work.transaction, actor.merchant(), id, "").await?;
        if make_key(&mut work, refund.id).await? {
            work.audit(Change { action: "receipt.shared", subject: refund.id.0, detail: json!({}) }).await?;
        }
        work.commit().await
    }

    /// Mails the customer once more that the refund was sent, with the link to its receipt. Refuses if there were too many
    /// such mails already, or one just now. `seen` is the number of them that the page showed: if there are more, the form
    /// was sent twice, and nothing is done.
    pub async fn mail_receipt(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundId,
        seen: usize,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let refund = load(&mut work.transaction, actor.merchant(), id, suffix).await?;
        let mails = mail::of_refund(&mut work.transaction, id).await?;
        let told = mails.iter().filter(|mail| mail.kind == MailKind::Completed);
        let times: Vec<DateTime<Utc>> = told.map(|mail| mail.created_at).collect();
        if times.len() > seen {
            return Ok(());
        }
        require_may_mail_again(&times, context.now)?;
        mail_completed(&mut work, &refund).await?;
        work.audit(Change { action: "receipt.mailed", subject: refund.id.0, detail: json!({}) }).await?;
        work.commit().await
    }

    /// A refund with the key of its receipt; `None` if nobody has a link to it. The merchant is not checked, because the
    /// caller holds a signed link, or has loaded the refund.
    pub async fn shared_receipt(&self, id: RefundId) -> Result<Option<(Refund, LinkKey)>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select r.merchant_id, s.link_key from refund_receipts s join refunds r on r.id = s.refund_id
            where s.refund_id = $1";
        let Some(row) = snapshot.optional(sql, values![id]).await? else { return Ok(None) };
        let key = row.parse_secret("link_key", LinkKey::parse)?;
        let refund = load(&mut snapshot, MerchantId(row.get("merchant_id")?), id, "").await?;
        Ok(Some((refund, key)))
    }
}

/// Enqueues the mail about a completed refund. It has the link to the receipt, whose key is made here if there is none.
pub(super) async fn mail_completed(work: &mut UnitOfWork<'_>, refund: &Refund) -> Result<(), Error> {
    make_key(work, refund.id).await?;
    mail::add(work, refund, MailKind::Completed).await
}

/// Makes the key that signs the links to a receipt, and returns whether there was none.
async fn make_key(work: &mut UnitOfWork<'_>, id: RefundId) -> Result<bool, Error> {
    let sql = "insert into refund_receipts (refund_id, link_key, created_at) values ($1, $2, $3)
        on conflict (refund_id) do nothing";
    let key = LinkKey::new(work.context.random());
    let values = values![id, key.to_text(), work.context.now];
    Ok(work.transaction.execute(sql, values).await? == 1)
}

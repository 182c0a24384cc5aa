//! Transactions and authorisations that have paid refunds and that were not signed for them here.

use super::{
    reconciliation::{LISTED, number},
    removed_payments::PAID_BY,
    transfers::signed,
};
use crate::{
    domain::{address::network::Network, ids::RefundId},
    evm::authorization::refund_nonce,
    store::{Error, Store, engine::Value},
    values,
};
use std::collections::BTreeSet;

/// The refunds `t` that were completed by the authorisations `u` of others: people have assigned the payments of refunds that
/// were lost. A transfer that was signed was ended by what was signed for it.
pub(super) const PAID_BY_AUTHORIZATION: &str = "from used_authorizations u join transfers t on t.id = u.transfer_id
    and t.status = 'completed' and not exists (select 1 from transfer_attempts a where a.transfer_id = t.id)";

/// A transaction of an account that has paid a refund and is no signed version of its transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPayment {
    pub transfer: RefundId,
    pub nonce: u64,
    pub transaction_hash: String,
}

impl Store {
    /// Notes the nonce of the transaction by which a transfer is about to end as paid.
    pub async fn record_found_payment(
        &self,
        network: Network,
        sender: &str,
        found: &FoundPayment,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into found_payments (transfer_id, network, sender, nonce, transaction_hash)
            values ($1, $2, $3, $4, $5) on conflict (transfer_id) do update set network = excluded.network,
                sender = excluded.sender, nonce = excluded.nonce, transaction_hash = excluded.transaction_hash";
        let FoundPayment { transfer, nonce, transaction_hash } = found;
        transaction.execute(sql, values![*transfer, network, sender, signed(*nonce), transaction_hash]).await?;
        transaction.commit().await
    }

    /// The transactions of a sender from this nonce on by which transfers have ended as paid, and that are no versions of
    /// them, by nonce.
    pub async fn found_payments_from_nonce(
        &self,
        network: Network,
        sender: &str,
        nonce: u64,
    ) -> Result<Vec<FoundPayment>, Error> {
        let sql = format!(
            "select f.transfer_id, f.nonce, f.transaction_hash from found_payments f
             join transfers t on t.id = f.transfer_id and t.status = 'completed'
                and {PAID_BY} = f.transaction_hash
             where f.network = $1 and f.sender = $2 and f.nonce >= $3 order by f.nonce, f.transfer_id limit {LISTED}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, sender, signed(nonce)]).await?;
        rows.iter()
            .map(|row| {
                Ok(FoundPayment {
                    transfer: RefundId(row.get("transfer_id")?),
                    nonce: number(row, "nonce")?,
                    transaction_hash: row.get("transaction_hash")?,
                })
            })
            .collect()
    }

    /// Notes the authorisation (EIP-3009) that is about to end a transfer as paid, by its account and its nonce, or that it is
    /// the transfer's own. It counts only if the transfer ends by it.
    pub async fn record_used_authorization(
        &self,
        id: RefundId,
        authorization: Option<(String, String)>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("delete from used_authorizations where transfer_id = $1", values![id]).await?;
        if let Some((authorizer, nonce)) = authorization {
            let sql = "insert into used_authorizations (transfer_id, authorizer, nonce) values ($1, $2, $3)";
            transaction.execute(sql, values![id, authorizer, nonce]).await?;
        }
        transaction.commit().await
    }

    /// The refunds that were completed by authorisations with these nonces, which are those of others.
    pub async fn refunds_paid_by_authorizations(&self, nonces: &[String]) -> Result<Vec<RefundId>, Error> {
        if nonces.is_empty() {
            return Ok(Vec::new());
        }
        let list = (1..=nonces.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
        let sql = format!("select t.id {PAID_BY_AUTHORIZATION} where u.nonce in ({list}) order by t.id");
        let values: Vec<Value> = nonces.iter().map(|nonce| nonce.as_str().into()).collect();
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(RefundId(row.get("id")?))).collect()
    }

    /// The transaction that has paid another refund by the authorisation of this one. Nothing may be paid for this one then.
    pub async fn authorization_assigned(&self, id: RefundId) -> Result<Option<String>, Error> {
        let sql =
            format!("select {PAID_BY} as paid_by {PAID_BY_AUTHORIZATION} where u.nonce = $1 order by t.id limit 1");
        let nonce = refund_nonce(id.0).to_string();
        let row = self.database.snapshot().await?.optional(sql, values![nonce]).await?;
        Ok(row.map(|row| row.get::<Option<String>>("paid_by")).transpose()?.flatten())
    }

    /// The refund that a transaction has completed although nothing was signed for it: a person has assigned it.
    pub async fn completed_without_signature(&self, hash: &str) -> Result<Option<RefundId>, Error> {
        let sql = "select t.id from transfers t where t.status = 'completed' and t.transaction_hash = $1
            and not exists (select 1 from transfer_attempts a where a.transfer_id = t.id) order by t.id limit 1";
        let row = self.database.snapshot().await?.optional(sql, values![hash]).await?;
        row.map(|row| Ok(RefundId(row.get("id")?))).transpose()
    }

    /// Whether a transaction has completed a refund, or has paid one since its network removed what had completed it.
    pub async fn has_paid_a_refund(&self, hash: &str) -> Result<bool, Error> {
        let sql = "select t.id from transfers t where t.status = 'completed' and (t.transaction_hash = $1
            or t.id in (select p.transfer_id from removed_payments p
                where p.transaction_hash = $1 and p.failed_at is null)) limit 1";
        Ok(self.database.snapshot().await?.optional(sql, values![hash]).await?.is_some())
    }

    /// The refunds of all merchants that were made to these recipients on a network, the newest first.
    pub async fn refunds_to(&self, network: Network, recipients: &BTreeSet<String>) -> Result<Vec<RefundId>, Error> {
        if recipients.is_empty() {
            return Ok(Vec::new());
        }
        let list = (2..2 + recipients.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
        // By merchant, as they are indexed.
        let sql = format!(
            "select r.id from merchants m join refunds r on r.merchant_id = m.id and lower(r.address) in ({list})
             where r.network = $1 order by r.created_at desc, r.id limit {LISTED}"
        );
        let mut values = values![network];
        values.extend(recipients.iter().map(|recipient| Value::from(recipient.to_lowercase().as_str())));
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(RefundId(row.get("id")?))).collect()
    }
}

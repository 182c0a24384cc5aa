//! Transactions and authorisations that have paid refunds and that were not signed for them here.

use super::{
    reconciliation::{LISTED, number},
    removed_payments::PAID_BY,
    transfers::signed,
};
use crate::{
    domain::{address::network::Network, ids::RefundId},
    store::{Error, Store, engine::Value},
    values,
};
use std::collections::BTreeSet;

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

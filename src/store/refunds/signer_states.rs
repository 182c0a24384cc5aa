//! What a server has heard of the signers of the accounts that pay refunds.

use crate::{
    domain::{
        address::network::Network,
        names::Named,
        refunds::transfer::{Held, TransferStatus},
    },
    store::{Error, Store},
    values,
};
use chrono::{DateTime, Utc};

/// How many transfers of an account have a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTransfers {
    pub network: Network,
    pub sender: String,
    pub status: TransferStatus,
    pub number: i64,
}

impl Store {
    /// Stores why the signer of an account signs nothing, or with `None` that it would sign.
    pub async fn record_signer(&self, network: Network, address: &str, held: Option<&Held>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set signer_reason = $1, signer_detail = $2, signer_since = $3
            where network = $4 and address = $5";
        let (reason, detail) = (held.map(|held| held.reason.as_str()), held.map(|held| held.detail.as_str()));
        transaction.execute(sql, values![reason, detail, held.map(|held| held.since), network, address]).await?;
        transaction.commit().await
    }

    /// Stores when the memory of an account's signer was seen to lack what this database has.
    pub async fn record_forgotten(&self, network: Network, address: &str, at: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update senders set signer_forgot_at = $1 where network = $2 and address = $3";
        transaction.execute(sql, values![at, network, address]).await?;
        transaction.commit().await
    }

    /// Returns the highest nonce of an account that anything was signed with.
    pub async fn highest_signed_nonce(&self, network: Network, address: &str) -> Result<Option<u64>, Error> {
        // One look at the end of each index.
        let sql = "select max(nonce) as nonce from transfers where network = $1 and sender = $2 and nonce is not null
            union all select max(revocation_nonce) from transfers
                where network = $1 and sender = $2 and revocation_nonce is not null";
        let rows = self.database.snapshot().await?.all(sql, values![network, address]).await?;
        let mut highest: Option<i64> = None;
        for row in &rows {
            highest = highest.max(row.get("nonce")?);
        }
        Ok(highest.and_then(|nonce| u64::try_from(nonce).ok()))
    }

    /// Returns how many transfers of each account are not final, by their status.
    pub async fn open_transfer_counts(&self) -> Result<Vec<OpenTransfers>, Error> {
        let sql = "select network, sender, status, count(*) as number from transfers
            where status in ('planned', 'signed', 'broadcast', 'mined', 'revoking', 'displaced')
            group by network, sender, status order by network, sender, status";
        let rows = self.database.snapshot().await?.all(sql, values![]).await?;
        rows.iter()
            .map(|row| {
                Ok(OpenTransfers {
                    network: row.parse("network", |code| Network::parse(code).ok())?,
                    sender: row.get("sender")?,
                    status: row.parse("status", TransferStatus::parse)?,
                    number: row.get("number")?,
                })
            })
            .collect()
    }
}

//! The sandbox chain: a table of sent transfers, written in transactions of its own, as a real network would.

use crate::store::{
    Error, Store,
    engine::{Row, listing::id_list},
};
use crate::{
    context::Context,
    domain::{
        money::{Money, currency::Currency},
        names::Named,
    },
    values,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// The outcome of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum SandboxOutcome {
    /// It is delivered.
    Settle,
    /// It is rejected.
    Reject,
    /// It is delivered after a long delay.
    Hang,
}

/// A transfer on the sandbox chain.
#[derive(Clone, Debug, PartialEq)]
pub struct SandboxTransfer {
    /// The payer's id. A repeated submission changes nothing.
    pub id: Uuid,
    pub address: String,
    pub memo: Option<String>,
    pub amount: Money,
    pub outcome: SandboxOutcome,
    pub transaction_hash: String,
    /// When the outcome becomes visible.
    pub settles_at: DateTime<Utc>,
}

const COLUMNS: &str = "select transfer_id, address, memo, currency, amount, outcome, transaction_hash, settles_at";

impl Store {
    /// Stores a transfer. An existing one is not changed.
    pub async fn broadcast_sandbox_transfer(
        &self,
        context: &Context<'_>,
        transfer: &SandboxTransfer,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "insert into sandbox_transfers (transfer_id, address, memo, currency, amount, outcome, transaction_hash, submitted_at,
                    settles_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (transfer_id) do nothing",
                values![
                    transfer.id,
                    &transfer.address,
                    &transfer.memo,
                    transfer.amount.currency(),
                    transfer.amount,
                    transfer.outcome.as_str(),
                    &transfer.transaction_hash,
                    context.now,
                    transfer.settles_at
                ],
            )
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Sets the outcome of a transfer that has not settled, with immediate effect.
    pub async fn decide_sandbox_transfer(
        &self,
        context: &Context<'_>,
        id: Uuid,
        outcome: SandboxOutcome,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql =
            "update sandbox_transfers set outcome = $1, settles_at = $2 where transfer_id = $3 and settles_at > $2";
        transaction.execute(sql, values![outcome.as_str(), context.now, id]).await?;
        Ok(transaction.commit().await?)
    }

    /// Returns a transfer by its id.
    pub async fn sandbox_transfer(&self, id: Uuid) -> Result<Option<SandboxTransfer>, Error> {
        let sql = format!("{COLUMNS} from sandbox_transfers where transfer_id = $1");
        let row = self.database.snapshot().await?.optional(sql, values![id]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Returns transfers by their ids.
    pub async fn sandbox_transfers(&self, ids: &[Uuid]) -> Result<Vec<SandboxTransfer>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (list, values) = id_list(ids);
        let sql = format!("{COLUMNS} from sandbox_transfers where transfer_id in ({list})");
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }

    /// Returns the transfers that settled in a period, end exclusive.
    pub async fn sandbox_transfers_settled(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SandboxTransfer>, Error> {
        let sql =
            format!("{COLUMNS} from sandbox_transfers where settles_at >= $1 and settles_at < $2 order by settles_at");
        self.database.snapshot().await?.all(sql, values![from, to]).await?.iter().map(from_row).collect()
    }
}

fn from_row(row: &Row) -> Result<SandboxTransfer, Error> {
    let currency = row.parse("currency", |code| Currency::parse(code).ok())?;
    Ok(SandboxTransfer {
        id: row.get("transfer_id")?,
        address: row.get("address")?,
        memo: row.get("memo")?,
        amount: Money::new(row.get("amount")?, currency)?,
        outcome: row.parse("outcome", SandboxOutcome::parse)?,
        transaction_hash: row.get("transaction_hash")?,
        settles_at: row.get("settles_at")?,
    })
}

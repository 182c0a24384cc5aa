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
        refunds::refund::RefundStatus,
    },
    values,
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
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
    /// Stores a transfer. An existing one is not changed, but the repeated submission is counted: a real network would
    /// have paid a second time, so `requite check` reports it.
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
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 on conflict (transfer_id) do update set submissions = sandbox_transfers.submissions + 1",
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
        transaction.commit().await
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
        transaction.commit().await
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

    /// Compares all transfers with the refunds. Returns the number of transfers and every contradiction: a transfer without
    /// a refund, a completed refund without a transfer, another amount, recipient, outcome or
    /// transaction, a transfer submitted twice.
    pub async fn compare_sandbox_transfers(&self) -> Result<(usize, Vec<String>), Error> {
        let mut snapshot = self.database.snapshot().await?;
        let rows = snapshot
            .all(
                "select s.transfer_id, s.amount, s.address, s.memo, s.outcome, s.submissions, q.send_amount,
                    r.address as refund_address, r.memo as refund_memo, r.status, r.transaction_hash, s.transaction_hash as hash
                 from sandbox_transfers s left join refunds r on r.id = s.transfer_id left join quotes q on q.id = r.quote_id",
                vec![],
            )
            .await?;
        let mut contradictions = Vec::new();
        for row in &rows {
            let id: Uuid = row.get("transfer_id")?;
            let submissions: i64 = row.get("submissions")?;
            if submissions != 1 {
                contradictions.push(format!("transfer {id} was submitted {submissions} times"));
            }
            if row.get::<Option<String>>("status")?.is_none() {
                contradictions.push(format!("transfer {id} belongs to no refund"));
                continue;
            }
            let status = row.parse("status", RefundStatus::parse)?;
            let same = row.get::<Decimal>("amount")? == row.get::<Decimal>("send_amount")?
                && row.get::<String>("address")? == row.get::<String>("refund_address")?
                && row.get::<Option<String>>("memo")? == row.get::<Option<String>>("refund_memo")?;
            if !same {
                contradictions.push(format!("transfer {id} is not what the refund says"));
            }
            let is_rejected = row.parse("outcome", SandboxOutcome::parse)? == SandboxOutcome::Reject;
            let is_contradicted = match status {
                RefundStatus::AwaitingConfirmation | RefundStatus::AwaitingApproval | RefundStatus::Pending => true,
                RefundStatus::Processing => false,
                RefundStatus::Completed => is_rejected,
                RefundStatus::Rejected => !is_rejected,
            };
            if is_contradicted {
                contradictions.push(format!("refund {id} is {}, which its transfer contradicts", status.as_str()));
            }
            if status == RefundStatus::Completed && row.get::<Option<String>>("transaction_hash")? != row.get("hash")? {
                contradictions.push(format!("refund {id} names another transaction than the chain"));
            }
        }
        let unsent = "select r.id from refunds r where r.status = 'completed'
            and not exists (select 1 from sandbox_transfers s where s.transfer_id = r.id)";
        for row in snapshot.all(unsent, vec![]).await? {
            contradictions.push(format!("refund {} is completed, but nothing was sent", row.get::<Uuid>("id")?));
        }
        Ok((rows.len(), contradictions))
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

//! What a person needs to reconcile payouts on a page: what the newest reconciliation has found, and which transfers a
//! transaction can be assigned to.

use super::{
    pauses::ANOTHER_OWNER,
    transfer_rows::{COLUMNS, from_row},
};
use crate::store::{Error, Store};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::MerchantId,
        people::actor::Actor,
        refunds::{reconciliation::ReconciliationRecord, transfer::Transfer},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use uuid::Uuid;

impl Store {
    /// Stores what a reconciliation has found, instead of what the one before it had.
    pub async fn record_reconciliation(
        &self,
        context: &Context<'_>,
        network: Network,
        address: &str,
        record: &ReconciliationRecord,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into payout_reconciliations (network, address, report, at) values ($1, $2, $3, $4)
            on conflict (network, address) do update set report = excluded.report, at = excluded.at";
        transaction.execute(sql, values![network, address, json!(record), context.now]).await?;
        transaction.commit().await
    }

    /// What the newest reconciliation of an account has found, and when.
    pub async fn last_reconciliation(
        &self,
        network: Network,
        address: &str,
    ) -> Result<Option<(ReconciliationRecord, DateTime<Utc>)>, Error> {
        let sql = "select report, at from payout_reconciliations where network = $1 and address = $2";
        let Some(row) = self.database.snapshot().await?.optional(sql, values![network, address]).await? else {
            return Ok(None);
        };
        let record =
            serde_json::from_value(row.get::<Json>("report")?).map_err(|error| row.corrupt("report", error))?;
        Ok(Some((record, row.get("at")?)))
    }

    /// The transfers of a merchant that a transaction can be assigned to, the oldest first: those of all accounts of the
    /// network, since another one than that for which it was planned may have paid it.
    pub async fn assignable_transfers(
        &self,
        merchant: MerchantId,
        network: Network,
        limit: u32,
    ) -> Result<Vec<Transfer>, Error> {
        let sql = format!(
            "{COLUMNS} from transfers where network = $1 and status in ('planned', 'displaced')
             and id in (select id from refunds where merchant_id = $2) order by planned_at, id limit {limit}"
        );
        let rows = self.database.snapshot().await?.all(sql, values![network, merchant]).await?;
        rows.iter().map(from_row).collect()
    }

    /// Whether this person has paused an account that another owner could resume.
    pub async fn is_paused_for_another(&self, actor: &Actor, network: Network, address: &str) -> Result<bool, Error> {
        let Some(user) = actor.user() else { return Ok(false) };
        let mut snapshot = self.database.snapshot().await?;
        let sql = "select paused_by_user from senders where network = $1 and address = $2 and pause_reason is not null";
        let row = snapshot.optional(sql, values![network, address]).await?;
        let paused_by = row.map(|row| row.get::<Option<Uuid>>("paused_by_user")).transpose()?.flatten();
        if paused_by != Some(user.0) {
            return Ok(false);
        }
        Ok(snapshot.optional(ANOTHER_OWNER, values![actor.merchant(), user]).await?.is_some())
    }
}

//! What a person needs to reconcile payouts on a page: what the newest reconciliation has found, and which transfers a
//! transaction can be assigned to.

use super::transfer_rows::{COLUMNS, from_row};
use crate::store::{
    Error, Store,
    engine::{Row, listing::id_list},
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        ids::{MerchantId, RefundId},
        refunds::{reconciliation::ReconciliationRecord, transfer::Transfer},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashMap};

/// What a reconciliation has found, and when.
pub type LastReconciliation = (ReconciliationRecord, DateTime<Utc>);

/// How many refunds are offered on a page.
const ASSIGNABLE: usize = 500;

impl Store {
    /// Stores what a reconciliation has found that began at the time of the context, instead of what the one before it had.
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

    /// What the newest reconciliation of each account has found, and when.
    pub async fn last_reconciliations(&self) -> Result<HashMap<(Network, String), LastReconciliation>, Error> {
        let sql = "select network, address, report, at from payout_reconciliations";
        let rows = self.database.snapshot().await?.all(sql, vec![]).await?;
        rows.iter()
            .map(|row| {
                let report = row.get::<Json>("report")?;
                let record = serde_json::from_value(report).map_err(|error| row.corrupt("report", error))?;
                Ok((account(row)?, (record, row.get("at")?)))
            })
            .collect()
    }

    /// Those of a merchant's transfers that a transaction can still be assigned to, the oldest first.
    pub async fn assignable_transfers(
        &self,
        merchant: MerchantId,
        refunds: &BTreeSet<RefundId>,
    ) -> Result<Vec<Transfer>, Error> {
        let refunds: Vec<RefundId> = refunds.iter().copied().take(ASSIGNABLE).collect();
        if refunds.is_empty() {
            return Ok(Vec::new());
        }
        let (list, mut values) = id_list(&refunds);
        let sql = format!(
            "{COLUMNS} from transfers where status in ('planned', 'displaced') and id in ({list})
             and id in (select id from refunds where merchant_id = ${}) order by planned_at, id",
            refunds.len() + 1
        );
        values.extend(values![merchant]);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(from_row).collect()
    }
}

fn account(row: &Row) -> Result<(Network, String), Error> {
    Ok((row.parse("network", |code| Network::parse(code).ok())?, row.get("address")?))
}

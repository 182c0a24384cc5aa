//! Indexes of deposit addresses that are given to nobody. A database that was restored from a backup would give addresses out
//! again that customers already have.

use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{address::network::Network, ids::MerchantId, names::Named},
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// An address that is given to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedAddress {
    pub index: u32,
    pub address: String,
}

impl Store {
    /// Returns the index of the next deposit address on a network. Networks with the same form of addresses count together.
    pub async fn next_address_index(&self, network: Network) -> Result<u32, Error> {
        let sql = "select next_index from address_counters where form = $1";
        let row = self.database.snapshot().await?.optional(sql, values![network.address_form().as_str()]).await?;
        let Some(row) = row else { return Ok(0) };
        Ok(u32::try_from(row.get::<i64>("next_index")?).map_err(|error| row.corrupt("next_index", error))?)
    }

    /// Leaves out addresses that the chain shows as used, so that they are never given out. Returns how many.
    pub async fn skip_used_addresses(
        &self,
        context: &Context<'_>,
        network: Network,
        addresses: &[SkippedAddress],
    ) -> Result<usize, Error> {
        let mut transaction = self.database.begin().await?;
        let skipped = skip(&mut transaction, context.now, network, addresses).await?;
        transaction.commit().await?;
        Ok(skipped)
    }

    /// Leaves out the next addresses for a person who knows that they were given out. Every merchant's audit log has it.
    pub async fn skip_addresses_by(
        &self,
        context: &Context<'_>,
        network: Network,
        addresses: &[SkippedAddress],
    ) -> Result<usize, Error> {
        let mut batch = self.begin_batch(context).await?;
        let skipped = skip(batch.transaction(), context.now, network, addresses).await?;
        let detail = json!({
            "first": addresses.first().map(|one| one.index),
            "last": addresses.last().map(|one| one.index),
            "by": "the command line",
        });
        for row in batch.transaction().all("select id from merchants order by id", vec![]).await? {
            let merchant = MerchantId(row.get("id")?);
            let detail = detail.clone();
            batch
                .for_merchant(merchant)
                .audit(Change { action: "wallet.advanced", subject: merchant.0, detail })
                .await?;
        }
        batch.commit().await?;
        Ok(skipped)
    }

    /// Returns which intents wait for a deposit address, as the networks on which they need one.
    pub async fn networks_without_address(&self, created_before: DateTime<Utc>) -> Result<Vec<Network>, Error> {
        let sql = "select distinct m.network from payment_methods m join payment_intents i on i.id = m.intent_id
            where i.status = 'created' and i.created_at <= $1 order by m.network";
        let rows = self.database.snapshot().await?.all(sql, values![created_before]).await?;
        rows.iter().map(|row| Ok(row.parse("network", |code| Network::parse(code).ok())?)).collect()
    }
}

/// Leaves out those of the addresses whose index is not counted yet, and counts on after the last one. The counter is locked
/// until the transaction ends.
pub(in crate::store) async fn skip(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    network: Network,
    addresses: &[SkippedAddress],
) -> Result<usize, Error> {
    let form = network.address_form().as_str();
    let Some(last) = addresses.iter().map(|one| one.index).max() else { return Ok(0) };
    let after = i64::from(last) + 1;
    let sql = "insert into address_counters (form, next_index) values ($1, $2) on conflict (form) do nothing";
    let is_first = transaction.execute(sql, values![form, after]).await? == 1;
    let sql = format!("select next_index from address_counters where form = $1{}", transaction.for_update());
    let counted: i64 = transaction.one(sql, values![form]).await?.get("next_index")?;
    let next = if is_first { 0 } else { counted };
    let mut skipped = 0;
    for one in addresses.iter().filter(|one| i64::from(one.index) >= next) {
        let sql = "insert into skipped_addresses (form, address_index, address, skipped_at) values ($1, $2, $3, $4)";
        transaction.execute(sql, values![form, i64::from(one.index), &one.address, now]).await?;
        skipped += 1;
    }
    let sql = "update address_counters set next_index = $1 where form = $2 and next_index < $1";
    transaction.execute(sql, values![after, form]).await?;
    Ok(skipped)
}

//! The settings with which the servers that share this database work.

use crate::store::{
    Error, Store,
    engine::{Row, Value},
};
use crate::{
    domain::{address::network::Network, operations::server_settings::ServerSettings},
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A server that has not said for this long that it runs has stopped.
const STOPPED_AFTER: Duration = Duration::minutes(2);
/// How long the settings of a server that has stopped are kept.
const KEPT: Duration = Duration::days(1);
/// The network in the row of a server that has none.
const NO_NETWORK: &str = "";

impl Store {
    /// Stores that this server runs and works with these settings of networks, or without networks.
    pub async fn record_settings(
        &self,
        now: DateTime<Utc>,
        settings: &[(Network, BTreeMap<String, String>)],
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "delete from server_settings where server = $1 or seen_at < $2";
        transaction.execute(sql, values![self.server.as_ref(), now - KEPT]).await?;
        let mut values = values![self.server.as_ref(), now];
        for (network, fingerprints) in settings {
            values.extend([Value::from(*network), Value::from(json!(fingerprints))]);
        }
        if settings.is_empty() {
            values.extend([Value::from(NO_NETWORK), Value::from(json!({}))]);
        }
        let places: Vec<_> =
            (1..=settings.len().max(1)).map(|at| format!("($1, ${}, ${}, $2)", 2 * at + 1, 2 * at + 2)).collect();
        let sql = format!(
            "insert into server_settings (server, network, fingerprints, seen_at) values {}",
            places.join(", ")
        );
        transaction.execute(sql, values).await?;
        transaction.commit().await
    }

    /// The settings of all servers that run, by network.
    pub async fn settings_of_servers(&self, now: DateTime<Utc>) -> Result<Vec<ServerSettings>, Error> {
        let sql = "select server, network, fingerprints from server_settings where seen_at > $1
            order by network, server limit 500";
        let rows = self.database.snapshot().await?.all(sql, values![now - STOPPED_AFTER]).await?;
        rows.iter().map(from_row).collect()
    }
}

fn from_row(row: &Row) -> Result<ServerSettings, Error> {
    let fingerprints = row.get::<Json>("fingerprints")?;
    let network = |code: &str| match code {
        NO_NETWORK => Some(None),
        code => Network::parse(code).ok().map(Some),
    };
    Ok(ServerSettings {
        server: row.get("server")?,
        network: row.parse("network", network)?,
        fingerprints: serde_json::from_value(fingerprints).map_err(|error| row.corrupt("fingerprints", error))?,
    })
}

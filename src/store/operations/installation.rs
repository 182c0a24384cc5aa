//! What a database holds: the data of a sandbox or real money, and which chain each network's name stands for. Data of one
//! kind must never be continued as the other.

use crate::store::{
    Error, Store,
    engine::{Transaction, Value},
};
use crate::{config::Mode, domain::address::network::Network, values};
use std::collections::BTreeMap;

/// Why a server must not start on a database.
#[derive(Debug, thiserror::Error)]
pub enum InstallationError {
    #[error(transparent)]
    Store(#[from] Error),
    #[error(
        "this database holds the data of {}, so it cannot be used {}; choose another database (DATABASE_URL) or another mode (REQUITE_MODE)",
        match recorded { Mode::Sandbox => "a sandbox", Mode::Production => "a production server" },
        match recorded { Mode::Sandbox => "in production", Mode::Production => "in a sandbox" }
    )]
    Mode { recorded: Mode },
    #[error(
        "this database has used {} with chain ID {recorded}, and the settings say {configured}; use another database for another chain",
        network.code()
    )]
    ChainId { network: Network, recorded: u64, configured: u64 },
}

impl From<sqlx::Error> for InstallationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Records the mode at the first start. Later it only compares.
    pub async fn record_mode(&self, mode: Mode) -> Result<(), InstallationError> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into installation (id, mode) values (1, $1) on conflict (id) do nothing";
        transaction.execute(sql, values![name(mode)]).await?;
        let row = transaction.one("select mode from installation", vec![]).await?;
        let recorded =
            row.parse("mode", |text| [Mode::Sandbox, Mode::Production].into_iter().find(|mode| name(*mode) == text));
        let recorded = recorded.map_err(Error::from)?;
        if recorded != mode {
            return Err(InstallationError::Mode { recorded });
        }
        Ok(transaction.commit().await?)
    }

    /// Refuses networks that this database knows by another chain id. Records nothing.
    pub async fn compare_chain_ids(&self, configured: &[(Network, u64)]) -> Result<(), InstallationError> {
        compare(&mut self.database.snapshot().await?, configured).await
    }

    /// Records the chain ids of networks that are used from now on, after their nodes have confirmed them.
    pub async fn record_chain_ids(&self, used: &[(Network, u64)]) -> Result<(), InstallationError> {
        if used.is_empty() {
            return Ok(());
        }
        let mut transaction = self.database.begin().await?;
        let places: Vec<_> = (0..used.len()).map(|at| format!("(${}, ${})", 2 * at + 1, 2 * at + 2)).collect();
        let row = |(network, chain_id): &(Network, u64)| {
            [Value::from(*network), Value::from(i64::try_from(*chain_id).unwrap_or(i64::MAX))]
        };
        let sql = format!(
            "insert into installation_networks (network, chain_id) values {} on conflict (network) do nothing",
            places.join(", ")
        );
        transaction.execute(sql, used.iter().flat_map(row).collect()).await?;
        compare(&mut transaction, used).await?;
        Ok(transaction.commit().await?)
    }
}

async fn compare(transaction: &mut Transaction, configured: &[(Network, u64)]) -> Result<(), InstallationError> {
    let rows = transaction.all("select network, chain_id from installation_networks", vec![]).await?;
    let recorded = rows.iter().map(|row| {
        let network = row.parse("network", |code| Network::parse(code).ok())?;
        let chain_id = u64::try_from(row.get::<i64>("chain_id")?);
        Ok((network, chain_id.map_err(|error| row.corrupt("chain_id", error))?))
    });
    let recorded = recorded.collect::<Result<BTreeMap<_, _>, _>>().map_err(Error::Corrupt)?;
    for (network, configured) in configured.iter().copied() {
        match recorded.get(&network) {
            Some(&recorded) if recorded != configured => {
                return Err(InstallationError::ChainId { network, recorded, configured });
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// The name in the database.
const fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "sandbox",
        Mode::Production => "production",
    }
}

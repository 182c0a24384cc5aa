//! The list of deposit addresses, for the wallet whose keys can spend from them.

use crate::domain::{address::network::Network, ids::MerchantId, names::Named};
use crate::store::{
    Error, Store,
    engine::{Row, Value},
};

/// An address that customers pay to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositAddress {
    /// The index that it is derived from. Networks with the same form of addresses count together.
    pub index: u32,
    pub address: String,
    /// `None` if it was left out: a customer may have it from before a backup was restored.
    pub given_to: Option<GivenTo>,
}

/// Whose payments an address gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTo {
    /// The network that its intent is paid on.
    pub network: Network,
    pub merchant_id: MerchantId,
    pub merchant: String,
    /// The number of its intent, which is unique for a merchant.
    pub order_number: i64,
}

impl Store {
    /// Returns the deposit addresses of networks that share one form of addresses, sorted by index: those after an index,
    /// at most `limit`.
    pub async fn deposit_addresses(
        &self,
        networks: &[Network],
        after: Option<u32>,
        limit: u32,
    ) -> Result<Vec<DepositAddress>, Error> {
        let form = networks.first().map(|network| network.address_form().as_str());
        let mut values: Vec<Value> = vec![after.map_or(-1, i64::from).into(), i64::from(limit).into(), form.into()];
        values.extend(networks.iter().map(|network| Value::from(*network)));
        let list: Vec<_> = (4..=values.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "select m.address_index, m.address, m.network, i.merchant_id, o.name, i.order_number
             from payment_methods m join payment_intents i on i.id = m.intent_id join merchants o on o.id = i.merchant_id
             where m.address_index > $1 and m.address is not null and m.network in ({})
             union all select s.address_index, s.address, null, null, null, null from skipped_addresses s
             where s.form = $3 and s.address_index > $1
             order by address_index limit $2",
            list.join(", ")
        );
        self.database.snapshot().await?.all(sql, values).await?.iter().map(from_row).collect()
    }
}

fn from_row(row: &Row) -> Result<DepositAddress, Error> {
    let index = u32::try_from(row.get::<i64>("address_index")?);
    let given_to = match row.get::<Option<String>>("network")? {
        Some(_) => Some(GivenTo {
            network: row.parse("network", |code| Network::parse(code).ok())?,
            merchant_id: MerchantId(row.get("merchant_id")?),
            merchant: row.get("name")?,
            order_number: row.get("order_number")?,
        }),
        None => None,
    };
    Ok(DepositAddress {
        index: index.map_err(|error| row.corrupt("address_index", error))?,
        address: row.get("address")?,
        given_to,
    })
}

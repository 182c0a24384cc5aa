//! The addresses of ours whose transfers are looked for: deposit addresses that were given out or left out, and the accounts
//! that pay refunds.

use super::deposits::AddressOwner;
use crate::store::{Error, Store, engine::listing::id_list};
use crate::{
    domain::{
        address::network::Network,
        ids::{MerchantId, PaymentIntentId},
        names::Named,
    },
    values,
};
use std::collections::HashMap;

impl Store {
    /// The deposit addresses of the networks that share the form of `network`, if they are at most `limit`; `None` if they
    /// are more.
    pub async fn watched_addresses(&self, network: Network, limit: u32) -> Result<Option<Vec<String>>, Error> {
        let networks = sharing_addresses(network);
        let (list, mut values) = id_list(&networks);
        values.push(network.address_form().as_str().into());
        let sql = format!(
            "select address from payment_methods where address is not null and network in ({list})
             union select address from skipped_addresses where form = ${} limit {}",
            values.len(),
            u64::from(limit) + 1
        );
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        if rows.len() > usize::try_from(limit).unwrap_or(usize::MAX) {
            return Ok(None);
        }
        rows.iter().map(|row| Ok(row.get("address")?)).collect::<Result<_, Error>>().map(Some)
    }

    /// Which of these are deposit addresses, and whose; nobody's if they were left out.
    pub async fn owners_of_addresses(
        &self,
        network: Network,
        addresses: &[String],
    ) -> Result<HashMap<String, Option<AddressOwner>>, Error> {
        let networks = sharing_addresses(network);
        let mut owners = HashMap::new();
        let mut snapshot = self.database.snapshot().await?;
        for part in addresses.chunks(500) {
            let all: Vec<&str> = networks.iter().copied().chain(part.iter().map(String::as_str)).collect();
            let (_, values) = id_list(&all);
            let place = |from: usize, to: usize| {
                (from + 1..=to).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
            };
            let (of_networks, of_addresses) = (place(0, networks.len()), place(networks.len(), all.len()));
            let sql = format!(
                "select s.address, null as intent_id, null as merchant_id from skipped_addresses s
                 where s.address in ({of_addresses})
                 union all select m.address, m.intent_id, i.merchant_id from payment_methods m
                 join payment_intents i on i.id = m.intent_id
                 where m.network in ({of_networks}) and m.address in ({of_addresses})"
            );
            for row in snapshot.all(sql, values).await? {
                let (intent, merchant) = (row.get::<Option<_>>("intent_id")?, row.get::<Option<_>>("merchant_id")?);
                let owner = intent.zip(merchant).map(|(intent, merchant)| AddressOwner {
                    merchant: MerchantId(merchant),
                    intent: PaymentIntentId(intent),
                });
                owners.insert(row.get("address")?, owner);
            }
        }
        Ok(owners)
    }

    /// The accounts that have paid refunds on a network.
    pub async fn senders_of(&self, network: Network) -> Result<Vec<String>, Error> {
        let sql = "select address from senders where network = $1";
        let rows = self.database.snapshot().await?.all(sql, values![network]).await?;
        rows.iter().map(|row| Ok(row.get("address")?)).collect()
    }
}

/// The networks on which the addresses of this network are valid too.
pub(super) fn sharing_addresses(network: Network) -> Vec<&'static str> {
    Network::all().filter(|other| other.address_form() == network.address_form()).map(Network::code).collect()
}

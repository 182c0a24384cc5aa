//! Whether the servers that share a database work with the same settings of networks. Different ones stop nothing: settings
//! are changed on one server after the other.

use crate::{
    chain::evm::{EvmChain, connection::notation},
    config::networks::NetworkSettings,
    domain::{
        fingerprint,
        intents::credit_rule::{CreditAfter, CreditRule},
        money::Money,
        operations::server_settings::{self, SettingsDifference},
    },
    error::Error,
    store::Store,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Notes that this server runs with these settings, or without networks.
pub async fn record(store: &Store, now: DateTime<Utc>, evm: Option<&EvmChain>) -> Result<(), Error> {
    let settings = evm.iter().flat_map(|evm| &evm.connections).map(|connection| &connection.settings);
    let settings: Vec<_> = settings.map(|settings| (settings.network, fingerprints(settings))).collect();
    Ok(store.record_settings(now, &settings).await?)
}

/// What differs between the servers that run.
pub async fn differences(store: &Store, now: DateTime<Utc>) -> Result<Vec<SettingsDifference>, Error> {
    Ok(server_settings::differences(&store.settings_of_servers(now).await?))
}

/// What decides what is credited and paid, by its name in the file of networks. Fingerprints, because whoever has the
/// extended public key sees all payments.
fn fingerprints(settings: &NetworkSettings) -> BTreeMap<String, String> {
    let dollars = |money: Money| money.amount().normalize().to_string();
    let mut senders: Vec<_> = settings.senders.iter().map(|sender| notation(sender.address)).collect();
    senders.sort_unstable();
    let tokens =
        settings.tokens.iter().map(|(currency, contract)| format!("{} {}", currency.code(), notation(*contract)));
    let rule = |rule: &CreditRule| {
        let up_to = rule.up_to.map(dollars).unwrap_or_default();
        let after = match rule.after {
            CreditAfter::Finalized => "finalized".to_owned(),
            CreditAfter::Safe => "safe".to_owned(),
            CreditAfter::Blocks(blocks) => blocks.to_string(),
        };
        format!("{up_to} {after}")
    };
    let parts = [
        ("chain-id", vec![settings.facts.chain_id.to_string()]),
        ("credit", settings.credit.iter().map(rule).collect()),
        ("deposits", vec![settings.deposits.to_string()]),
        ("dust", vec![dollars(settings.dust)]),
        ("max-fee", vec![dollars(settings.max_fee)]),
        ("own-addresses", settings.own_addresses.iter().map(|address| notation(*address)).collect()),
        ("senders", senders),
        ("tokens", tokens.collect()),
    ];
    let of = |parts: Vec<String>| fingerprint::of(parts.iter().map(String::as_str));
    parts.into_iter().map(|(name, parts)| (name.to_owned(), of(parts))).collect()
}

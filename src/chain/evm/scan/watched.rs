//! The addresses whose transfers are looked for.

use crate::{
    chain::evm::addresses::derive,
    config::networks::NetworkSettings,
    evm::abi::address_word,
    store::{self, Store},
};
use alloy_primitives::{Address, B256};
use bitcoin::bip32::Xpub;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many addresses are given to a node as a filter. With more, all transfers of our tokens are read and looked up.
pub const FILTERED: u32 = 1_000;
/// How many deposit addresses after the last one that was given out are looked at. A database that was restored from a
/// backup does not know that they were given out.
pub const AHEAD: u32 = 200;

/// The deposit addresses that come next.
#[derive(Clone, Debug, Default)]
pub struct Ahead(BTreeMap<u32, Address>);

impl Ahead {
    /// Those from this index on.
    pub fn move_to(&mut self, account: &Xpub, next: u32) {
        self.0.retain(|index, _| *index >= next);
        for index in next..next.saturating_add(AHEAD) {
            if !self.0.contains_key(&index) {
                // There is no address for one index of 2^127.
                self.0.extend(derive(account, index).ok().map(|address| (index, address)));
            }
        }
    }

    /// Those up to this index.
    pub fn up_to(&self, last: u32) -> impl Iterator<Item = (u32, Address)> {
        self.0.range(..=last).map(|(index, address)| (*index, *address))
    }
}

/// Addresses of ours.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Deposit addresses that were given out or left out; `None` if they are too many for a filter.
    pub deposits: Option<HashSet<Address>>,
    /// Those that come next, with their index.
    pub ahead: HashMap<Address, u32>,
    /// The accounts that pay refunds.
    pub senders: HashSet<Address>,
    /// Other addresses of the merchant. What moves there is not looked for.
    pub own: HashSet<Address>,
}

impl Watched {
    /// Reads them from the database and the settings. Call it after the head was read: an address that is given out later
    /// was not paid in these blocks.
    pub async fn read(store: &Store, settings: &NetworkSettings, ahead: &mut Ahead) -> Result<Self, store::Error> {
        let network = settings.network;
        ahead.move_to(&settings.deposits, store.next_address_index(network).await?);
        // A text that cannot be parsed was never an address of this network.
        let parsed =
            |texts: Vec<String>| texts.iter().filter_map(|text| text.parse().ok()).collect::<HashSet<Address>>();
        let senders = parsed(store.senders_of(network).await?);
        Ok(Self {
            ahead: ahead.0.iter().map(|(index, address)| (*address, *index)).collect(),
            senders: senders.into_iter().chain(settings.senders.iter().map(|sender| sender.address)).collect(),
            own: settings.own_addresses.iter().copied().collect(),
            deposits: store.watched_addresses(network, FILTERED).await?.map(parsed),
        })
    }

    /// Whether it may be one of ours. If they are too many for a filter, the database has to be asked.
    pub fn may_be(&self, address: Address) -> bool {
        let is_deposit = self.deposits.as_ref().is_none_or(|deposits| deposits.contains(&address));
        is_deposit || self.ahead.contains_key(&address) || self.senders.contains(&address)
    }

    /// The addresses as they are in events; `None` if they are too many for a filter.
    pub fn words(&self) -> Option<Vec<B256>> {
        let deposits = self.deposits.as_ref()?;
        let all: HashSet<&Address> = deposits.iter().chain(self.ahead.keys()).chain(&self.senders).collect();
        Some(all.into_iter().copied().map(address_word).collect())
    }
}

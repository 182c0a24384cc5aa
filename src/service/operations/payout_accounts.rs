//! The accounts that pay refunds on real networks: what they hold, what the open refunds need, and what a person has to
//! look at.

use super::whole_server;
use crate::service::refunds::transfer::explorer;
use crate::{
    chain::{
        Chain,
        evm::{connection::notation, payouts::payer},
    },
    config::networks::NetworkSettings,
    domain::{
        address::network::Network,
        ledger::Balance,
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        refunds::{
            reconciliation::ReconciliationRecord,
            transfer::{Pause, SenderAccount, Transfer},
        },
    },
    error::Error,
    store::{
        Store,
        refunds::senders::{Float, UnexplainedTransaction},
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How many transfers a transaction can be assigned to by choosing from a list.
const ASSIGNABLE_SHOWN: u32 = 100;

/// An account that pays refunds on a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutAccount {
    pub network: Network,
    pub address: String,
    /// Its nonce, its pause and what it has seen; `None` before its first round.
    pub state: Option<SenderAccount>,
    /// Whether the settings of this server have it. Others have paid refunds before.
    pub is_used: bool,
    /// Whether it runs and yet signs nothing: another account of the network has done what is not explained.
    pub waits_for_another: bool,
    /// Whether the settings have others on the same network.
    pub is_one_of_several: bool,
    /// The coins that are sent, and others that it holds.
    pub coins: Vec<CoinReserve>,
    /// Its outgoing transactions that belong to no transfer, for whoever decides about them.
    pub unexplained: Vec<UnexplainedTransaction>,
    /// The address of the network's explorer.
    pub explorer: Option<String>,
    /// What a person needs to reconcile it; `None` while it runs, and for who does not decide about it.
    pub reconciling: Option<Reconciling>,
}

/// How far an account that is paused has been reconciled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciling {
    /// What the newest reconciliation has found, and when.
    pub last: Option<(ReconciliationRecord, DateTime<Utc>)>,
    /// The transfers that one of its transactions can be assigned to; only those of the person's own merchant.
    pub assignable: Vec<Transfer>,
    /// Whether another owner has to resume it.
    pub needs_another: bool,
}

/// What an account holds of one coin, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinReserve {
    pub currency: Currency,
    /// As last seen.
    pub held: Option<Float>,
    /// What the open refunds take that are in no block.
    pub needed: Money,
    /// The merchant's balance in the ledger.
    pub balance: Option<Balance>,
    /// Whether it pays the network's fees.
    pub is_gas: bool,
    /// Below this amount it is low, if the settings say so.
    pub low: Option<Money>,
}

impl PayoutAccount {
    /// Why and since when nothing is signed.
    pub fn pause(&self) -> Option<&Pause> {
        self.state.as_ref()?.paused.as_ref()
    }
}

impl CoinReserve {
    /// How much of it is missing for the open refunds.
    pub fn missing(&self) -> Option<Money> {
        let held = self.held.as_ref()?.amount;
        self.needed.minus(held).ok().filter(|missing| !missing.is_zero())
    }

    /// Whether less is held than the settings want.
    pub fn is_low(&self) -> bool {
        let held = self.held.as_ref().map(|held| held.amount.amount());
        held.zip(self.low).is_some_and(|(held, low)| held < low.amount())
    }
}

/// All accounts of this server, those that it uses first.
pub async fn list(store: &Store, chain: Option<&Chain>, actor: &Actor) -> Result<Vec<PayoutAccount>, Error> {
    actor.require(Permission::Read)?;
    let evm = chain.and_then(|chain| chain.evm.as_ref());
    let connections = evm.map(|evm| evm.connections.as_slice()).unwrap_or_default();
    let (mut known, floats) = (store.sender_accounts().await?, store.floats().await?);
    let balances = store.balances(actor.merchant()).await?;
    let mut accounts = Vec::new();
    let mut senders = Vec::new();
    for connection in connections {
        senders.extend(connection.settings.senders.iter().map(|sender| (&connection.settings, sender.address)));
    }
    for (settings, sender) in senders {
        let address = notation(sender);
        let place = known.iter().position(|account| account.network == settings.network && account.address == address);
        let state = place.map(|place| known.remove(place));
        let account = Seen { network: settings.network, address, state, settings: Some(settings) };
        accounts.push(account.complete(store, chain, actor, &floats, &balances).await?);
    }
    for state in known {
        let account =
            Seen { network: state.network, address: state.address.clone(), state: Some(state), settings: None };
        accounts.push(account.complete(store, chain, actor, &floats, &balances).await?);
    }
    Ok(accounts)
}

/// The accounts that are paused.
pub async fn paused(store: &Store, actor: &Actor) -> Result<Vec<SenderAccount>, Error> {
    actor.require(Permission::Read)?;
    let accounts = store.sender_accounts().await?;
    Ok(accounts.into_iter().filter(|account| account.paused.is_some()).collect())
}

/// An account from the settings, from the database, or from both.
struct Seen<'a> {
    network: Network,
    address: String,
    state: Option<SenderAccount>,
    settings: Option<&'a NetworkSettings>,
}

impl Seen<'_> {
    async fn complete(
        self,
        store: &Store,
        chain: Option<&Chain>,
        actor: &Actor,
        floats: &[Float],
        balances: &[Balance],
    ) -> Result<PayoutAccount, Error> {
        let Self { network, address, state, settings } = self;
        // An account that is not used any more pays no refunds.
        let mut needed: BTreeMap<Currency, Money> = BTreeMap::new();
        if let Some(settings) = settings {
            for refund in store.needed_by_refunds(network).await? {
                let payer = refund.sender.or_else(|| payer(refund.id, &settings.senders).map(notation));
                if payer.as_deref() == Some(address.as_str()) {
                    let currency = refund.amount.currency();
                    let sum = needed.entry(currency).or_insert_with(|| Money::zero(currency));
                    *sum = sum.plus(refund.amount)?;
                }
            }
        }
        let own = |float: &&Float| float.network == network && float.address == address;
        let native = settings.map(|settings| settings.facts.native);
        let is_sent = |coin: Currency| {
            settings.is_some_and(|settings| settings.facts.native == coin || settings.tokens.contains_key(&coin))
        };
        let coins = network.coins().iter().map(|(coin, _)| *coin).filter_map(|currency| {
            let held = floats.iter().filter(own).find(|float| float.amount.currency() == currency).cloned();
            (is_sent(currency) || held.is_some()).then(|| CoinReserve {
                currency,
                held,
                needed: needed.get(&currency).copied().unwrap_or(Money::zero(currency)),
                balance: balances.iter().find(|balance| balance.available.currency() == currency).cloned(),
                is_gas: native == Some(currency),
                low: settings.and_then(|settings| settings.low.get(&currency)).copied(),
            })
        });
        let coins = coins.collect();
        let decides = whole_server::decides(store, actor).await?;
        let is_paused = state.as_ref().is_some_and(|state| state.paused.is_some());
        let reconciling = if is_paused && decides {
            Some(Reconciling {
                last: store.last_reconciliation(network, &address).await?,
                assignable: store.assignable_transfers(actor.merchant(), network, ASSIGNABLE_SHOWN).await?,
                needs_another: store.is_paused_for_another(actor, network, &address).await?,
            })
        } else {
            None
        };
        let unexplained = if decides { store.unexplained_transactions(network, &address).await? } else { Vec::new() };
        Ok(PayoutAccount {
            coins,
            reconciling,
            unexplained,
            explorer: explorer(chain, network),
            is_used: settings.is_some(),
            waits_for_another: !is_paused && store.pause_of_others(network, &address).await?.is_some(),
            is_one_of_several: settings.is_some_and(|settings| settings.senders.len() > 1),
            network,
            address,
            state,
        })
    }
}

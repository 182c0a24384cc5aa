//! The accounts that pay refunds on real networks: what they hold, what the open refunds need, and what a person has to
//! look at.

use super::{payout_status::SeenNetworks, whole_server};
use crate::service::{customers::masking, refunds::transfer::explorer};
use crate::{
    chain::{
        Chain,
        evm::{connection::notation, payouts::payer},
    },
    config::networks::NetworkSettings,
    context::Context,
    domain::{
        address::network::Network,
        ids::RefundId,
        ledger::Balance,
        money::{Money, currency::Currency},
        operations::payout_activity::PayoutActivity,
        people::actor::{Actor, Permission},
        refunds::{
            reconciliation::ReconciliationRecord,
            transfer::{Held, Pause, PauseReason, SenderAccount, Transfer},
        },
    },
    error::Error,
    store::{
        Store,
        refunds::{
            reconciliation_records::LastReconciliation,
            senders::{Float, UnexplainedTransaction},
        },
    },
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

/// An account that pays refunds on a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutAccount {
    pub network: Network,
    pub address: String,
    /// Its nonce, its pause and what it has seen; `None` before its first round.
    pub state: Option<SenderAccount>,
    /// Whether the settings of this server have it. Others have paid refunds before.
    pub is_used: bool,
    pub activity: PayoutActivity,
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
    pub last: Option<LastReconciliation>,
    /// The transfers that each of its transactions can be assigned to, as of that reconciliation, by the transaction's
    /// hash; only those of the person's own merchant. Transactions that were not compared are not among them.
    pub assignable: BTreeMap<String, Vec<Transfer>>,
    /// Whether it cannot be resumed before it is compared.
    pub must_compare: bool,
    /// The owners who may resume it, if this person may not; without a name, only whoever runs the server may.
    pub others: Option<Vec<String>>,
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
    /// Whether refunds wait because it does not cover the fee of a transfer.
    pub is_awaited: bool,
    /// Below this amount it is low, if the settings say so.
    pub low: Option<Money>,
}

impl PayoutAccount {
    /// Why and since when nothing is signed.
    pub fn pause(&self) -> Option<&Pause> {
        self.state.as_ref()?.paused.as_ref()
    }

    /// Why its signer signs nothing. No server asks the signer of an account that the settings do not have.
    pub fn signer(&self) -> Option<&Held> {
        self.state.as_ref()?.signer.as_ref().filter(|_| self.is_used)
    }

    /// Whether its signer's memory is older than the database.
    pub fn has_signer_forgotten(&self, now: DateTime<Utc>) -> bool {
        self.state.as_ref().is_some_and(|state| state.has_signer_forgotten(now))
    }
}

impl CoinReserve {
    /// How much of it is missing for the open refunds.
    pub fn missing(&self) -> Option<Money> {
        let held = self.held.as_ref()?.amount;
        self.needed.minus(held).ok().filter(|missing| !missing.is_zero())
    }

    /// Whether less is held than the settings want, or nothing of what pays the network's fees.
    pub fn is_low(&self) -> bool {
        let Some(held) = self.held.as_ref().map(|held| held.amount.amount()) else { return false };
        self.low.is_some_and(|low| held < low.amount()) || self.is_gas && held.is_zero() || self.is_awaited
    }
}

/// All accounts of this server, those that it uses first.
pub async fn list(
    store: &Store,
    context: &Context<'_>,
    chain: Option<&Chain>,
    actor: &Actor,
) -> Result<Vec<PayoutAccount>, Error> {
    actor.require(Permission::Read)?;
    let evm = chain.and_then(|chain| chain.evm.as_ref());
    let connections = evm.map(|evm| evm.connections.as_slice()).unwrap_or_default();
    let settings: Vec<&NetworkSettings> = connections.iter().map(|connection| &connection.settings).collect();
    let mut known = known(store, actor).await?;
    let facts = Facts::load(store, context, actor, &settings, &known).await?;
    let mut accounts = Vec::new();
    for settings in settings {
        for sender in &settings.senders {
            let id = (settings.network, notation(sender.address));
            let place = known.iter().position(|account| (account.network, &account.address) == (id.0, &id.1));
            let state = place.map(|place| known.remove(place));
            accounts.push(Seen { id, state, settings: Some(settings) });
        }
    }
    accounts.extend(known.into_iter().map(|state| {
        let id = (state.network, state.address.clone());
        Seen { id, state: Some(state), settings: None }
    }));
    Ok(accounts.into_iter().map(|account| account.complete(chain, &facts)).collect())
}

/// The accounts that are paused.
pub async fn paused(store: &Store, actor: &Actor) -> Result<Vec<SenderAccount>, Error> {
    actor.require(Permission::Read)?;
    let accounts = known(store, actor).await?;
    Ok(accounts.into_iter().filter(|account| account.paused.is_some()).collect())
}

/// The accounts that are stored, with the reasons of pauses as the actor may see them.
async fn known(store: &Store, actor: &Actor) -> Result<Vec<SenderAccount>, Error> {
    let mut known = store.sender_accounts().await?;
    for pause in known.iter_mut().filter_map(|account| account.paused.as_mut()) {
        // The reason of a person; a server's names our own accounts.
        if pause.reason == PauseReason::Operator {
            pause.detail = masking::stored(actor, &pause.detail);
        }
    }
    Ok(known)
}

/// What nobody has explained, without whole addresses of others for an actor who may not see them.
async fn unexplained(store: &Store, actor: &Actor) -> Result<Vec<UnexplainedTransaction>, Error> {
    let masked = |found: UnexplainedTransaction| {
        let detail = masking::stored(actor, &found.detail);
        UnexplainedTransaction { detail, ..found }
    };
    Ok(store.all_unexplained_transactions().await?.into_iter().map(masked).collect())
}

/// A network and the address of an account there.
type AccountId = (Network, String);

/// What is known of all accounts together, so that it is read once.
struct Facts {
    networks: SeenNetworks,
    floats: Vec<Float>,
    balances: Vec<Balance>,
    /// What the open refunds take from each account of the settings.
    needed: HashMap<AccountId, BTreeMap<Currency, Money>>,
    /// The accounts that hold too little for the fee of a transfer that waits.
    without_gas: Vec<AccountId>,
    /// The accounts that are paused for what is not explained, which stops the others of their networks.
    unexplained_pauses: Vec<AccountId>,
    /// The following is for whoever decides about the accounts.
    decides: bool,
    unexplained: Vec<UnexplainedTransaction>,
    reconciled: HashMap<AccountId, LastReconciliation>,
    /// Of the person's own merchant, for the refunds that transactions fit.
    assignable: Vec<Transfer>,
    /// The pauses that this person may not end, with the owners who may.
    for_others: HashMap<AccountId, Vec<String>>,
}

impl Facts {
    async fn load(
        store: &Store,
        context: &Context<'_>,
        actor: &Actor,
        settings: &[&NetworkSettings],
        known: &[SenderAccount],
    ) -> Result<Self, Error> {
        let unexplained_pauses = known.iter().filter(|account| account.stops_others());
        let decides = whole_server::decides(store, actor).await?;
        let mut facts = Self {
            networks: SeenNetworks::load(store, context).await?,
            floats: store.floats().await?,
            balances: store.balances(actor.merchant()).await?,
            needed: needed(store, settings).await?,
            without_gas: store.accounts_without_gas().await?,
            unexplained_pauses: unexplained_pauses.map(|one| (one.network, one.address.clone())).collect(),
            decides,
            unexplained: if decides { unexplained(store, actor).await? } else { Vec::new() },
            reconciled: HashMap::new(),
            assignable: Vec::new(),
            for_others: HashMap::new(),
        };
        if decides && known.iter().any(|account| account.paused.is_some()) {
            facts.reconciled = store.last_reconciliations().await?;
            let fitting = facts.reconciled.values().flat_map(|(record, _)| record.fitting.values().flatten().copied());
            // Only whoever may assign needs their recipients.
            if actor.may(Permission::ManagePayouts) {
                facts.assignable = store.assignable_transfers(actor.merchant(), &fitting.collect()).await?;
            }
            facts.for_others = store.pauses_for_others(actor).await?;
        }
        Ok(facts)
    }

    /// The transfers for the refunds that transactions fit, as far as they still wait.
    fn assignable(&self, record: &ReconciliationRecord) -> BTreeMap<String, Vec<Transfer>> {
        let waiting = |ids: &[RefundId]| self.assignable.iter().filter(|one| ids.contains(&one.id)).cloned().collect();
        record.fitting.iter().map(|(hash, ids)| (hash.clone(), waiting(ids))).collect()
    }
}

async fn needed(
    store: &Store,
    settings: &[&NetworkSettings],
) -> Result<HashMap<AccountId, BTreeMap<Currency, Money>>, Error> {
    let networks: Vec<Network> = settings.iter().map(|settings| settings.network).collect();
    let mut needed: HashMap<AccountId, BTreeMap<Currency, Money>> = HashMap::new();
    for refund in store.needed_by_refunds(&networks).await? {
        let Some(settings) = settings.iter().find(|settings| settings.network == refund.network) else { continue };
        let account = refund.sender.or_else(|| payer(refund.id, &settings.senders).map(notation));
        let Some(account) = account else { continue };
        let currency = refund.amount.currency();
        let of_account = needed.entry((refund.network, account)).or_default();
        let sum = of_account.entry(currency).or_insert_with(|| Money::zero(currency));
        *sum = sum.plus(refund.amount)?;
    }
    Ok(needed)
}

/// An account from the settings, from the database, or from both.
struct Seen<'a> {
    id: AccountId,
    state: Option<SenderAccount>,
    settings: Option<&'a NetworkSettings>,
}

impl Seen<'_> {
    fn complete(self, chain: Option<&Chain>, facts: &Facts) -> PayoutAccount {
        let Self { id, state, settings } = self;
        let (network, address) = (id.0, &id.1);
        let own = |float: &&Float| float.network == network && float.address == *address;
        let native = settings.map(|settings| settings.facts.native);
        let is_sent = |coin: Currency| {
            settings.is_some_and(|settings| settings.facts.native == coin || settings.tokens.contains_key(&coin))
        };
        // An account that is not used any more pays no refunds.
        let needed = facts.needed.get(&id).filter(|_| settings.is_some());
        let coins = network.coins().iter().map(|(coin, _)| *coin).filter_map(|currency| {
            let held = facts.floats.iter().filter(own).find(|float| float.amount.currency() == currency).cloned();
            let balance = facts.balances.iter().find(|balance| balance.available.currency() == currency);
            (is_sent(currency) || held.is_some()).then(|| CoinReserve {
                currency,
                held,
                needed: needed.and_then(|needed| needed.get(&currency)).copied().unwrap_or(Money::zero(currency)),
                balance: balance.cloned(),
                is_gas: native == Some(currency),
                is_awaited: native == Some(currency) && facts.without_gas.contains(&id),
                low: settings.and_then(|settings| settings.low.get(&currency)).copied(),
            })
        });
        let coins = coins.collect();
        let is_paused = state.as_ref().is_some_and(|state| state.paused.is_some());
        let reconciling = (is_paused && facts.decides).then(|| {
            let last = facts.reconciled.get(&id).cloned();
            let at = last.as_ref().map(|(_, at)| *at);
            let must_compare = state.as_ref().is_some_and(|state| state.must_be_reconciled(at));
            let assignable = last.as_ref().map(|(record, _)| facts.assignable(record)).unwrap_or_default();
            Reconciling { last, assignable, must_compare, others: facts.for_others.get(&id).cloned() }
        });
        let is_own = |one: &&UnexplainedTransaction| one.network == network && one.sender == *address;
        let stops_it = |other: &AccountId| other.0 == network && other.1 != *address;
        let waits = facts.unexplained_pauses.iter().any(stops_it);
        PayoutAccount {
            activity: facts.networks.activity(state.as_ref(), network, settings.is_some(), waits),
            coins,
            reconciling,
            unexplained: facts.unexplained.iter().filter(is_own).cloned().collect(),
            explorer: explorer(chain, network),
            is_used: settings.is_some(),
            is_one_of_several: settings.is_some_and(|settings| settings.senders.len() > 1),
            network,
            address: id.1,
            state,
        }
    }
}

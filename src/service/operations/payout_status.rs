//! What the accounts that pay refunds do, what they hold, and which refunds wait.

use super::{payouts::PayoutServices, whole_server};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        operations::{networks::STILL_AFTER, payout_activity::PayoutActivity},
        people::actor::{Actor, Permission},
        refunds::transfer::{SenderAccount, TransferStatus},
    },
    error::Error,
    store::{
        Store,
        chain::{
            cursors::{Cursor, CursorState},
            network_states::{NetworkExamination, NodeState},
        },
        refunds::{
            held::WaitingRefunds,
            senders::{Float, UnexplainedTransaction},
        },
    },
};
use chrono::{DateTime, Utc};

/// How many refunds that wait are named for each account and reason.
const NAMED: u32 = 5;

/// The state of an account that pays refunds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutStatus {
    pub account: SenderAccount,
    pub activity: PayoutActivity,
    /// Whether the settings have it. Nothing is signed for another.
    pub is_used: bool,
    pub floats: Vec<Float>,
    pub planned: i64,
    pub under_way: i64,
    pub displaced: i64,
    /// What a person has to explain.
    pub unexplained: Vec<UnexplainedTransaction>,
}

/// The state of all accounts, or of those of one network.
pub async fn list(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Option<Network>,
) -> Result<Vec<PayoutStatus>, Error> {
    actor.require(Permission::Read)?;
    let store = services.store;
    let (floats, counts) = (store.floats().await?, store.open_transfer_counts().await?);
    let (mut accounts, unexplained) = (store.sender_accounts().await?, store.all_unexplained_transactions().await?);
    accounts.retain(|account| network.is_none_or(|network| network == account.network));
    let seen = SeenNetworks::load(store, &services.context()).await?;
    let stopping: Vec<_> = accounts.iter().filter(|account| account.stops_others()).cloned().collect();
    let status = |account: SenderAccount| {
        let (network, address) = (account.network, &account.address);
        let (mut planned, mut under_way, mut displaced) = (0, 0, 0);
        for count in counts.iter().filter(|count| count.network == network && count.sender == *address) {
            *match count.status {
                TransferStatus::Planned => &mut planned,
                TransferStatus::Displaced => &mut displaced,
                _ => &mut under_way,
            } += count.number;
        }
        let is_its = |one: &&UnexplainedTransaction| one.network == network && one.sender == *address;
        let unexplained = unexplained.iter().filter(is_its).cloned().collect();
        let is_its = |float: &&Float| float.network == network && float.address == *address;
        let floats = floats.iter().filter(is_its).cloned().collect();
        let is_used = services.evm().is_some_and(|evm| evm.has_sender(network, address));
        let waits = stopping.iter().any(|other| other.network == network && other.address != *address);
        let activity = seen.activity(Some(&account), network, is_used, waits);
        PayoutStatus { account, activity, is_used, floats, planned, under_way, displaced, unexplained }
    };
    Ok(accounts.into_iter().map(status).collect())
}

/// The refunds of all merchants that wait, by account and reason.
pub async fn waiting(
    services: PayoutServices<'_>,
    actor: &Actor,
    network: Option<Network>,
) -> Result<Vec<WaitingRefunds>, Error> {
    actor.require(Permission::Read)?;
    whole_server::require(services.store, actor).await?;
    let mut waiting = services.store.waiting_refunds(NAMED).await?;
    waiting.retain(|waiting| network.is_none_or(|network| network == waiting.network));
    Ok(waiting)
}

/// What servers have seen of the networks, and when that is read.
pub(super) struct SeenNetworks {
    nodes: Vec<NodeState>,
    cursors: Vec<Cursor>,
    examinations: Vec<NetworkExamination>,
    now: DateTime<Utc>,
}

impl SeenNetworks {
    pub(super) async fn load(store: &Store, context: &Context<'_>) -> Result<Self, Error> {
        Ok(Self {
            nodes: store.nodes().await?,
            cursors: store.cursors().await?,
            examinations: store.examinations().await?,
            now: context.now,
        })
    }

    /// What an account does. The page and the command line say the same of it.
    pub(super) fn activity(
        &self,
        account: Option<&SenderAccount>,
        network: Network,
        is_used: bool,
        waits_for_another: bool,
    ) -> PayoutActivity {
        match account {
            Some(account) if account.paused.is_some() => PayoutActivity::Paused,
            _ if !is_used => PayoutActivity::NotUsed,
            None => PayoutActivity::NotStarted,
            Some(_) if waits_for_another => PayoutActivity::WaitsForAnother,
            Some(account) if account.signer.is_some() => PayoutActivity::SignsNothing,
            Some(account) => self.of_running(network, account.seen.map(|seen| seen.at)),
        }
    }

    /// Nothing but the network can keep this account from paying. `last_round` is when a round saw the account last.
    fn of_running(&self, network: Network, last_round: Option<DateTime<Utc>>) -> PayoutActivity {
        let nodes: Vec<_> = self.nodes.iter().filter(|node| node.network == network).collect();
        let answered = nodes.iter().filter_map(|node| Some(node.answered?.1)).max();
        let cursor = self.cursors.iter().find(|cursor| cursor.network == network);
        // Before the first examination that succeeds, nobody follows the network, so that its nodes are shown as before.
        let examined = self.examinations.iter().find(|examination| examination.network == network);
        let is_away = examined.is_some_and(|examination| examination.is_away(cursor));
        if is_away || !nodes.is_empty() && nodes.iter().all(|node| node.failing.is_some()) {
            return PayoutActivity::NoAnswer { since: answered.max(last_round) };
        }
        if let Some(since) = last_round.filter(|at| self.now - *at > STILL_AFTER) {
            return PayoutActivity::NoRound { since };
        }
        let at_head = cursor
            .filter(|cursor| cursor.state == CursorState::Following && self.now - cursor.updated_at <= STILL_AFTER);
        let newest = at_head.and_then(|cursor| cursor.newest.as_ref()).map(|block| block.at);
        match newest.filter(|at| self.now - *at > STILL_AFTER) {
            Some(since) => PayoutActivity::NoBlock { since },
            None => PayoutActivity::Running,
        }
    }
}

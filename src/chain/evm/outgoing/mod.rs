//! Sends refunds from one account of one network, at most once each.
//!
//! A transfer is planned (a row), signed (nonce and bytes in one commit), broadcast, mined, and final. The bytes of what is
//! not mined are sent again unchanged; a higher fee is another version with the same nonce. Only what is in a final block
//! ends a transfer, and only receipts decide, never the text of an error. What the chain or the signer knows and the
//! database does not know pauses the account until a person has reconciled them.

mod authorizations;
mod begin;
mod compare;
mod gaps;
mod notices;
mod obstacles;
mod paid_before;
mod paid_by;
mod raise;
pub mod reconcile;
mod removed;
mod revoke;
mod sign;
mod signer;
mod track;

use super::{
    connection::{Connection, notation},
    custody::Custody,
    fees::{FeeLevel, data_fee},
    finality::{FURTHEST_AHEAD, Finality},
    nodes::Agreed,
    rpc::{BlockTag, Header, Node, Receipt},
};
use crate::{
    chain::ChainError,
    context::{Clock, Context, Entropy},
    domain::{
        error::ErrorText,
        money::Money,
        refunds::transfer::{HeldReason, Pause, PauseReason, SeenBlocks, SenderAccount},
    },
    store::Store,
    texts::errors::english_stored,
};
use alloy_primitives::{Address, U256};
use chrono::{DateTime, Duration, Utc};
use compare::Compared;

/// How long a server works for an account without renewing its lease. Longer than a call of the signer may take.
pub const LEASE: Duration = Duration::seconds(30);

/// How many transfers may be in the pool at once. Nodes keep at least 16 of one account that can be mined, and geth 64 of
/// all accounts that wait.
const IN_THE_POOL: usize = 32;

/// The work for one account that pays refunds.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    pub store: &'a Store,
    pub connection: &'a Connection,
    pub custody: &'a dyn Custody,
    /// The other signers of this server, which may have signed refunds of this account for another one.
    pub other_signers: &'a [&'a dyn Custody],
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
    /// The account.
    pub sender: Address,
    /// The highest fee of one transfer, in the network's own coin; `None` if its price is not known. Then only the
    /// signer's limit applies.
    pub max_fee: Option<Money>,
}

/// What a round has seen of the chain. All of it comes from one node, so that it fits together.
struct View<'a> {
    node: &'a Node,
    latest: Header,
    /// The height that is final. It is not above what most nodes call final.
    finalized: u64,
    /// The account's next nonce, as of the newest block.
    latest_nonce: u64,
    /// The same with the transactions in the node's pool.
    pool_nonce: u64,
    fees: FeeLevel,
    /// What the network takes for the data of a transfer beside its gas, in wei.
    data_fee: U256,
}

impl View<'_> {
    /// The most that it may take for the data until the transfer is in a block: nothing in a transaction limits it.
    fn highest_data_fee(&self) -> U256 {
        self.data_fee.saturating_mul(U256::from(2))
    }

    /// Whether the block of a transaction is final.
    fn is_final(&self, receipt: &Agreed<Receipt>) -> bool {
        receipt.block_number.to::<u64>() <= self.finalized
    }

    fn seen(&self, at: DateTime<Utc>) -> SeenBlocks {
        SeenBlocks { latest: self.latest.number.to(), finalized: self.finalized, at }
    }
}

impl Outgoing<'_> {
    /// One round of work. If the first node fails in the middle of it (it may refuse one method only), the round is done
    /// with the next one. Returns how many transfers were signed or ended. If any was, the next round follows at once.
    pub async fn round(self) -> Result<usize, ChainError> {
        let mut last = None;
        for node in self.connection.nodes.all() {
            match self.round_through(node).await {
                Err(error) if error.is_temporary() => last = Some(error),
                done => return done,
            }
        }
        Err(last.unwrap_or_else(|| ChainError::Broken("the network has no node".into())))
    }

    async fn round_through(self, node: &Node) -> Result<usize, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let view = self.look_through(node).await?;
        self.add_account(&view).await?;
        let now = self.context().now;
        if !self.store.lease_sender(network, &address, now, now + LEASE).await? {
            return Ok(0);
        }
        // It reads when the last round was, so before this one is stored.
        let done = match self.begin().await {
            Ok(()) => self.work(&view).await,
            Err(error) => Err(error),
        };
        match &done {
            Ok(_) => {
                self.store.end_round(network, &address, &view.seen(now)).await?;
                self.connection.begun.set_last_round(self.sender, now);
            }
            // The account was not seen completely: people are told if that goes on (`worker/transfers.rs`).
            Err(_) => self.store.release_sender(network, &address).await?,
        }
        done
    }

    async fn work(self, view: &View<'_>) -> Result<usize, ChainError> {
        let mut heard = self.hear_signer().await?;
        let mut done = self.track(view).await?;
        let compared = self.compare(view).await?;
        self.raise_fees(view).await?;
        // Read also while nothing is signed, so that people see what the account holds.
        let (free, held) = self.read_free(view).await?;
        match compared {
            Compared::Explained => done += self.sign_planned(view, free).await?,
            Compared::Paused => self.hold_while_paused().await?,
            Compared::SignerWrong(problem) => {
                self.hold_while_paused().await?;
                heard.signs_nothing = Some((HeldReason::SignerRefuses, problem));
            }
        }
        self.note_signer(heard).await?;
        self.tell(&held).await?;
        Ok(done)
    }

    /// Stores an account that is used for the first time. One that has sent something before starts paused: if this
    /// database was restored from a backup, some of its refunds may have been paid. So does one that is added to others:
    /// they may have paid refunds that it would pay.
    async fn add_account(&self, view: &View<'_>) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        if self.store.known_sender(network, &address).await?.is_some() {
            return Ok(());
        }
        // A nonce that one node makes up would never be reached. That it was used before is believed of one.
        let asked = self.connection.nodes.reached_by_most(|node| {
            Box::pin(async move { Ok(node.transaction_count(self.sender, BlockTag::Pending).await?) })
        });
        let next_nonce = asked.await?;
        let sent = next_nonce.max(view.pool_nonce).max(view.latest_nonce);
        let why = if sent > 0 {
            Some(ErrorText::new("payouts-detail-used-before").with("count", sent))
        } else {
            self.why_others_pause_it().await?
        };
        let pause = why.map(|why| Pause {
            reason: PauseReason::UnexplainedTransaction,
            detail: ErrorText::sentences([why, ErrorText::new("payouts-detail-reconcile-or-resume")]).stored(),
            at: self.context().now,
            by: None,
        });
        Ok(self.store.add_sender(&self.context(), network, &address, next_nonce, pause.as_ref()).await?)
    }

    /// Whether another account of the network has sent anything, or is not in the settings any more, so that nobody looks
    /// at it, or is paused: who has paused a network has meant this account too.
    async fn why_others_pause_it(&self) -> Result<Option<ErrorText>, ChainError> {
        let (network, own) = (self.connection.settings.network, self.address());
        let senders = &self.connection.settings.senders;
        let is_set = |account: &SenderAccount| senders.iter().any(|sender| notation(sender.address) == account.address);
        let mut others = self.store.sender_accounts().await?;
        others.retain(|other| other.network == network && other.address != own);
        let why = if others.iter().any(|other| other.next_nonce > 0 || !is_set(other)) {
            "payouts-detail-another-has-paid"
        } else if others.iter().any(|other| other.paused.is_some()) {
            "payouts-detail-paused-before"
        } else {
            return Ok(None);
        };
        Ok(Some(ErrorText::new(why)))
    }

    /// Reads the state of the chain from the first node that answers.
    async fn look(&self) -> Result<View<'_>, ChainError> {
        let mut last = None;
        for node in self.connection.nodes.all() {
            match self.look_through(node).await {
                Ok(view) => return Ok(view),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| ChainError::Broken("the network has no node".into())))
    }

    async fn look_through<'n>(&self, node: &'n Node) -> Result<View<'n>, ChainError> {
        let latest = node.latest().await?;
        let finalized = self.finality().height_of(node).await?.min(self.finality().height().await?);
        // Whatever is read up to the newest block would never end.
        if latest.number.to::<u64>().saturating_sub(finalized) > FURTHEST_AHEAD {
            return Err(node.unexpected("eth_getBlockByNumber", "its newest block is far above what is final").into());
        }
        Ok(View {
            latest_nonce: node.transaction_count(self.sender, BlockTag::Latest).await?,
            pool_nonce: node.transaction_count(self.sender, BlockTag::Pending).await?,
            fees: FeeLevel::read(node, &latest).await?,
            data_fee: data_fee(node, &self.connection.settings.facts).await?,
            node,
            latest,
            finalized,
        })
    }

    fn finality(&self) -> Finality<'_> {
        Finality { store: self.store, connection: self.connection, account: self.sender }
    }

    /// The account's next nonce as of a final block, as most nodes say it.
    async fn final_nonce(&self) -> Result<u64, ChainError> {
        self.finality().nonce().await
    }

    fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }

    fn address(&self) -> String {
        notation(self.sender)
    }

    /// Pauses the account: nothing new is signed until a person has looked into it. If it is paused, people see the newest
    /// cause.
    async fn pause(&self, reason: PauseReason, detail: ErrorText) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let pause = Pause { reason, detail: detail.stored(), at: self.context().now, by: None };
        if self.store.pause_sender(&self.context(), network, &address, &pause).await? {
            let detail = english_stored(&pause.detail);
            tracing::error!(network = network.code(), sender = address, detail, "payouts are paused");
        }
        Ok(())
    }

    async fn is_paused(&self) -> Result<bool, ChainError> {
        let account = self.store.known_sender(self.connection.settings.network, &self.address()).await?;
        Ok(account.is_some_and(|account| account.paused.is_some()))
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        let account = self.store.known_sender(self.connection.settings.network, &self.address()).await?;
        Ok(account.map_or(0, |account| account.next_nonce))
    }
}

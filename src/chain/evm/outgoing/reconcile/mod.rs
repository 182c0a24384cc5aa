//! Compares database, signer and chain after a backup was restored, or after the key was used elsewhere, and takes over what
//! is proven. What is not proven is listed for a person, and never guessed.
//!
//! Nothing new is signed here. What was signed and is not known here is sent only if a person says so. Payouts have to be
//! paused, and stay paused until a person resumes them.

mod assign;
mod authorized;
mod found;
mod gaps;
mod memory;
mod paid_otherwise;
mod search;

use super::{LEASE, Outgoing, View, authorizations::is_authorization, signer::NoMemory};
use crate::{
    chain::{
        ChainError,
        evm::{assigned::assigned_to_another, nodes::Agreed, rpc::Receipt},
    },
    domain::{
        address::network::Network,
        error::{ErrorText, TextValue},
        ids::RefundId,
        refunds::transfer::{Transfer, TransferStatus},
    },
    evm::abi,
    signer::protocol::Coin,
    store::refunds::{
        reconciliation::OpenRefund,
        senders::UnexplainedTransaction,
        transfers::{TransferEnd, TransferWithAttempts},
    },
};
pub use assign::{BeforeExplanation, Mismatch};
use found::Found;
use memory::Memory;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How often to look whether another server has ended its work.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// What to do with what the signer has signed for refunds that are not known here, and what is in no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orphans {
    /// It is told. A thief of the server can have had it signed.
    Tell,
    /// A person has looked at it: it is sent. Its nonce holds up all later ones.
    Send,
}

/// What a reconciliation has found and done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    pub network: Network,
    pub sender: String,
    /// Refunds whose transfers were found in the signer's memory. They are followed like all others now.
    pub adopted: Vec<RefundId>,
    /// Refunds that were found to have ended.
    pub ended: Vec<(RefundId, TransferStatus)>,
    /// What a person has to explain, or to assign to a refund.
    pub unexplained: Vec<UnexplainedTransaction>,
    /// The refunds that each of these transactions can be assigned to, by its hash.
    pub fitting: BTreeMap<String, Vec<RefundId>>,
    /// What has to become final first, or has to be done first. These texts are as they are stored.
    pub waiting: Vec<String>,
    /// What cannot be proven.
    pub unproven: Vec<String>,
    pub next_nonce: u64,
    /// The blocks that were searched, both inclusive.
    pub searched: (u64, u64),
}

impl Reconciliation {
    /// What was signed for a planned transfer has paid another refund. The token and the signer can both know it.
    fn tell_assigned(&mut self, paid_by: &str, id: RefundId) {
        let told = assigned_to_another(paid_by, id).stored();
        if !self.waiting.contains(&told) {
            self.waiting.push(told);
        }
    }
}

impl Outgoing<'_> {
    /// Compares everything once. `None` if another server works for the account longer than its lease, or if the account
    /// was never used here.
    pub async fn reconcile(self, orphans: Orphans) -> Result<Option<Reconciliation>, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        if self.store.known_sender(network, &address).await?.is_none() || !self.wait_for_lease().await? {
            return Ok(None);
        }
        let report = self.reconcile_leased(orphans).await;
        self.store.release_sender(network, &address).await?;
        report.map(Some)
    }

    /// Takes the lease as soon as the server that has it ends its round.
    async fn wait_for_lease(&self) -> Result<bool, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let started = self.clock.elapsed();
        let longest = LEASE.to_std().unwrap_or_default();
        loop {
            let now = self.context().now;
            if self.store.lease_sender(network, &address, now, now + LEASE).await? {
                return Ok(true);
            }
            if self.clock.elapsed().saturating_sub(started) > longest {
                return Ok(false);
            }
            // Another process has it, so nothing in this one can be awaited.
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    pub(super) async fn extend_lease(&self) -> Result<(), ChainError> {
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        if self.store.lease_sender(network, &address, now, now + LEASE).await? {
            return Ok(());
        }
        Err(ChainError::Unavailable("another server has begun to work for the account; try again".into()))
    }

    async fn reconcile_leased(&self, orphans: Orphans) -> Result<Reconciliation, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let view = self.look().await?;
        let latest = view.latest.number.to();
        let mut report = Reconciliation {
            network,
            sender: address.clone(),
            adopted: Vec::new(),
            ended: Vec::new(),
            unexplained: Vec::new(),
            fitting: BTreeMap::new(),
            waiting: Vec::new(),
            unproven: Vec::new(),
            next_nonce: 0,
            searched: (latest, latest),
        };
        let open = self.store.open_refunds(network).await?;
        let memory = self.read_memory().await?;
        let remembered = match &memory {
            Ok(memory) => self.adopt_remembered(memory, &mut report).await?,
            Err(_) => memory::Remainder::default(),
        };
        self.extend_lease().await?;
        self.track(&view).await?;
        self.adopt_revocations(&remembered, &mut report).await?;
        self.end_authorized(&view, &open, &mut report).await?;
        self.extend_lease().await?;
        self.end_signed_otherwise(&view, &remembered.orphans, &mut report).await?;
        let search = self.search(&view, &open, (&remembered, orphans), &mut report).await?;
        self.end_displaced(&view, &open, &search, &mut report).await?;
        self.store.forget_known(network, &address).await?;
        self.store.advance_next_nonce(network, &address, search.final_nonce).await?;
        let account = self.store.known_sender(network, &address).await?;
        report.next_nonce = account.map_or(0, |account| account.next_nonce);
        report.waiting.extend(self.fill_gaps(&view, report.next_nonce, orphans).await?);
        let seen = view.latest_nonce.max(view.pool_nonce);
        if seen > report.next_nonce {
            let text = ErrorText::new("payouts-detail-unknown-not-final");
            report.waiting.push(text.with("count", seen - report.next_nonce).stored());
        }
        self.tell_doubts(&memory, &search, &mut report).await?;
        report.unexplained = self.store.unexplained_transactions(network, &address).await?;
        report.fitting = self.fitting(&view, &report.unexplained).await?;
        Ok(report)
    }

    async fn end_planned(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        (receipt, is_paid): (&Agreed<Receipt>, bool),
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let with = TransferWithAttempts {
            transfer: transfer.clone(),
            attempts: Vec::new(),
            broadcast_at: None,
            overtaken_height: None,
        };
        let (status, has_ended) = if is_paid {
            let assigned = match self.store.authorization_assigned(transfer.id).await? {
                None => self.assigned_before(transfer, receipt).await?,
                assigned => assigned,
            };
            if let Some(paid_by) = assigned {
                report.tell_assigned(&paid_by, transfer.id);
                return Ok(());
            }
            if !self.has_paid(&[self.sender], &with, receipt)? {
                return self.end_paid_otherwise(view, transfer, receipt.transaction_hash, report).await;
            }
            // Whoever else submitted the authorisation has paid the fee.
            let fee = if receipt.from == self.sender { Some(self.fee_of(receipt).await?) } else { None };
            (TransferStatus::Completed, self.complete(view, &with, receipt, fee).await?)
        } else {
            // Whoever cancelled the authorisation wanted that nothing is paid.
            let status = TransferStatus::Withdrawn;
            let end = TransferEnd { status, transaction_hash: None, height: None, fee: None };
            (status, self.finish(view, &with, receipt, end).await?)
        };
        if has_ended {
            report.ended.push((transfer.id, status));
        }
        Ok(())
    }

    /// Ends transfers whose nonces another transaction has used. If that transaction paid exactly the same, it was a
    /// version that is not known here. If it did something else, it has to be explained first; then nothing was paid.
    async fn end_displaced(
        &self,
        view: &View<'_>,
        open: &[OpenRefund],
        search: &search::Search,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let (_, explained) = self.store.nonces_of_found(network, &address).await?;
        let accounts = &[self.sender];
        for with in self.store.transfers_under_way(network, &address).await? {
            let transfer = &with.transfer;
            let Some(nonce) = transfer.nonce.filter(|_| transfer.status == TransferStatus::Displaced) else { continue };
            let used_by = self.explained_use(view, explained.get(&nonce), nonce).await?;
            let by = search.by_nonce.get(&nonce).filter(|found| view.is_final(&found.receipt)).or(used_by.as_ref());
            let is_authorized = with.attempts.iter().any(is_authorization);
            let is_used = || self.connection.is_authorization_used(accounts, transfer.id, transfer.amount.currency());
            if let Some(found) = by
                && self.pays(found, transfer)
                && !self.store.is_transaction_known(&found.hash.to_string()).await?
            {
                if is_authorized && !is_used().await? {
                    let text = ErrorText::new("payouts-detail-paid-without-authorization");
                    let text = text.with("refund", transfer.id.to_string()).with("hash", found.hash.to_string());
                    report.waiting.push(text.stored());
                    continue;
                }
                let fee = self.fee_of(&found.receipt).await?;
                if self.complete(view, &with, &found.receipt, Some(fee)).await? {
                    report.ended.push((transfer.id, TransferStatus::Completed));
                }
                continue;
            }
            let Some(used_by) = used_by else {
                let text = ErrorText::new("payouts-detail-nonce-of-refund-used");
                let text = text.with("refund", transfer.id.to_string()).with("nonce", nonce.to_string());
                report.waiting.push(text.stored());
                continue;
            };
            if is_used().await? {
                let refund = open.iter().find(|refund| refund.id == transfer.id);
                self.end_displaced_authorization(view, &with, refund, report).await?;
            } else if is_authorized {
                // Its authorisation was in the pool, where anybody could read it. It is revoked when payouts are resumed.
                self.store.record_revoking(&self.context(), transfer.id).await?;
                report.ended.push((transfer.id, TransferStatus::Revoking));
            } else {
                let status = TransferStatus::Reverted;
                let end = TransferEnd { status, transaction_hash: None, height: None, fee: None };
                if self.finish(view, &with, &used_by.receipt, end).await? {
                    report.ended.push((transfer.id, TransferStatus::Reverted));
                }
            }
        }
        Ok(())
    }

    /// The final transaction of the account with this nonce, if it is the one that a person has explained.
    async fn explained_use(
        &self,
        view: &View<'_>,
        hash: Option<&String>,
        nonce: u64,
    ) -> Result<Option<Found>, ChainError> {
        let Some(hash) = hash.and_then(|hash| hash.parse().ok()) else { return Ok(None) };
        let found = self.found(hash).await?;
        Ok(found.filter(|found| found.nonce == Some(nonce) && view.is_final(&found.receipt)))
    }

    /// Its authorisation was used or cancelled. If it was used in a final block, `track` has ended it.
    async fn end_displaced_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        refund: Option<&OpenRefund>,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let id = with.transfer.id;
        let (Some(refund), Some(Coin::Token(contract))) =
            (refund, self.connection.coin(with.transfer.amount.currency()))
        else {
            return Ok(());
        };
        let event = self.authorization_end(view, contract, refund).await?;
        match event.filter(|(kind, _)| *kind == abi::AUTHORIZATION_CANCELED) {
            Some((_, receipt)) if view.is_final(&receipt) => {
                let status = TransferStatus::Cancelled;
                let (transaction_hash, height) =
                    (Some(receipt.transaction_hash.to_string()), Some(receipt.block_number.to()));
                let end = TransferEnd { status, transaction_hash, height, fee: None };
                if self.finish(view, with, &receipt, end).await? {
                    report.ended.push((id, TransferStatus::Cancelled));
                }
            }
            _ => {
                let text = ErrorText::new("payouts-detail-authorization-not-final");
                report.waiting.push(text.with("refund", id.to_string()).stored());
            }
        }
        Ok(())
    }

    /// Says which refunds may have been paid without any trace that this server can see.
    async fn tell_doubts(
        &self,
        memory: &Result<Memory, NoMemory>,
        search: &search::Search,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let sent = search.by_nonce.values().map(|found| found.hash.to_string()).collect::<BTreeSet<_>>();
        let reason = match memory {
            Err(reason) => reason.text(),
            Ok(memory) if memory.lacks_some => ErrorText::new("payouts-detail-memory-lacks-stored"),
            Ok(memory) if !sent.iter().all(|hash| memory.has(hash)) => {
                ErrorText::new("payouts-detail-memory-lacks-sent")
            }
            // Only the signer can sign, and it remembers everything: what it does not know was never paid.
            Ok(_) => return Ok(()),
        };
        let reason = TextValue::sentences([reason]);
        if memory.is_err() && !self.is_used() {
            let text = ErrorText::new("payouts-detail-name-its-signer").with("reason", reason.clone());
            report.unproven.push(text.stored());
        }
        let planned = self.store.planned_transfers(network, &address).await?;
        let doubtful: Vec<_> =
            planned.iter().filter(|one| !self.is_authorized(one)).map(|one| one.id.to_string()).collect();
        if !doubtful.is_empty() {
            let text = ErrorText::new("payouts-detail-maybe-paid").with("reason", reason);
            let text = text.with("count", doubtful.len()).with("refunds", doubtful.join(", "));
            report.unproven.push(text.stored());
        }
        Ok(())
    }
}

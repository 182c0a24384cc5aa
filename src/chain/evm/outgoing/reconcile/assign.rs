//! Decisions of a person: a transaction paid a refund, and payouts go on.

use super::{
    super::{gaps::Gap, signer::NoMemory},
    Outgoing, View,
    found::Found,
    paid_otherwise::PaidOtherwise,
};
use crate::{
    chain::{ChainError, evm::nodes::Disagreement},
    domain::{
        error::{ErrorText, TextValue},
        ids::RefundId,
        refunds::{
            refund::RefundStatus,
            transfer::{Transfer, TransferStatus},
        },
    },
    store::refunds::{reconciliation::OpenRefund, senders::UnexplainedTransaction},
    texts::errors::english_text,
};
use alloy_primitives::B256;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How many refunds are offered for one transaction.
const FITTING: usize = 50;

/// What there is to know before a person explains a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeforeExplanation {
    Nothing,
    /// Why it must not be explained yet.
    Obstacle(ErrorText),
    /// No node knows it any more. If it comes back, it has to be explained again.
    Vanished,
}

/// Why a transaction is not the payment of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    NotFound,
    NotFinal,
    Known,
    NoTransfer,
    NotPlanned,
    OtherPayment,
    NotCorrectable,
}

impl Mismatch {
    /// What people read about it.
    pub const fn text(self) -> ErrorText {
        ErrorText::new(match self {
            Self::NotFound => "error-transaction-in-no-block",
            Self::NotFinal => "error-transaction-not-final",
            Self::Known => "error-transaction-known",
            Self::NoTransfer => "error-no-transfer-planned",
            Self::NotPlanned => "error-transfer-not-planned",
            Self::OtherPayment => "error-other-payment",
            Self::NotCorrectable => "error-not-correctable",
        })
    }
}

impl Outgoing<'_> {
    /// Ends the transfer of a refund as paid by a transaction that is not known here, if that did exactly what the refund
    /// has to pay, or has paid another amount by the refund's own authorisation.
    pub async fn assign(self, hash: B256, id: RefundId) -> Result<Result<(), Mismatch>, ChainError> {
        // Two people could assign it to two refunds at the same moment.
        if !self.wait_for_lease().await? {
            return Err(ChainError::Unavailable("another server works for the account; try again".into()));
        }
        let done = self.assign_leased(hash, id).await;
        self.store.release_sender(self.connection.settings.network, &self.address()).await?;
        done
    }

    async fn assign_leased(&self, hash: B256, id: RefundId) -> Result<Result<(), Mismatch>, ChainError> {
        let view = self.look().await?;
        if self.store.is_transaction_known(&hash.to_string()).await? {
            return Ok(Err(Mismatch::Known));
        }
        let Some(with) = self.store.refund_transfer(id).await? else { return Ok(Err(Mismatch::NoTransfer)) };
        if let Err(mismatch) = self.require_open(&with.transfer) {
            return Ok(Err(mismatch));
        }
        let Some(found) = self.found(hash).await? else { return Ok(Err(Mismatch::NotFound)) };
        if let Err(mismatch) = self.require_assignable(&view, &found, &with.transfer) {
            return Ok(Err(mismatch));
        }
        let fee = if found.nonce.is_some() { Some(self.fee_of(&found.receipt).await?) } else { None };
        self.extend_lease().await?;
        if self.store.is_transaction_known(&hash.to_string()).await? {
            return Ok(Err(Mismatch::Known));
        }
        if self.is_authorized_payment(&found, &with.transfer) {
            return Ok(match self.end_as_paid(&view, &with.transfer, &found).await? {
                PaidOtherwise::Ended => Ok(()),
                PaidOtherwise::NotPaid => Err(Mismatch::NotPlanned),
                PaidOtherwise::NotCorrectable(why) => {
                    tracing::warn!(refund = %id, "{}", english_text(&why));
                    Err(Mismatch::NotCorrectable)
                }
            });
        }
        if self.complete(&view, &with, &found.receipt, fee).await? {
            return Ok(Ok(()));
        }
        Ok(Err(Mismatch::NotPlanned))
    }

    /// Rejects a transfer that no transaction can be assigned to. One that was displaced may have been paid by another
    /// transaction of its account only.
    fn require_open(&self, transfer: &Transfer) -> Result<(), Mismatch> {
        let is_open = match transfer.status {
            TransferStatus::Planned => true,
            TransferStatus::Displaced => transfer.sender == self.address(),
            _ => false,
        };
        let is_here = transfer.network == self.connection.settings.network;
        if is_open && is_here { Ok(()) } else { Err(Mismatch::NotPlanned) }
    }

    /// Rejects a transaction that cannot be assigned to a transfer. Pages offer the refunds to which it can. An authorisation
    /// names its refund, so the amount may be another one then: rates have moved since a restore.
    fn require_assignable(&self, view: &View<'_>, found: &Found, transfer: &Transfer) -> Result<(), Mismatch> {
        match self.require_payment(view, found, transfer) {
            Err(Mismatch::OtherPayment) if self.is_authorized_payment(found, transfer) => Ok(()),
            required => required,
        }
    }

    /// Rejects a transaction that is not exactly the payment of a transfer.
    pub(super) fn require_payment(&self, view: &View<'_>, found: &Found, transfer: &Transfer) -> Result<(), Mismatch> {
        self.require_open(transfer)?;
        if found.height > view.finalized {
            return Err(Mismatch::NotFinal);
        }
        if self.may_have_paid(found, transfer) { Ok(()) } else { Err(Mismatch::OtherPayment) }
    }

    /// The transfers that a transaction of the account can be the payment of.
    pub(super) async fn assignable(&self) -> Result<Vec<Transfer>, ChainError> {
        let network = self.connection.settings.network;
        let mut transfers = self.store.planned_on(network).await?;
        let under_way = self.store.transfers_under_way(network, &self.address()).await?;
        transfers.extend(under_way.into_iter().map(|with| with.transfer));
        transfers.retain(|transfer| self.require_open(transfer).is_ok());
        Ok(transfers)
    }

    /// The refunds that each of these transactions can be assigned to. One that is in no block, or is not final, is left
    /// out.
    pub(super) async fn fitting(
        &self,
        view: &View<'_>,
        unexplained: &[UnexplainedTransaction],
    ) -> Result<BTreeMap<String, Vec<RefundId>>, ChainError> {
        let (transfers, mut fitting) = (self.assignable().await?, BTreeMap::new());
        for item in unexplained {
            let Ok(hash) = item.transaction_hash.parse() else { continue };
            let Some(found) = self.found(hash).await? else { continue };
            let is_known = self.store.is_transaction_known(&item.transaction_hash).await?;
            if found.height <= view.finalized {
                let fits = |transfer: &&Transfer| !is_known && self.require_assignable(view, &found, transfer).is_ok();
                let refunds = transfers.iter().filter(fits).map(|transfer| transfer.id).take(FITTING).collect();
                fitting.insert(item.transaction_hash.clone(), refunds);
            }
            self.extend_lease().await?;
        }
        Ok(fitting)
    }

    /// Looks whether a transaction may be explained. Not if it has paid exactly what a refund that waits here has to pay,
    /// which would be paid again.
    pub async fn before_explanation(self, hash: B256) -> Result<BeforeExplanation, ChainError> {
        let network = self.connection.settings.network;
        if let Some(obstacle) = self.payment_still_possible(hash).await? {
            return Ok(BeforeExplanation::Obstacle(obstacle));
        }
        let Some(found) = self.found(hash).await? else {
            // As long as one node has it, it may be mined at any moment.
            let nodes = &self.connection.nodes;
            let is_known = nodes.agreed(|node| Box::pin(async move { Ok(node.transaction(hash).await?.is_some()) }));
            return match is_known.await {
                Ok(is_known) if !*is_known => Ok(BeforeExplanation::Vanished),
                Ok(_) | Err(Disagreement::Contradiction(..)) => {
                    Ok(BeforeExplanation::Obstacle("error-this-transaction-in-no-block".into()))
                }
                Err(error @ Disagreement::TooFew { .. }) => Err(error.into()),
            };
        };
        if self.store.is_transaction_known(&hash.to_string()).await? {
            // It has paid a refund, so it can pay no other. People are told what became of that.
            return Ok(BeforeExplanation::Nothing);
        }
        let planned = self.assignable().await?;
        if let Some(transfer) = planned.iter().find(|transfer| self.may_have_paid(&found, transfer)) {
            let text = ErrorText::new("error-transaction-pays-refund");
            return Ok(BeforeExplanation::Obstacle(text.with("refund", transfer.id.to_string())));
        }
        let open = self.store.open_refunds(network).await?;
        let waiting = self.waiting_paid_by(&found, &open).map(end_it_first);
        Ok(waiting.map_or(BeforeExplanation::Nothing, BeforeExplanation::Obstacle))
    }

    /// What has to be reconciled before payouts that are paused since then may go on; nothing if they may.
    pub async fn resume_obstacles(self, paused_at: DateTime<Utc>) -> Result<Vec<ErrorText>, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let Some(account) = self.store.known_sender(network, &address).await? else { return Ok(Vec::new()) };
        let view = self.look().await?;
        let unexplained = self.store.unexplained_transactions(network, &address).await?;
        let mut obstacles = Vec::new();
        if account.must_be_reconciled(self.last_reconciled().await?) {
            let text = ErrorText::new("payouts-detail-not-compared").with("account", address.as_str());
            obstacles.push(text.with("code", network.code()));
        }
        obstacles.extend(unexplained.into_iter().map(not_explained));
        for with in self.store.transfers_under_way(network, &address).await? {
            if with.transfer.status == TransferStatus::Displaced {
                let text = ErrorText::new("payouts-detail-nonce-used-by-another");
                obstacles.push(text.with("refund", with.transfer.id.to_string()));
            }
        }
        let seen = view.latest_nonce.max(view.pool_nonce);
        if seen > account.next_nonce {
            let text = ErrorText::new("payouts-detail-unknown-to-database");
            obstacles.push(text.with("count", seen - account.next_nonce));
        }
        if self.is_used() || !self.was_reconciled_since(paused_at).await? {
            obstacles.extend(self.gaps(&view, account.next_nonce).await?.iter().map(Gap::story));
        }
        let no_memory = self.no_memory().await?;
        let signatures = match no_memory {
            None => self.signatures_from(self.final_nonce().await?).await?,
            Some(_) => None,
        };
        // A signer that does not answer signs nothing either, and the next round asks again. About an account that the
        // settings do not have, none does: then people have to know what cannot be proven, as a reconciliation tells it.
        if signatures.is_none() && !self.is_used() && !self.was_reconciled_since(paused_at).await? {
            let reason = TextValue::sentences([no_memory.unwrap_or(NoMemory::NoAnswer).text()]);
            let text = ErrorText::new("payouts-detail-nobody-can-say");
            obstacles.push(text.with("account", address.as_str()).with("reason", reason));
        }
        let signatures = signatures.unwrap_or_default();
        let hashes: Vec<_> = signatures.iter().map(|one| one.signed.hash.to_string()).collect();
        let mut known = std::collections::BTreeSet::new();
        for part in hashes.chunks(500) {
            known.extend(self.store.known_attempts(part).await?);
        }
        // An account is left also because of what nobody can explain. Then it is enough that people were told. Also if another
        // account is to pay the same refund: its signer refuses that, or the signer that knows it is asked before (`paid_before`),
        // so this refund waits, and not all refunds of the network for ever.
        let is_told = self.is_left().await && self.was_reconciled_since(paused_at).await?;
        for (signature, hash) in signatures.iter().zip(&hashes) {
            if !known.contains(hash) && !is_told {
                let text = ErrorText::new("payouts-detail-signature-not-known");
                let text = text.with("transfer", signature.transfer.to_string());
                obstacles.push(text.with("nonce", signature.nonce.to_string()));
            }
        }
        Ok(obstacles)
    }

    async fn was_reconciled_since(&self, paused_at: DateTime<Utc>) -> Result<bool, ChainError> {
        Ok(self.last_reconciled().await?.is_some_and(|at| at >= paused_at))
    }

    /// When it was last reconciled, in this pause or before.
    async fn last_reconciled(&self) -> Result<Option<DateTime<Utc>>, ChainError> {
        let account = (self.connection.settings.network, self.address());
        Ok(self.store.last_reconciliations().await?.get(&account).map(|(_, at)| *at))
    }
}

fn not_explained(found: UnexplainedTransaction) -> ErrorText {
    let what = TextValue::sentences([ErrorText::of_stored(&found.detail)]);
    ErrorText::new("payouts-detail-not-explained").with("hash", found.transaction_hash).with("what", what)
}

/// What to do with a refund without a transfer before a transaction is explained that has paid exactly the same.
pub(super) fn end_it_first(refund: &OpenRefund) -> ErrorText {
    let id = match refund.status {
        RefundStatus::AwaitingApproval => "error-pays-refund-awaiting-approval",
        RefundStatus::AwaitingConfirmation => "error-pays-refund-awaiting-confirmation",
        RefundStatus::Pending | RefundStatus::Processing | RefundStatus::Completed | RefundStatus::Rejected => {
            "error-pays-refund-awaiting-time"
        }
    };
    ErrorText::new(id).with("refund", refund.id.to_string())
}

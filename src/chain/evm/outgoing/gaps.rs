//! Nonces that the account has used and that the chain does not have any more, because the network removed final blocks.
//! Whatever is signed with a later nonce would wait in the pools for ever, so payouts wait until the gap is filled.

use super::{Outgoing, View};
use crate::{
    chain::ChainError,
    domain::{
        address::network::Network,
        error::ErrorText,
        refunds::transfer::{Attempt, AttemptKind, TransferStatus},
    },
    store::refunds::{found_payments::FoundPayment, transfers::TransferWithAttempts},
};
use std::collections::BTreeSet;

/// How many are looked at.
const LISTED: usize = 500;

/// A nonce that is missing on the chain.
pub(super) struct Gap {
    network: Network,
    nonce: u64,
    /// The transfer that had used it and has ended; `None` if the transaction was not made here.
    ended: Option<TransferWithAttempts>,
    /// The refunds that its transaction has paid without being signed for them.
    paid: Vec<FoundPayment>,
    /// Its transaction pays a refund whose customer was paid in another way since, as a person has explained.
    is_paid_otherwise: bool,
}

impl Gap {
    /// The transaction that may be sent again as it was signed: it does what the transfer's end says. The payment of a
    /// transfer that failed in a block could pay now what was given up, and one that was paid in another way could be paid
    /// twice. The revocation of one that was paid could take its place, if that payment was removed too. Nothing takes the
    /// nonce of a transaction that has paid another refund.
    pub(super) fn attempt(&self) -> Option<&Attempt> {
        if !self.paid.is_empty() || self.is_paid_otherwise {
            return None;
        }
        let TransferWithAttempts { transfer, attempts, .. } = self.ended.as_ref()?;
        let is_revocation = transfer.revocation_nonce == Some(self.nonce);
        let kind = match transfer.status {
            TransferStatus::Completed if is_revocation => return None,
            _ if is_revocation => AttemptKind::Revocation,
            TransferStatus::Completed => AttemptKind::Payment,
            TransferStatus::Cancelled => AttemptKind::Cancellation,
            _ => return None,
        };
        let of_kind = || attempts.iter().filter(|attempt| attempt.kind == kind);
        let is_end = |attempt: &&Attempt| Some(&attempt.hash) == transfer.transaction_hash.as_ref();
        let newest = || of_kind().next_back().filter(|_| kind != AttemptKind::Payment);
        of_kind().find(is_end).or_else(newest)
    }

    /// What is missing and what to do about it.
    pub(super) fn story(&self) -> ErrorText {
        if let Some(story) = self.story_of_paid() {
            return story;
        }
        let text = |id, with: &TransferWithAttempts| ErrorText::new(id).with("refund", with.transfer.id.to_string());
        let text = match (&self.ended, self.attempt()) {
            (Some(with), Some(attempt)) => text("payouts-detail-gap-to-send", with)
                .with("hash", attempt.hash.as_str())
                .with("code", with.transfer.network.code()),
            (Some(with), None) if with.transfer.status == TransferStatus::Completed => {
                text("payouts-detail-gap-paid-otherwise", with)
            }
            (Some(with), None) => text("payouts-detail-gap-failed", with),
            (None, _) => ErrorText::new("payouts-detail-gap-unknown"),
        };
        text.with("nonce", self.nonce.to_string())
    }

    /// The same of a transaction that has paid refunds and is no version of their transfers. They are completed, and stay so.
    fn story_of_paid(&self) -> Option<ErrorText> {
        let (nonce, hash) = (self.nonce.to_string(), &self.paid.first()?.transaction_hash);
        let refunds: Vec<_> = self.paid.iter().map(|paid| paid.transfer.to_string()).collect();
        let of_paid = |id| {
            let text = ErrorText::new(id).with("hash", hash.as_str()).with("nonce", nonce.as_str());
            text.with("refunds", refunds.join(", "))
        };
        if self.is_paid_otherwise {
            return Some(of_paid("payouts-detail-gap-not-sent-again"));
        }
        let story = of_paid("payouts-detail-gap-exactly-that").with("code", self.network.code());
        let own = self.ended.as_ref().map(|with| {
            let text = ErrorText::new("payouts-detail-gap-own-payment");
            text.with("refund", with.transfer.id.to_string()).with("nonce", nonce.as_str())
        });
        Some(ErrorText::sentences([Some(story), own].into_iter().flatten()))
    }
}

impl Outgoing<'_> {
    /// What is missing between the account's nonce on the chain and its next nonce here.
    pub(super) async fn gaps(&self, view: &View<'_>, next_nonce: u64) -> Result<Vec<Gap>, ChainError> {
        if view.latest_nonce >= next_nonce {
            return Ok(Vec::new());
        }
        let (network, address) = (self.connection.settings.network, self.address());
        let under_way = self.store.transfers_under_way(network, &address).await?;
        let of = |with: &TransferWithAttempts| [with.transfer.nonce, with.transfer.revocation_nonce];
        let mut followed: BTreeSet<u64> = under_way.iter().flat_map(of).flatten().collect();
        // A transfer that was displaced does not fill it: what displaced it has paid another refund.
        let paid = self.store.found_payments_from_nonce(network, &address, view.latest_nonce).await?;
        followed.retain(|nonce| !paid.iter().any(|paid| paid.nonce == *nonce));
        let mut missing = (view.latest_nonce..next_nonce).filter(|nonce| !followed.contains(nonce)).peekable();
        if missing.peek().is_none() {
            return Ok(Vec::new());
        }
        let ended = self.store.transfers_ended_from_nonce(network, &address, view.latest_nonce).await?;
        let otherwise = self.store.payments_made_otherwise(network).await?;
        let gap = |nonce| {
            let ended = ended.iter().find(|with| of(with).contains(&Some(nonce))).cloned();
            let paid: Vec<_> = paid.iter().filter(|paid| paid.nonce == nonce).cloned().collect();
            let versions = ended.iter().flat_map(|with| &with.attempts).map(|one| &one.hash);
            let is_paid_otherwise =
                versions.chain(paid.iter().map(|paid| &paid.transaction_hash)).any(|hash| otherwise.contains(hash));
            Gap { network, nonce, ended, paid, is_paid_otherwise }
        };
        Ok(missing.take(LISTED).map(gap).collect())
    }

    /// Whether the transaction that has used this nonce has paid a refund without being signed for it. If it is in no block
    /// any more, nothing else may take the nonce.
    pub(super) async fn has_paid_another(&self, nonce: u64) -> Result<bool, ChainError> {
        let network = self.connection.settings.network;
        let paid = self.store.found_payments_from_nonce(network, &self.address(), nonce).await?;
        Ok(paid.iter().any(|paid| paid.nonce == nonce))
    }
}

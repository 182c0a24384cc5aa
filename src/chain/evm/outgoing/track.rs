//! Follows what was signed: resends it, finds its block, and ends it when the block is final.

use super::{
    LEASE, Outgoing, View,
    authorizations::{is_authorization, uses_authorization},
    revoke::newest_revocation,
};
use crate::{
    chain::{
        ChainError,
        evm::{fees::fee_of, nodes::Agreed, rpc::Receipt},
    },
    domain::{
        error::ErrorText,
        money::Money,
        refunds::transfer::{Attempt, AttemptKind, PauseReason, Transfer, TransferStatus},
    },
    evm::{abi, units},
    signer::protocol::Coin,
    store::{
        self,
        refunds::transfers::{BlockPlace, TransferEnd, TransferWithAttempts},
    },
    texts::errors::english_text,
};
use alloy_primitives::{Address, B256, Bytes, U256};
use chrono::Duration;
use std::collections::HashMap;

/// How long after a broadcast the same bytes are sent again: nodes drop transactions without saying so.
const REBROADCAST: Duration = Duration::seconds(20);

impl Outgoing<'_> {
    /// Looks for every transfer that may have been sent. Returns how many ended.
    pub(super) async fn track(self, view: &View<'_>) -> Result<usize, ChainError> {
        let network = self.connection.settings.network;
        let under_way = self.store.transfers_under_way(network, &self.address()).await?;
        let hashes: Vec<B256> =
            under_way.iter().flat_map(|with| &with.attempts).filter_map(|attempt| attempt.hash.parse().ok()).collect();
        let found = view.node.receipts(&hashes).await?.into_iter().flatten();
        let mut receipts: HashMap<B256, Receipt> = found.map(|receipt| (receipt.transaction_hash, receipt)).collect();
        let (mut ended, mut leased_at) = (0, None);
        for with in under_way {
            // Looking at many transfers takes longer than a lease lasts.
            let now = self.context().now;
            if leased_at.is_none_or(|at| now - at > LEASE / 3) {
                self.extend_lease().await?;
                leased_at = Some(now);
            }
            let receipt_of = |attempt: &Attempt| receipts.remove(&attempt.hash.parse::<B256>().ok()?);
            if with.transfer.status == TransferStatus::Revoking {
                let receipt = newest_revocation(&with).find_map(receipt_of);
                self.fill_nonce_before_revocation(view, &with).await?;
                ended += usize::from(self.revoke(view, &with, receipt.as_ref()).await?);
                continue;
            }
            let receipt = with.attempts.iter().find_map(receipt_of);
            ended += usize::from(match receipt {
                Some(receipt) => self.follow_block(view, &with, &receipt).await?,
                None => self.follow_without_block(view, &with).await?,
            });
        }
        self.look_at_removed(view).await?;
        Ok(ended)
    }

    /// Sends what had used the nonce of a payment that is being revoked, if the network has removed its block: the revocation
    /// and all that follows would wait for that nonce for ever. The refund is open, so it may be paid now; if it is, its
    /// revocation finds out. Nothing takes the nonce of a transaction that has paid another refund (`gaps.rs`).
    async fn fill_nonce_before_revocation(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
    ) -> Result<(), ChainError> {
        let Some(nonce) = with.transfer.nonce.filter(|nonce| view.latest_nonce <= *nonce) else { return Ok(()) };
        // The newest has the highest fee, and pays nothing if it was to be cancelled.
        let newest = with.attempts.iter().rfind(|attempt| attempt.kind != AttemptKind::Revocation);
        let Some(newest) = newest.cloned() else { return Ok(()) };
        if self.has_paid_another(nonce).await? {
            return Ok(());
        }
        self.broadcast(&TransferWithAttempts { attempts: vec![newest], ..with.clone() }).await
    }

    /// A version of the transfer is in a block.
    async fn follow_block(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        receipt: &Receipt,
    ) -> Result<bool, ChainError> {
        let transfer = &with.transfer;
        let place = BlockPlace {
            transaction_hash: receipt.transaction_hash.to_string(),
            height: receipt.block_number.to(),
            block_hash: receipt.block_hash.to_string(),
        };
        let is_noted = transfer.status == TransferStatus::Mined
            && transfer.transaction_hash.as_ref() == Some(&place.transaction_hash)
            && transfer.block_height == Some(place.height);
        if !is_noted {
            self.store.record_block(&self.context(), transfer.id, Some(&place)).await?;
        }
        if transfer.held.is_some() {
            self.store.hold_transfer(&self.context(), transfer, None).await?;
        }
        if receipt.block_number.to::<u64>() > view.finalized {
            return Ok(false);
        }
        let read = Transfer { status: TransferStatus::Mined, ..transfer.clone() };
        self.end(view, &TransferWithAttempts { transfer: read, ..with.clone() }, receipt.transaction_hash).await
    }

    /// No version is in a block.
    async fn follow_without_block(&self, view: &View<'_>, with: &TransferWithAttempts) -> Result<bool, ChainError> {
        let transfer = &with.transfer;
        if transfer.status == TransferStatus::Mined {
            self.store.record_block(&self.context(), transfer.id, None).await?;
        }
        let Some(nonce) = transfer.nonce else { return Ok(false) };
        if view.latest_nonce <= nonce {
            if transfer.status == TransferStatus::Displaced && self.has_paid_another(nonce).await? {
                return Ok(false);
            }
            if with.overtaken_height.is_some() {
                self.store.record_overtaken(&self.context(), transfer.id, None).await?;
            }
            self.broadcast(with).await?;
            return Ok(false);
        }
        // Another transaction has used the nonce, or the node lags behind with its receipts. That is decided when the
        // block in which it was seen is final. (The nonce as of a final block cannot be asked for: most nodes keep the
        // state of 128 blocks.)
        match with.overtaken_height.filter(|height| *height <= view.latest.number.to::<u64>()) {
            None => {
                let seen_at = Some(view.latest.number.to());
                self.store.record_overtaken(&self.context(), transfer.id, seen_at).await?;
                Ok(false)
            }
            Some(height) if view.finalized < height => Ok(false),
            Some(_) => self.look_for_displacement(view, with, nonce).await,
        }
    }

    /// Sends the stored bytes of the newest version.
    pub(super) async fn broadcast(&self, with: &TransferWithAttempts) -> Result<(), ChainError> {
        let now = self.context().now;
        if with.broadcast_at.is_some_and(|at| now < at + REBROADCAST) {
            return Ok(());
        }
        let Some(attempt) = with.attempts.last() else { return Ok(()) };
        let (Ok(hash), Ok(raw)) = (attempt.hash.parse::<B256>(), attempt.raw.parse::<Bytes>()) else {
            return Err(ChainError::Broken("the stored bytes of a transfer cannot be read".into()));
        };
        self.connection.nodes.broadcast(hash, &raw).await;
        Ok(self.store.record_broadcast(&self.context(), with.transfer.id).await?)
    }

    /// The nonce was used in a final block, and the node knows none of our transactions in any block.
    async fn look_for_displacement(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        nonce: u64,
    ) -> Result<bool, ChainError> {
        if self.final_nonce().await? <= nonce {
            return Ok(false);
        }
        // Asked of all nodes, since one that has pruned its receipts would say the same.
        for attempt in &with.attempts {
            let Ok(hash) = attempt.hash.parse::<B256>() else { continue };
            let place = self.agreed_receipt(hash).await?;
            if let Some(receipt) = place {
                return self.follow_block(view, with, &receipt).await;
            }
        }
        if let Some(paid_by) = self.paid_by_authorization(view, with).await? {
            return self.complete(view, with, &paid_by, None).await;
        }
        let detail = ErrorText::new("payouts-detail-displaced").with("nonce", nonce.to_string());
        let is_new = self.store.record_displaced(&self.context(), with.transfer.id, &detail.stored()).await?;
        // A server can have been killed before it paused the account.
        if is_new || !self.is_paused().await? {
            self.pause(PauseReason::Displaced, detail).await?;
        }
        Ok(false)
    }

    /// Ends a transfer whose transaction is in a final block, after all nodes have said the same about it.
    async fn end(&self, view: &View<'_>, with: &TransferWithAttempts, hash: B256) -> Result<bool, ChainError> {
        let Some(receipt) = self.agreed_receipt(hash).await? else { return Ok(false) };
        if !view.is_final(&receipt) {
            return Ok(false);
        }
        let kind = with.attempts.iter().find(|attempt| attempt.hash == hash.to_string()).map(|attempt| attempt.kind);
        let fee = Some(self.fee_of(&receipt).await?);
        if kind == Some(AttemptKind::Payment) && receipt.succeeded() {
            if !self.has_paid(&[self.sender], with, &receipt)? {
                self.tell_shortfall(with, &receipt).await?;
            }
            return self.complete(view, with, &receipt, fee).await;
        }
        // An authorised transfer fails if somebody else submitted the authorisation first, and then it was paid.
        if let Some(paid_by) = self.paid_by_authorization(view, with).await? {
            return self.complete(view, with, &paid_by, fee).await;
        }
        if with.attempts.iter().any(is_authorization) && !self.revokes(&receipt, with) {
            // Nothing was paid, but the authorisation is still good: whoever has seen it could submit it later. So it is if
            // a signer that has forgotten the payment has signed a cancellation that revokes nothing.
            self.store.record_revoking(&self.context(), with.transfer.id).await?;
            return Ok(false);
        }
        let status = match kind {
            Some(AttemptKind::Cancellation) if receipt.succeeded() => TransferStatus::Cancelled,
            _ => TransferStatus::Reverted,
        };
        let end = TransferEnd { status, transaction_hash: Some(hash.to_string()), height: None, fee };
        self.finish(view, with, &receipt, end).await
    }

    /// Ends a transfer as paid by this transaction, to which it may not have been followed: its block is noted, so that
    /// `requite check` can compare what left the account there.
    pub(super) async fn complete(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        by: &Agreed<Receipt>,
        fee: Option<Money>,
    ) -> Result<bool, ChainError> {
        self.note_found_payment(view, with, by).await?;
        self.note_used_authorization(with, by).await?;
        let (transaction_hash, height) = (Some(by.transaction_hash.to_string()), Some(by.block_number.to()));
        let end = TransferEnd { status: TransferStatus::Completed, transaction_hash, height, fee };
        self.finish(view, with, by, end).await
    }

    /// Ends a transfer because of a transaction, if its block is final. Nothing else ends one.
    pub(super) async fn finish(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        by: &Agreed<Receipt>,
        end: TransferEnd,
    ) -> Result<bool, ChainError> {
        if !view.is_final(by) {
            return Ok(false);
        }
        let is_authorized = uses_authorization(by, with);
        match self.store.end_transfer(&self.context(), with, &end, is_authorized).await {
            // It was worked on meanwhile, so it has to be looked at again.
            Err(error @ store::Error::Refused(_)) => Err(ChainError::Unavailable(error.into())),
            ended => Ok(ended?),
        }
    }

    /// What the nodes say together of a transaction; `None` if it is in no block.
    pub(super) async fn agreed_receipt(&self, hash: B256) -> Result<Option<Agreed<Receipt>>, ChainError> {
        Ok(self.agreed_receipts(&[hash]).await?.pop().flatten())
    }

    async fn agreed_receipts(&self, hashes: &[B256]) -> Result<Vec<Option<Agreed<Receipt>>>, ChainError> {
        let tokens: Vec<Address> = self.connection.settings.tokens.values().copied().collect();
        let tokens = tokens.as_slice();
        let asked = self.connection.nodes.agreed(|node| {
            Box::pin(async move {
                let receipts = node.receipts(hashes).await?.into_iter();
                let evidence = |receipt: Option<Receipt>| receipt.map(|receipt| Evidence::of(receipt, tokens));
                Ok(receipts.map(evidence).collect::<Vec<_>>())
            })
        });
        let receipts = asked.await?.parts().map(|part| part.map(|of| of.map(|Evidence(receipt)| receipt)).transpose());
        Ok(receipts.collect())
    }

    /// Whether a successful transaction did what it had to do. One of these accounts may have paid: a transfer can have been
    /// ended by a transaction of another account than the one for which it was planned.
    pub(super) fn has_paid(
        &self,
        accounts: &[Address],
        with: &TransferWithAttempts,
        receipt: &Agreed<Receipt>,
    ) -> Result<bool, ChainError> {
        let transfer = &with.transfer;
        let (Some(Coin::Token(contract)), Some(units)) =
            (self.connection.coin(transfer.amount.currency()), self.connection.units(transfer.amount))
        else {
            return Ok(true);
        };
        let recipient: Address =
            transfer.recipient.parse().map_err(|_| ChainError::Broken("a stored address".into()))?;
        let is_from = |topics: &[B256]| {
            let words = |account: &Address| [abi::TRANSFER, abi::address_word(*account), abi::address_word(recipient)];
            accounts.iter().any(|account| topics == words(account))
        };
        Ok(receipt.logs.iter().any(|log| {
            log.address == contract && is_from(&log.topics) && abi::returned_number(&log.data) == Some(units)
        }))
    }

    /// What a transaction took. One that no account could have paid pauses the account: only people can find out what is
    /// wrong with the nodes.
    pub(super) async fn fee_of(&self, receipt: &Agreed<Receipt>) -> Result<Money, ChainError> {
        let (settings, wei) = (&self.connection.settings, fee_of(receipt));
        if let Some(fee) = units::from_units(settings.network, settings.facts.native, wei) {
            return Ok(fee);
        }
        let detail = ErrorText::new("payouts-detail-fee-not-bookable")
            .with("network", settings.network.title())
            .with("hash", receipt.transaction_hash.to_string())
            .with("wei", wei.to_string());
        let cause = english_text(&detail);
        self.pause(PauseReason::ChainContradicts, detail).await?;
        Err(ChainError::Broken(cause.into()))
    }

    /// What all transactions of a transfer took: a payment that failed, and the revocation after it.
    pub(super) async fn fee_of_all(&self, with: &TransferWithAttempts) -> Result<Option<Money>, ChainError> {
        let hashes: Vec<B256> = with.attempts.iter().filter_map(|attempt| attempt.hash.parse().ok()).collect();
        let mut total: Option<Money> = None;
        for receipt in self.agreed_receipts(&hashes).await?.iter().flatten() {
            let fee = self.fee_of(receipt).await?;
            total =
                Some(total.map_or(Ok(fee), |total| total.plus(fee)).map_err(|error| ChainError::Broken(error.into()))?);
        }
        Ok(total)
    }
}

/// A receipt, compared with those of other nodes by what decides about money: its place, its result, its fee, and what our
/// tokens have told. Nodes differ in what else they report, and some chains add events of their own, which are left out.
struct Evidence(Receipt);

impl Evidence {
    fn of(mut receipt: Receipt, tokens: &[Address]) -> Self {
        receipt.logs.retain(|log| tokens.contains(&log.address));
        Self(receipt)
    }

    fn result(&self) -> (B256, B256, u64, bool, Address, U256) {
        let Receipt { transaction_hash, block_hash, block_number, from, .. } = self.0;
        (transaction_hash, block_hash, block_number.to(), self.0.succeeded(), from, fee_of(&self.0))
    }

    fn events(&self) -> impl Iterator<Item = (Address, &[B256], &Bytes)> {
        self.0.logs.iter().map(|log| (log.address, log.topics.as_slice(), &log.data))
    }
}

impl PartialEq for Evidence {
    fn eq(&self, other: &Self) -> bool {
        self.result() == other.result() && self.events().eq(other.events())
    }
}

//! Revokes the authorisation of a transfer that failed. Its nonce is used up, but not the authorisation in it, which was
//! in the pool for everybody to see: submitted again later, it would pay a refund whose money was released.

use super::{LEASE, Outgoing, View, sign::attempt};
use crate::{
    chain::{
        ChainError,
        evm::{
            custody::{CustodyError, Signature},
            issuer,
            nodes::Agreed,
            rpc::Receipt,
        },
    },
    domain::{
        error::ErrorText,
        refunds::transfer::{Attempt, AttemptKind, HeldReason, PauseReason, TransferStatus},
    },
    error::with_causes,
    evm::{abi, transaction::Transaction},
    signer::protocol::{CancellationRequest, Coin, Fees},
    store::refunds::transfers::{TransferEnd, TransferWithAttempts},
};
use alloy_primitives::{B256, Bytes};

/// The versions of the newest revocation of a transfer. Those before it have failed, and had other nonces.
pub(super) fn newest_revocation(with: &TransferWithAttempts) -> impl DoubleEndedIterator<Item = &Attempt> {
    let nonce_of = |attempt: &Attempt| {
        let raw = attempt.raw.parse::<Bytes>().ok()?;
        Transaction::decode_signed(&raw).ok().map(|transaction| transaction.nonce)
    };
    let is_newest = move |attempt: &&Attempt| {
        attempt.kind == AttemptKind::Revocation && nonce_of(attempt) == with.transfer.revocation_nonce
    };
    with.attempts.iter().filter(is_newest)
}

/// More than `cancelAuthorization` takes.
const GAS: u64 = 120_000;

impl Outgoing<'_> {
    /// Signs a revocation, or follows the newest one. Returns whether the transfer has ended: reverted after its
    /// authorisation was revoked, or completed if somebody was faster.
    pub(super) async fn revoke(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        receipt: Option<&Receipt>,
    ) -> Result<bool, ChainError> {
        let is_revocation =
            |by: &Agreed<Receipt>| receipt.is_some_and(|receipt| receipt.transaction_hash == by.transaction_hash);
        let ended = self.ended_authorization(view, with).await?;
        // Used by somebody else, or revoked by a transaction that this database or the signer has forgotten.
        if let Some((kind, ended_by)) = ended.filter(|(_, by)| !is_revocation(by)) {
            if self.is_revocation_open(view, with).await? {
                // It does nothing any more, but whatever is signed with a later nonce waits for it.
                if receipt.is_none() {
                    self.broadcast_revocation(with).await?;
                }
                return Ok(false);
            }
            if kind != abi::AUTHORIZATION_USED {
                return self.end_revoked(view, with, &ended_by).await;
            }
            let fee = self.fee_of_all(with).await?;
            return self.complete(view, with, &ended_by, fee).await;
        }
        match receipt {
            None if with.transfer.revocation_nonce.is_none() => self.sign_revocation(view, with).await.map(|()| false),
            None if self.is_revocation_displaced(view, with).await? => {
                let detail = ErrorText::new("payouts-detail-revocation-displaced");
                self.repeat_revocation(view, with, PauseReason::Displaced, detail).await.map(|()| false)
            }
            None => self.broadcast_revocation(with).await.map(|()| false),
            Some(receipt) if receipt.block_number.to::<u64>() > view.finalized => Ok(false),
            Some(receipt) => {
                let Some(agreed) = self.agreed_receipt(receipt.transaction_hash).await? else { return Ok(false) };
                // Also if a signer that has forgotten the payment has signed a transaction that revokes nothing.
                if !self.revokes(&agreed, with) {
                    let detail = ErrorText::new("payouts-detail-revocation-failed");
                    let detail = detail.with("hash", receipt.transaction_hash.to_string());
                    let repeated = self.repeat_revocation(view, with, PauseReason::ChainContradicts, detail).await;
                    return repeated.map(|()| false);
                }
                self.end_revoked(view, with, &agreed).await
            }
        }
    }

    /// The payment has failed, and nothing can be paid any more.
    async fn end_revoked(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        revoked_by: &Agreed<Receipt>,
    ) -> Result<bool, ChainError> {
        let (transaction_hash, fee) = (with.transfer.transaction_hash.clone(), self.fee_of_all(with).await?);
        let end = TransferEnd { status: TransferStatus::Reverted, transaction_hash, height: None, fee };
        self.finish(view, with, revoked_by, end).await
    }

    /// Sends the newest revocation. The last version can be one of the payment, whose fee was raised.
    async fn broadcast_revocation(&self, with: &TransferWithAttempts) -> Result<(), ChainError> {
        let attempts = newest_revocation(with).cloned().collect();
        self.broadcast(&TransferWithAttempts { attempts, ..with.clone() }).await
    }

    /// Whether the nonce of the newest revocation, if there is one, is used in no final block.
    async fn is_revocation_open(&self, view: &View<'_>, with: &TransferWithAttempts) -> Result<bool, ChainError> {
        let Some(nonce) = with.transfer.revocation_nonce else { return Ok(false) };
        Ok(view.latest_nonce <= nonce || self.final_nonce().await? <= nonce)
    }

    /// Whether that nonce was used by another transaction, in a final block.
    async fn is_revocation_displaced(&self, view: &View<'_>, with: &TransferWithAttempts) -> Result<bool, ChainError> {
        if with.transfer.revocation_nonce.is_none() || self.is_revocation_open(view, with).await? {
            return Ok(false);
        }
        for version in newest_revocation(with) {
            let Ok(hash) = version.hash.parse::<B256>() else { continue };
            if self.agreed_receipt(hash).await?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A revocation failed in a final block, or was displaced. Another might fail in the same way, for another fee, so
    /// payouts are paused. After a person has looked into it and resumed them, another is signed.
    async fn repeat_revocation(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        reason: PauseReason,
        detail: ErrorText,
    ) -> Result<(), ChainError> {
        if self.waits_for_coin(view, with).await? {
            return Ok(());
        }
        let detail = detail.with("refund", with.transfer.id.to_string());
        let stored = detail.stored();
        let is_told = with.transfer.held.as_ref().is_some_and(|held| held.detail == stored);
        if is_told {
            return self.sign_revocation(view, with).await;
        }
        self.pause(reason, detail).await?;
        Ok(self.store.hold_transfer(&self.context(), &with.transfer, Some((HeldReason::Paused, &stored))).await?)
    }

    /// Whether the coin is paused, which refuses revocations too.
    async fn waits_for_coin(&self, view: &View<'_>, with: &TransferWithAttempts) -> Result<bool, ChainError> {
        let Some(Coin::Token(contract)) = self.connection.coin(with.transfer.amount.currency()) else {
            return Ok(false);
        };
        if !issuer::has_paused(view.node, contract).await? {
            return Ok(false);
        }
        let detail = ErrorText::new("payouts-detail-revoked-after-token").stored();
        let hold = Some((HeldReason::TokenPaused, detail.as_str()));
        self.store.hold_transfer(&self.context(), &with.transfer, hold).await?;
        Ok(true)
    }

    async fn sign_revocation(&self, view: &View<'_>, with: &TransferWithAttempts) -> Result<(), ChainError> {
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        if self.waits_for_coin(view, with).await? {
            return Ok(());
        }
        // It takes a nonce of its own. While payouts are paused the next nonce may not be what it seems: this database may
        // be older than what the account has sent.
        if view.latest_nonce.max(view.pool_nonce) > self.next_nonce().await?
            || !self.store.may_sign(network, &address, now + LEASE).await?
        {
            return Ok(());
        }
        let Some(account) = self.store.known_sender(network, &address).await? else { return Ok(()) };
        let (chain_id, nonce) = (self.connection.settings.facts.chain_id, account.next_nonce);
        // People may be asked to sign something else with this nonce.
        let awaited = self.store.awaited_signature(network, &address).await?;
        if awaited.is_some_and(|awaited| awaited.transfer != with.transfer.id) {
            return Ok(());
        }
        let fees =
            Fees { gas_limit: GAS, max_fee_per_gas: view.fees.offer(), max_priority_fee_per_gas: view.fees.priority };
        let fees = self.asked_fees(&with.transfer, AttemptKind::Revocation, nonce).await?.unwrap_or(fees);
        let request = CancellationRequest { transfer: with.transfer.id.0, chain_id, account: self.sender, nonce, fees };
        let signed = match self.cancel(view, &request, with).await {
            Ok(Signature::Signed(signed)) => signed,
            Ok(Signature::Waiting { .. }) => {
                return self.note_asked(&with.transfer, AttemptKind::Revocation, nonce, fees).await;
            }
            Err(error @ (CustodyError::Away(_) | CustodyError::Refused { .. })) => {
                let id = with.transfer.id;
                tracing::warn!(refund = %id, error = %with_causes(&error), "an authorisation cannot be revoked; trying again");
                return self.hold_replacement(with, AttemptKind::Revocation, &error).await;
            }
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        let revocation = attempt(&signed, &fees, AttemptKind::Revocation, self.context().now);
        if self.store.record_revocation(&self.context(), &with.transfer, nonce, &revocation).await? {
            self.store.hold_transfer(&self.context(), &with.transfer, None).await?;
            let newest = TransferWithAttempts { attempts: vec![revocation], broadcast_at: None, ..with.clone() };
            self.broadcast(&newest).await?;
        }
        Ok(())
    }
}

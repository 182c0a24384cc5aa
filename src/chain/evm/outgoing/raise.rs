//! Raises the fee of what no block takes, and replaces what an owner wants cancelled. Both are further versions with the
//! same nonce.

use super::{LEASE, Outgoing, View, revoke::newest_revocation, sign::attempt};
use crate::{
    chain::{
        ChainError,
        evm::custody::{CustodyError, Signature},
    },
    domain::{
        error::{ErrorText, TextValue},
        refunds::transfer::{Attempt, AttemptKind, HeldReason, Transfer, TransferStatus},
    },
    error::with_causes,
    evm::transaction::Transaction,
    signer::protocol::{CancellationRequest, Fees, PaymentRequest, Refusal},
    store::refunds::{signature_requests::SignatureRequest, transfers::TransferWithAttempts},
};
use alloy_primitives::Bytes;

/// How many transfers are raised in one round: those with the lowest nonces, which all others wait for.
const AT_ONCE: usize = 4;

impl Outgoing<'_> {
    /// Makes another version of what is too cheap for the next blocks, or is to be cancelled.
    pub(super) async fn raise_fees(&self, view: &View<'_>) -> Result<(), ChainError> {
        let under_way = self.store.transfers_under_way(self.connection.settings.network, &self.address()).await?;
        let waiting = under_way.iter().filter_map(|with| Some((with, waiting(view, with)?)));
        for (with, (nonce, newest)) in waiting.take(AT_ONCE) {
            let cancels = with.transfer.is_cancelling && newest.kind == AttemptKind::Payment;
            if (cancels || self.is_too_cheap(view, newest))
                && !(with.transfer.status == TransferStatus::Revoking && self.has_paid_another(nonce).await?)
            {
                self.make_another(view, with, (nonce, newest)).await?;
            }
        }
        Ok(())
    }

    /// Whether a version has waited long enough, and offers less than the next blocks take.
    fn is_too_cheap(&self, view: &View<'_>, newest: &Attempt) -> bool {
        let bump_after =
            chrono::Duration::from_std(self.connection.settings.bump_after).unwrap_or(chrono::Duration::MAX);
        let offered = newest.max_fee_per_gas.saturating_sub(view.fees.base).min(newest.max_priority_fee_per_gas);
        let is_underpriced = newest.max_fee_per_gas < view.fees.base || offered < view.fees.priority;
        is_underpriced && self.context().now >= newest.signed_at + bump_after
    }

    async fn make_another(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        (nonce, newest): (u64, &Attempt),
    ) -> Result<(), ChainError> {
        let transfer = &with.transfer;
        let unreadable = || ChainError::Broken("the stored bytes of a transfer cannot be read".into());
        let raw: Bytes = newest.raw.parse().map_err(|_| unreadable())?;
        let signed = Transaction::decode_signed(&raw).map_err(|error| ChainError::Broken(error.into()))?;
        let fees = Fees {
            gas_limit: signed.gas_limit,
            max_fee_per_gas: eighth_more(newest.max_fee_per_gas).max(view.fees.offer()),
            max_priority_fee_per_gas: eighth_more(newest.max_priority_fee_per_gas).max(view.fees.priority),
        };
        if let Some(above) = self.fee_above_limit(view, fees.gas_limit)? {
            let detail = ErrorText::sentences([above, ErrorText::new("payouts-detail-sent-when-enough")]).stored();
            let hold = Some((HeldReason::FeeTooHigh, detail.as_str()));
            return Ok(self.store.hold_transfer(&self.context(), transfer, hold).await?);
        }
        let kind = match newest.kind {
            // No signer signs a payment after its revocation. In its place the authorisation is revoked.
            AttemptKind::Payment if transfer.is_cancelling || transfer.status == TransferStatus::Revoking => {
                AttemptKind::Cancellation
            }
            kind => kind,
        };
        let fees =
            self.asked_fees(transfer, kind, nonce).await?.filter(|asked| replaces(newest, asked)).unwrap_or(fees);
        let Some(payment) = self.payment_request(transfer, nonce, fees) else { return Err(unreadable()) };
        if kind == AttemptKind::Payment
            && let Some(problem) = self.signer_problem(view).await?
        {
            // It could sign it in another way, which would stay in its memory.
            let detail = ErrorText::new("payouts-detail-not-raised-because");
            let detail = detail.with("problem", TextValue::sentences([problem])).stored();
            let hold = Some((HeldReason::SignerRefuses, detail.as_str()));
            return Ok(self.store.hold_transfer(&self.context(), transfer, hold).await?);
        }
        if !self.may_replace(transfer, kind).await? {
            return self.tell_of_pause(transfer, kind).await;
        }
        let answer = match kind {
            AttemptKind::Payment => self.ask_to_sign(&payment).await,
            AttemptKind::Cancellation | AttemptKind::Revocation => {
                let PaymentRequest { transfer, chain_id, account, .. } = payment;
                let request = CancellationRequest { transfer, chain_id, account, nonce, fees };
                self.cancel(view, &request, with).await
            }
        };
        let signed = match answer {
            Ok(Signature::Signed(signed)) => signed,
            Ok(Signature::Waiting { .. }) => return self.note_asked(transfer, kind, nonce, fees).await,
            Err(error @ (CustodyError::Away(_) | CustodyError::Refused { .. })) => {
                tracing::warn!(refund = %transfer.id, error = %with_causes(&error), "a transfer cannot be replaced");
                return self.hold_replacement(with, kind, &error).await;
            }
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        if kind == AttemptKind::Payment && !may_be_version_of(with, &signed.raw) {
            let detail = ErrorText::new("payouts-detail-not-raised-forgotten").stored();
            let hold = Some((HeldReason::SignerRefuses, detail.as_str()));
            return Ok(self.store.hold_transfer(&self.context(), transfer, hold).await?);
        }
        let another = attempt(&signed, &fees, kind, self.context().now);
        self.store.record_further_attempt(&self.context(), transfer.id, &another).await?;
        self.store.hold_transfer(&self.context(), transfer, None).await?;
        let newest = TransferWithAttempts { attempts: vec![another], broadcast_at: None, ..with.clone() };
        self.broadcast(&newest).await
    }

    /// Whether another version may be signed, asked directly before the signer is, as for the first one. While payouts are
    /// paused no payment and no revocation gets one, so that a pause ends all signing. What an owner wants cancelled does,
    /// with higher fees too: it pays nothing, and may be why somebody has paused them.
    async fn may_replace(&self, transfer: &Transfer, kind: AttemptKind) -> Result<bool, ChainError> {
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        let until = now + LEASE;
        if kind == AttemptKind::Cancellation && transfer.is_cancelling {
            return Ok(self.store.lease_sender(network, &address, now, until).await?);
        }
        Ok(self.store.may_sign(network, &address, until).await?)
    }

    /// Says on a payment that is too cheap that its fee is raised when payouts go on. Not on one that is being revoked: what
    /// that waits for decides whether it is revoked once more (`revoke.rs`).
    async fn tell_of_pause(&self, transfer: &Transfer, kind: AttemptKind) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let is_paused = self.is_paused().await? || self.store.pause_of_others(network, &address).await?.is_some();
        // Otherwise another server has the lease, and raises it.
        if kind != AttemptKind::Payment || !is_paused {
            return Ok(());
        }
        let detail = ErrorText::new("payouts-detail-not-raised-while-paused").stored();
        let hold = Some((HeldReason::Paused, detail.as_str()));
        Ok(self.store.hold_transfer(&self.context(), transfer, hold).await?)
    }
}

impl Outgoing<'_> {
    /// Asks for a cancellation. A signer whose memory was restored from a backup may not know the payment: it is asked for
    /// the same payment first, which it signs with the same bytes, so that it knows it again.
    pub(super) async fn cancel(
        &self,
        view: &View<'_>,
        request: &CancellationRequest,
        with: &TransferWithAttempts,
    ) -> Result<Signature, CustodyError> {
        let answer = self.of_this_account(self.custody.cancel(request).await);
        let paid = with.attempts.iter().rev().find(|attempt| attempt.kind == AttemptKind::Payment);
        let Some(paid) = paid.filter(|_| is_unknown_to_signer(&answer)) else { return answer };
        let raw = paid.raw.parse::<Bytes>().unwrap_or_default();
        let Ok(signed) = Transaction::decode_signed(&raw) else { return answer };
        let fees = Fees {
            gas_limit: signed.gas_limit,
            max_fee_per_gas: signed.max_fee_per_gas,
            max_priority_fee_per_gas: signed.max_priority_fee_per_gas,
        };
        let Some(payment) = self.payment_request(&with.transfer, signed.nonce, fees) else { return answer };
        // It would sign the payment in another way, or as another account.
        if !matches!(self.signer_problem(view).await, Ok(None)) {
            return answer;
        }
        match self.ask_to_sign(&payment).await? {
            Signature::Signed(again) if again.hash.to_string() == paid.hash => {
                self.of_this_account(self.custody.cancel(request).await)
            }
            // It would pay in another way now, for instance because its policy was changed.
            Signature::Signed(_) => answer,
            waiting @ Signature::Waiting { .. } => Ok(waiting),
        }
    }

    /// The fees with which people are asked to sign this, so that they are asked for the same again.
    pub(super) async fn asked_fees(
        &self,
        transfer: &Transfer,
        kind: AttemptKind,
        nonce: u64,
    ) -> Result<Option<Fees>, ChainError> {
        let asked = self.store.signature_request(transfer.id).await?;
        Ok(asked.filter(|asked| (asked.kind, asked.nonce) == (kind, nonce)).map(|asked| asked.fees))
    }

    /// People have to sign this, and have not yet.
    pub(super) async fn note_asked(
        &self,
        transfer: &Transfer,
        kind: AttemptKind,
        nonce: u64,
        fees: Fees,
    ) -> Result<(), ChainError> {
        let asked = SignatureRequest { transfer: transfer.id, kind, nonce, fees };
        Ok(self.store.record_signature_request(&self.context(), &asked).await?)
    }

    fn payment_request(&self, transfer: &Transfer, nonce: u64, fees: Fees) -> Option<PaymentRequest> {
        Some(PaymentRequest {
            transfer: transfer.id.0,
            chain_id: self.connection.settings.facts.chain_id,
            account: self.sender,
            nonce,
            coin: self.connection.coin(transfer.amount.currency())?,
            recipient: transfer.recipient.parse().ok()?,
            amount: self.connection.units(transfer.amount)?,
            fees,
        })
    }

    /// Says on a transfer that is too cheap, or is to be cancelled, why it is not replaced.
    pub(super) async fn hold_replacement(
        &self,
        with: &TransferWithAttempts,
        kind: AttemptKind,
        error: &CustodyError,
    ) -> Result<(), ChainError> {
        let detail = ErrorText::new(match kind {
            AttemptKind::Payment => "payouts-detail-not-raised",
            AttemptKind::Cancellation => "payouts-detail-not-cancelled",
            AttemptKind::Revocation => "payouts-detail-not-revoked",
        });
        let part = |id| TextValue::sentences([ErrorText::new(id)]);
        if matches!(error, CustodyError::Refused { .. }) {
            self.store.forget_signature_request(with.transfer.id).await?;
        }
        let (reason, why) = match error {
            CustodyError::Refused { reason: Refusal::Locked, .. } => {
                (HeldReason::SignerLocked, part("payouts-detail-the-signer-is-locked"))
            }
            // What a signer says is in English.
            CustodyError::Refused { message, .. } => (HeldReason::SignerRefuses, message.as_str().into()),
            CustodyError::Away(_) | CustodyError::Unexpected(_) => {
                (HeldReason::SignerAway, part("payouts-detail-the-signer-does-not-respond"))
            }
        };
        let detail = detail.with("why", why).stored();
        Ok(self.store.hold_transfer(&self.context(), &with.transfer, Some((reason, &detail))).await?)
    }
}

/// The newest version of what a transfer waits for in the pool, with its nonce. A payment that is being revoked goes first, if
/// the network has removed its block.
fn waiting<'w>(view: &View<'_>, with: &'w TransferWithAttempts) -> Option<(u64, &'w Attempt)> {
    let transfer = &with.transfer;
    let is_open = |nonce: &u64| *nonce >= view.latest_nonce;
    let paid = transfer.nonce.filter(is_open);
    match transfer.status {
        TransferStatus::Signed | TransferStatus::Broadcast => paid.zip(with.attempts.last()),
        TransferStatus::Revoking => {
            let payment = with.attempts.iter().rfind(|attempt| attempt.kind != AttemptKind::Revocation);
            let revocation = || transfer.revocation_nonce.filter(is_open).zip(newest_revocation(with).next_back());
            paid.zip(payment).or_else(revocation)
        }
        TransferStatus::Planned
        | TransferStatus::Mined
        | TransferStatus::Completed
        | TransferStatus::Reverted
        | TransferStatus::Cancelled
        | TransferStatus::Displaced
        | TransferStatus::Withdrawn => None,
    }
}

/// Whether a payment may be sent beside the versions that a transfer has: all have to pay in the same way. An authorisation
/// (EIP-3009) does not depend on the nonce of its transaction, so beside another kind of payment it could pay a second time.
pub(super) fn may_be_version_of(with: &TransferWithAttempts, raw: &Bytes) -> bool {
    let mut payments = with.attempts.iter().filter(|known| known.kind == AttemptKind::Payment);
    payments.all(|known| known.raw.parse().is_ok_and(|known| is_paid_alike(&known, raw)))
}

/// Whether two versions call the same function of the same contract, or both send coins to the same account.
pub(super) fn is_paid_alike(one: &Bytes, other: &Bytes) -> bool {
    let (Ok(one), Ok(other)) = (Transaction::decode_signed(one), Transaction::decode_signed(other)) else {
        return false;
    };
    (one.to, one.value, one.data.get(..4)) == (other.to, other.value, other.data.get(..4))
}

fn is_unknown_to_signer(answer: &Result<Signature, CustodyError>) -> bool {
    matches!(answer, Err(CustodyError::Refused { reason: Refusal::TransferUnknown, .. }))
}

/// Whether nodes take a version with these fees instead of the newest one.
fn replaces(newest: &Attempt, fees: &Fees) -> bool {
    fees.max_fee_per_gas >= eighth_more(newest.max_fee_per_gas)
        && fees.max_priority_fee_per_gas >= eighth_more(newest.max_priority_fee_per_gas)
}

/// What nodes ask of a replacement is a tenth more; an eighth is on the safe side.
fn eighth_more(fee: u128) -> u128 {
    fee.saturating_add(fee.div_ceil(8)).saturating_add(1)
}

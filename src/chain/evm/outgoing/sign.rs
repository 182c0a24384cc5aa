//! Signs planned transfers, the oldest first.

use super::{
    LEASE, Outgoing, View,
    obstacles::{Free, Needs},
    paid_before::PaidBefore,
};
use crate::{
    chain::{
        ChainError,
        evm::custody::{CustodyError, Signature},
    },
    domain::{
        error::ErrorText,
        ids::RefundId,
        refunds::transfer::{Attempt, AttemptKind, HeldReason, PauseReason, Transfer},
    },
    signer::protocol::{PaymentRequest, Refusal, Signed},
    store::refunds::{signature_requests::SignatureRequest, transfers::TransferWithAttempts},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// How long a transfer that waits is looked at in every round.
const FREQUENT_LOOKS: chrono::Duration = chrono::Duration::minutes(1);

/// What became of an attempt to sign.
enum Outcome {
    Signed,
    /// It waits, and others may go on.
    Held,
    /// Nothing more can be signed in this round.
    Stop,
    /// The same, because people are asked to sign it.
    PeopleSign,
    /// The same, and all that wait are told why.
    NobodySigns(HeldReason, String),
}

impl Outgoing<'_> {
    /// Signs and broadcasts what can be sent. Returns how many were signed.
    pub(super) async fn sign_planned(self, view: &View<'_>, mut free: Free) -> Result<usize, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let in_the_pool = self.store.transfers_under_way(network, &address).await?.len();
        let (mut signed, mut leased_at, mut signer_answers) = (0, None, false);
        // All of them: if a round looked at the oldest only, those that wait would keep the others from being paid.
        let mut planned = self.store.planned_transfers(network, &address).await?;
        // What people are asked to sign has the next nonce, so it comes first.
        let awaited = self.store.awaited_signature(network, &address).await?;
        let is_awaited = |transfer: &Transfer| awaited.filter(|awaited| awaited.transfer == transfer.id);
        if awaited.is_some_and(|awaited| planned.iter().all(|transfer| transfer.id != awaited.transfer)) {
            // A revocation (`revoke.rs`).
            return Ok(0);
        }
        planned.sort_by_key(|transfer| is_awaited(transfer).is_none());
        // People may have signed what is awaited, and no other transfer can have its nonce.
        let mut kept = self.hold_without_payment(&mut planned, awaited.map(|awaited| awaited.transfer)).await?;
        let mut silent = BTreeSet::new();
        for (place, transfer) in planned.iter().enumerate() {
            if in_the_pool + signed >= super::IN_THE_POOL {
                break;
            }
            if is_awaited(transfer).is_none() && !self.is_due(view, transfer) {
                continue;
            }
            if !self.keeps_lease(&mut leased_at).await? {
                break;
            }
            let Some(needs) = self.needs_now(view, transfer, is_awaited(transfer), &free).await? else { continue };
            // Each of these asks nodes several times, and another server takes over what is not extended.
            if !self.keeps_lease(&mut leased_at).await? {
                break;
            }
            match self.paid_before(transfer, &mut silent).await? {
                PaidBefore::No => {}
                PaidBefore::Maybe(reason, detail) => {
                    self.pause(reason, detail).await?;
                    break;
                }
                PaidBefore::Waits(reason, detail) => {
                    self.hold(transfer, reason, &detail.stored()).await?;
                    kept.insert(transfer.id);
                    if is_awaited(transfer).is_some() {
                        break;
                    }
                    continue;
                }
            }
            if !self.keeps_lease(&mut leased_at).await? {
                break;
            }
            match self.sign(transfer, &needs).await? {
                Outcome::Signed => {
                    signer_answers = true;
                    signed += 1;
                    needs.set_aside(&mut free);
                }
                Outcome::Held => signer_answers = true,
                Outcome::Stop => break,
                Outcome::PeopleSign => {
                    signer_answers = true;
                    break;
                }
                Outcome::NobodySigns(reason, detail) => {
                    signer_answers = false;
                    self.hold(transfer, reason, &detail).await?;
                    let rest: Vec<Transfer> =
                        planned.iter().skip(place + 1).filter(is_told_of_signer).cloned().collect();
                    self.hold_all(&rest, reason, &detail).await?;
                    break;
                }
            }
        }
        self.clear_outdated(&planned, &kept, signer_answers).await?;
        Ok(signed)
    }

    /// What a transfer needs to be signed; `None` if it has to wait. What people are asked to sign was tried out before.
    async fn needs_now(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        awaited: Option<SignatureRequest>,
        free: &Free,
    ) -> Result<Option<Needs>, ChainError> {
        let needs = match awaited {
            Some(awaited) => Ok(self.needs_with(view, transfer, awaited.fees)?),
            None => self.needs(view, transfer, free).await?,
        };
        match needs {
            Ok(needs) => Ok(Some(needs)),
            Err((reason, detail)) => {
                self.hold(transfer, reason, &detail).await?;
                Ok(None)
            }
        }
    }

    /// Extends the lease if that was a while ago, or before this: looking at many transfers, or at payments that were removed,
    /// takes longer than it lasts. `false` if another server has it.
    async fn keeps_lease(&self, leased_at: &mut Option<DateTime<Utc>>) -> Result<bool, ChainError> {
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        if leased_at.is_some_and(|at| now - at <= LEASE / 3) {
            return Ok(true);
        }
        *leased_at = Some(now);
        let keeps = self.store.lease_sender(network, &address, now, now + LEASE).await?;
        if !keeps {
            // It is no fault, unless it goes on: then the nodes are so slow that no server gets as far as a signature.
            tracing::warn!(
                network = network.code(),
                account = address,
                "another server has taken over from a slow round"
            );
        }
        Ok(keeps)
    }

    /// Takes out what pays back a payment that the network has removed, except one. Returns which transfers these are.
    async fn hold_without_payment(
        &self,
        planned: &mut Vec<Transfer>,
        except: Option<RefundId>,
    ) -> Result<BTreeSet<RefundId>, ChainError> {
        let mut removed =
            self.store.planned_with_removed_payment(self.connection.settings.network, &self.address()).await?;
        if let Some(except) = except {
            removed.remove(&except);
        }
        let (waiting, others): (Vec<_>, Vec<_>) =
            std::mem::take(planned).into_iter().partition(|one| removed.contains(&one.id));
        *planned = others;
        let detail = ErrorText::new("payouts-detail-payment-removed").stored();
        self.hold_all(&waiting, HeldReason::PaymentRemoved, &detail).await?;
        Ok(removed)
    }

    /// What was not looked at waits for its turn, and not for the network, nor for a payment that is not removed any more, nor
    /// for a signer that answers. What this round has `kept` waits.
    async fn clear_outdated(
        self,
        planned: &[Transfer],
        kept: &BTreeSet<RefundId>,
        signer_answers: bool,
    ) -> Result<(), ChainError> {
        let is_outdated = |one: &&Transfer| {
            one.held.is_some()
                && !kept.contains(&one.id)
                && (is_told_of_chain(one) || signer_answers && is_told_of_signer(one))
        };
        if planned.iter().any(|one| is_outdated(&one)) {
            let (network, address) = (self.connection.settings.network, self.address());
            for transfer in self.store.planned_transfers(network, &address).await?.iter().filter(is_outdated) {
                self.store.hold_transfer(&self.context(), transfer, None).await?;
            }
        }
        Ok(())
    }

    /// Whether to look at a planned transfer in this round. One that the chain has kept back for a minute is looked at in
    /// every 16th block: each look costs several questions to the node.
    fn is_due(&self, view: &View<'_>, transfer: &Transfer) -> bool {
        let is_kept_by_the_chain = transfer.held.as_ref().is_some_and(|held| {
            let by_the_chain = match held.reason {
                HeldReason::FeeTooHigh
                | HeldReason::RecipientBlocked
                | HeldReason::SenderBlocked
                | HeldReason::TokenPaused
                | HeldReason::RecipientRefuses
                | HeldReason::SignerRefuses
                | HeldReason::AssignedToAnother => true,
                HeldReason::AwaitingFunds
                | HeldReason::AwaitingGas
                | HeldReason::SignerAway
                | HeldReason::SignerLocked
                | HeldReason::AwaitingSignatures
                | HeldReason::Paused
                | HeldReason::AccountRemoved
                | HeldReason::NetworkAway
                | HeldReason::PaymentRemoved
                | HeldReason::Displaced => false,
            };
            by_the_chain && self.context().now - held.since > FREQUENT_LOOKS
        });
        let [.., last] = *transfer.id.0.as_bytes();
        !is_kept_by_the_chain || (view.latest.number.to::<u64>() + u64::from(last)).is_multiple_of(16)
    }

    async fn sign(&self, transfer: &Transfer, needs: &Needs) -> Result<Outcome, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        // The comparison has asked one node, which could have hidden it.
        let next_nonce = self.next_nonce().await?;
        if self.connection.has_sent_more(self.sender, next_nonce).await? {
            let detail = ErrorText::new("payouts-detail-sent-unknown").with("nonce", next_nonce.to_string());
            self.pause(PauseReason::UnexplainedTransaction, detail).await?;
            return Ok(Outcome::Stop);
        }
        if !self.store.may_sign(network, &address, self.context().now + LEASE).await? {
            return Ok(Outcome::Stop);
        }
        let Some(account) = self.store.known_sender(network, &address).await? else { return Ok(Outcome::Stop) };
        let request = PaymentRequest {
            transfer: transfer.id.0,
            chain_id: self.connection.settings.facts.chain_id,
            account: self.sender,
            nonce: account.next_nonce,
            coin: needs.coin,
            recipient: needs.recipient,
            amount: needs.units,
            fees: needs.fees,
        };
        match self.ask_to_sign(&request).await {
            Ok(Signature::Signed(signed)) => {
                let attempt = attempt(&signed, &request.fees, AttemptKind::Payment, self.context().now);
                let stored =
                    self.store.record_first_attempt(&self.context(), transfer, request.nonce, &attempt).await?;
                if !stored {
                    return Ok(Outcome::Stop);
                }
                let with = TransferWithAttempts {
                    transfer: transfer.clone(),
                    attempts: vec![attempt],
                    broadcast_at: None,
                    overtaken_height: None,
                };
                self.broadcast(&with).await?;
                Ok(Outcome::Signed)
            }
            Ok(Signature::Waiting { detail }) => {
                // Its nonce is not taken yet, so others would get the same one.
                self.note_asked(transfer, AttemptKind::Payment, request.nonce, request.fees).await?;
                self.hold(transfer, HeldReason::AwaitingSignatures, &detail).await?;
                Ok(Outcome::PeopleSign)
            }
            Err(CustodyError::Refused { reason, message }) => self.refused(transfer, reason, &message).await,
            Err(CustodyError::Away(_)) => {
                let detail = self.about_signer("payouts-detail-signer-away");
                Ok(Outcome::NobodySigns(HeldReason::SignerAway, detail))
            }
            Err(error @ CustodyError::Unexpected(_)) => Err(ChainError::Broken(error.into())),
        }
    }

    async fn refused(&self, transfer: &Transfer, reason: Refusal, message: &str) -> Result<Outcome, ChainError> {
        match reason {
            // It was signed before, and storing that was interrupted: the next round stores it, or finds out that this
            // database does not know it.
            Refusal::NonceTaken { .. } | Refusal::ReplacementFeeTooLow => Ok(Outcome::Stop),
            Refusal::TransferKnown { .. } | Refusal::Cancelled => {
                let told = ErrorText::new("payouts-detail-signer-knows-otherwise")
                    .with("refund", transfer.id.to_string())
                    .with("message", message);
                let known = match self.assigned_by(self.custody, transfer).await? {
                    Some(assigned) => assigned,
                    None => self.maybe_paid(transfer, PauseReason::UnexplainedSignature, told).await?,
                };
                match known {
                    PaidBefore::Waits(reason, detail) => {
                        self.store.forget_signature_request(transfer.id).await?;
                        self.hold(transfer, reason, &detail.stored()).await?;
                        Ok(Outcome::Held)
                    }
                    PaidBefore::Maybe(reason, detail) => {
                        self.pause(reason, detail).await?;
                        Ok(Outcome::Stop)
                    }
                    PaidBefore::No => Ok(Outcome::Stop),
                }
            }
            Refusal::Locked => {
                let detail = self.about_signer("payouts-detail-signer-locked");
                Ok(Outcome::NobodySigns(HeldReason::SignerLocked, detail))
            }
            Refusal::MemoryFailed | Refusal::Busy => {
                Ok(Outcome::NobodySigns(HeldReason::SignerAway, message.to_owned()))
            }
            Refusal::OtherAccount => Ok(Outcome::NobodySigns(HeldReason::SignerRefuses, message.to_owned())),
            Refusal::WrongPassphrase
            | Refusal::NetworkNotAllowed
            | Refusal::CoinNotAllowed
            | Refusal::RecipientNotAllowed
            | Refusal::OverTransferLimit
            | Refusal::OverDailyLimit
            | Refusal::FeeTooHigh
            | Refusal::OverDailyFeeLimit
            | Refusal::TooManySignatures
            | Refusal::TransferUnknown
            | Refusal::NotAllowed
            | Refusal::Malformed => {
                // It is asked for anew, with other fees.
                self.store.forget_signature_request(transfer.id).await?;
                self.hold(transfer, HeldReason::SignerRefuses, message).await?;
                Ok(Outcome::Held)
            }
        }
    }

    async fn hold(&self, transfer: &Transfer, reason: HeldReason, detail: &str) -> Result<(), ChainError> {
        Ok(self.store.hold_transfer(&self.context(), transfer, Some((reason, detail))).await?)
    }
}

/// Whether a transfer waits for nothing else than the signer. What the chain keeps back stays told.
fn is_told_of_signer(transfer: &&Transfer) -> bool {
    let reason = transfer.held.as_ref().map(|held| held.reason);
    matches!(
        reason,
        None | Some(
            HeldReason::Paused
                | HeldReason::AccountRemoved
                | HeldReason::NetworkAway
                | HeldReason::PaymentRemoved
                | HeldReason::SignerAway
                | HeldReason::SignerLocked
        )
    )
}

/// Whether a transfer waits for the network, or for a payment that the network has removed.
fn is_told_of_chain(transfer: &Transfer) -> bool {
    let reason = transfer.held.as_ref().map(|held| held.reason);
    matches!(reason, Some(HeldReason::NetworkAway | HeldReason::PaymentRemoved))
}

/// A signed version, to be stored.
pub(super) fn attempt(
    signed: &Signed,
    fees: &crate::signer::protocol::Fees,
    kind: AttemptKind,
    now: DateTime<Utc>,
) -> Attempt {
    Attempt {
        hash: signed.hash.to_string(),
        kind,
        raw: signed.raw.to_string(),
        max_fee_per_gas: fees.max_fee_per_gas,
        max_priority_fee_per_gas: fees.max_priority_fee_per_gas,
        signed_at: now,
    }
}

//! Raises the fee of what no block takes, and replaces what an owner wants cancelled. Both are further versions with the
//! same nonce.

use super::{Outgoing, View, sign::attempt};
use crate::{
    chain::{
        ChainError,
        evm::{
            custody::{CustodyError, Signature},
            fees::native_amount,
        },
    },
    domain::refunds::transfer::{Attempt, AttemptKind, HeldReason, TransferStatus},
    error::with_causes,
    evm::transaction::Transaction,
    signer::protocol::{CancellationRequest, Fees, PaymentRequest},
    store::refunds::transfers::TransferWithAttempts,
};
use alloy_primitives::{Address, Bytes, U256};

/// How many transfers are raised in one round: those with the lowest nonces, which all others wait for.
const AT_ONCE: usize = 4;

impl Outgoing<'_> {
    /// Makes another version of what is too cheap for the next blocks, or is to be cancelled.
    pub(super) async fn raise_fees(&self, view: &View<'_>) -> Result<(), ChainError> {
        let under_way = self.store.transfers_under_way(self.connection.settings.network, &self.address()).await?;
        let waits = |with: &&TransferWithAttempts| {
            matches!(with.transfer.status, TransferStatus::Signed | TransferStatus::Broadcast)
                && with.transfer.nonce.is_some_and(|nonce| nonce >= view.latest_nonce)
        };
        for with in under_way.iter().filter(waits).take(AT_ONCE) {
            let Some(newest) = with.attempts.last() else { continue };
            let cancels = with.transfer.is_cancelling && newest.kind == AttemptKind::Payment;
            if cancels || self.is_too_cheap(view, newest) {
                self.make_another(view, with, newest).await?;
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
        newest: &Attempt,
    ) -> Result<(), ChainError> {
        let transfer = &with.transfer;
        let Some(nonce) = transfer.nonce else { return Ok(()) };
        let unreadable = || ChainError::Broken("the stored bytes of a transfer cannot be read".into());
        let raw: Bytes = newest.raw.parse().map_err(|_| unreadable())?;
        let signed = Transaction::decode_signed(&raw).map_err(|error| ChainError::Broken(error.into()))?;
        let fees = Fees {
            gas_limit: signed.gas_limit,
            max_fee_per_gas: eighth_more(newest.max_fee_per_gas).max(view.fees.offer()),
            max_priority_fee_per_gas: eighth_more(newest.max_priority_fee_per_gas).max(view.fees.priority),
        };
        if let Some(limit) = self.max_fee {
            let facts = &self.connection.settings.facts;
            let wei = U256::from(fees.gas_limit).saturating_mul(U256::from(view.fees.expected()));
            let fee = native_amount(self.connection.settings.network, facts.native, wei)?;
            if fee.amount() > limit.amount() {
                let detail = format!(
                    "The network would take about {} now, and the limit is {}. It is sent as soon as that is enough.",
                    fee.with_coin_symbol(),
                    limit.with_coin_symbol()
                );
                let hold = Some((HeldReason::FeeTooHigh, detail.as_str()));
                return Ok(self.store.hold_transfer(&self.context(), transfer, hold).await?);
            }
        }
        let (network, address, now) = (self.connection.settings.network, self.address(), self.context().now);
        // A pause stops new payments, not the end of those that may be in a block any moment.
        if !self.store.lease_sender(network, &address, now, self.lease_from(now)).await? {
            return Ok(());
        }
        let chain_id = self.connection.settings.facts.chain_id;
        let (kind, answer) = if transfer.is_cancelling {
            let request = CancellationRequest { transfer: transfer.id.0, chain_id, nonce, fees };
            (AttemptKind::Cancellation, self.custody.cancel(&request).await)
        } else {
            let (Some(coin), Some(amount)) =
                (self.connection.coin(transfer.amount.currency()), self.connection.units(transfer.amount))
            else {
                return Ok(());
            };
            let recipient: Address = transfer.recipient.parse().map_err(|_| unreadable())?;
            let request = PaymentRequest { transfer: transfer.id.0, chain_id, nonce, coin, recipient, amount, fees };
            (AttemptKind::Payment, self.custody.sign(&request).await)
        };
        let signed = match answer {
            Ok(Signature::Signed(signed)) => signed,
            Ok(Signature::Waiting { .. }) => return Ok(()),
            Err(error @ (CustodyError::Away(_) | CustodyError::Refused { .. })) => {
                tracing::warn!(refund = %transfer.id, error = %with_causes(&error), "the fee of a transfer cannot be raised");
                return Ok(());
            }
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        let another = attempt(&signed, &fees, kind, self.context().now);
        self.store.record_further_attempt(&self.context(), transfer.id, &another).await?;
        self.store.hold_transfer(&self.context(), transfer, None).await?;
        let newest = TransferWithAttempts { attempts: vec![another], broadcast_at: None, ..with.clone() };
        self.broadcast(&newest).await
    }
}

/// What nodes ask of a replacement is a tenth more; an eighth is on the safe side.
fn eighth_more(fee: u128) -> u128 {
    fee.saturating_add(fee.div_ceil(8)).saturating_add(1)
}

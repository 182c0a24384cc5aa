//! Refunds whose payment is found with another amount. After a restore a client makes a refund again, with the same id, and
//! rates or fees have moved since it was paid.

use super::{Outgoing, Reconciliation, View, found::Found, memory::Group};
use crate::{
    chain::{
        ChainError,
        evm::{nodes::Agreed, rpc::Receipt},
    },
    domain::{
        error::{ErrorText, TextValue},
        money::Money,
        refunds::transfer::{Transfer, TransferStatus},
    },
    error::with_causes,
    evm::{authorization::refund_nonce, units},
    store::{Error, refunds::transfers::TransferWithAttempts},
};
use alloy_primitives::B256;
use std::collections::BTreeSet;

/// What became of a transfer that may have been paid with another amount.
#[derive(Debug)]
pub(super) enum PaidOtherwise {
    Ended,
    /// It was not, or the transfer has changed meanwhile.
    NotPaid,
    /// It was, and the refund cannot be corrected, for this reason.
    NotCorrectable(ErrorText),
}

impl Outgoing<'_> {
    /// Ends planned transfers that the signer has signed with another amount, or for another account than the one that is
    /// to pay them now, if that is in a final block.
    pub(super) async fn end_signed_otherwise(
        &self,
        view: &View<'_>,
        orphans: &[Group],
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let planned = self.store.planned_on(self.connection.settings.network).await?;
        for group in orphans {
            let Some(transfer) = planned.iter().find(|transfer| transfer.id == group.transfer) else { continue };
            let hashes: Vec<B256> = group.signatures.iter().map(|one| one.signed.hash).collect();
            let mut receipts = view.node.receipts(&hashes).await?.into_iter().flatten();
            let mined = receipts.find(|receipt| hashes.contains(&receipt.transaction_hash));
            if let Some(receipt) = mined.filter(|receipt| receipt.block_number.to::<u64>() <= view.finalized) {
                self.end_paid_otherwise(view, transfer, receipt.transaction_hash, report).await?;
            }
        }
        Ok(())
    }

    /// Ends a planned transfer as paid by a transaction that has paid another amount for its refund. Anything else is left to
    /// a person.
    pub(super) async fn end_paid_otherwise(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        hash: B256,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        if let Some(paid_by) = self.assigned_to_another(transfer, hash).await? {
            report.tell_assigned(&paid_by, transfer.id);
            return Ok(());
        }
        let Some(found) = self.found(hash).await? else { return Ok(()) };
        match self.end_as_paid(view, transfer, &found).await? {
            PaidOtherwise::Ended => report.ended.push((transfer.id, TransferStatus::Completed)),
            PaidOtherwise::NotCorrectable(why) => report.waiting.push(why.stored()),
            PaidOtherwise::NotPaid => {}
        }
        Ok(())
    }

    /// The transaction that has paid what was signed for a transfer, if a person has assigned it to another refund.
    async fn assigned_to_another(&self, transfer: &Transfer, hash: B256) -> Result<Option<String>, ChainError> {
        if let Some(paid_by) = self.store.authorization_assigned(transfer.id).await? {
            return Ok(Some(paid_by));
        }
        let hash = hash.to_string();
        Ok(self.store.is_transaction_known(&hash).await?.then_some(hash))
    }

    /// The transaction that has used the authorisation of a planned transfer and nothing else, if a person has assigned it to
    /// another refund before it was noted that this ends by the authorisation of a lost one. It is noted now.
    pub(super) async fn assigned_before(
        &self,
        transfer: &Transfer,
        by: &Agreed<Receipt>,
    ) -> Result<Option<String>, ChainError> {
        let (hash, nonce) = (by.transaction_hash.to_string(), refund_nonce(transfer.id.0));
        if self.authorizations_of(&by.logs) != BTreeSet::from([nonce]) {
            return Ok(None);
        }
        let Some(other) = self.store.completed_without_signature(&hash).await? else { return Ok(None) };
        self.store.record_used_authorization(other, Some((self.address(), nonce.to_string()))).await?;
        Ok(Some(hash))
    }

    /// Ends a planned transfer as paid by a transaction in a final block that has paid any amount of the same coin to the
    /// same recipient for this refund. The refund is corrected to that amount.
    pub(super) async fn end_as_paid(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        found: &Found,
    ) -> Result<PaidOtherwise, ChainError> {
        let Some(paid) = self.amount_paid_for(found, transfer).filter(|_| view.is_final(&found.receipt)) else {
            return Ok(PaidOtherwise::NotPaid);
        };
        // Nothing differs if another account has paid it.
        let accepted = if paid == transfer.amount {
            Ok(true)
        } else {
            self.store.accept_paid_amount(&self.context(), transfer.id, paid).await
        };
        match accepted {
            Ok(true) => {}
            Ok(false) => return Ok(PaidOtherwise::NotPaid),
            // It keeps no other from being reconciled.
            Err(error) if error.is_refusal() => {
                let why = match &error {
                    Error::Refused(refused) => refused.message.clone(),
                    _ => {
                        tracing::error!(refund = %transfer.id, error = %with_causes(&error), "the database refuses what a refund was paid with");
                        ErrorText::new("payouts-detail-database-refuses")
                    }
                };
                let text = ErrorText::new("payouts-detail-not-correctable")
                    .with("refund", transfer.id.to_string())
                    .with("paid", TextValue::amount(paid.with_coin_symbol()))
                    .with("planned", TextValue::amount(transfer.amount.with_coin_symbol()))
                    .with("hash", found.hash.to_string())
                    .with("why", TextValue::sentences([why]));
                return Ok(PaidOtherwise::NotCorrectable(text));
            }
            Err(error) => return Err(error.into()),
        }
        let with = TransferWithAttempts {
            transfer: Transfer { amount: paid, ..transfer.clone() },
            attempts: Vec::new(),
            broadcast_at: None,
            overtaken_height: None,
        };
        let fee = if found.nonce.is_some() { Some(self.fee_of(&found.receipt).await?) } else { None };
        let has_ended = self.complete(view, &with, &found.receipt, fee).await?;
        Ok(if has_ended { PaidOtherwise::Ended } else { PaidOtherwise::NotPaid })
    }

    /// What a transaction has paid for a refund, if it did nothing else: the same coin, to the same recipient, and by no
    /// authorisation of another refund.
    fn amount_paid_for(&self, found: &Found, transfer: &Transfer) -> Option<Money> {
        let [movement] = found.movements.as_slice() else { return None };
        let (currency, nonce) = (transfer.amount.currency(), refund_nonce(transfer.id.0));
        let is_for_it = found.succeeded
            && found.authorizations.iter().all(|used| *used == nonce)
            && self.connection.coin(currency) == Some(movement.coin)
            && transfer.recipient.parse() == Ok(movement.recipient);
        units::from_units(self.connection.settings.network, currency, movement.units).filter(|_| is_for_it)
    }

    /// Whether a transaction has paid a planned transfer by the authorisation of its refund, in whatever amount.
    pub(super) fn is_authorized_payment(&self, found: &Found, transfer: &Transfer) -> bool {
        transfer.status == TransferStatus::Planned
            && found.authorizations.contains(&refund_nonce(transfer.id.0))
            && self.amount_paid_for(found, transfer).is_some()
    }
}

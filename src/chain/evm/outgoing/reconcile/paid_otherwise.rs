//! Refunds whose payment is found with another amount. After a restore a client makes a refund again, with the same id, and
//! rates or fees have moved since it was paid.

use super::{Outgoing, Reconciliation, View, memory::Group};
use crate::{
    chain::ChainError,
    domain::refunds::transfer::{Transfer, TransferStatus},
    evm::{authorization::refund_nonce, units},
    store::{Error, refunds::transfers::TransferWithAttempts},
};
use alloy_primitives::B256;

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

    /// Ends a planned transfer as paid by a transaction in a final block that has paid another amount of the same coin to
    /// the same recipient for this refund. The refund is corrected to that amount. Anything else is left to a person.
    pub(super) async fn end_paid_otherwise(
        &self,
        view: &View<'_>,
        transfer: &Transfer,
        hash: B256,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let (network, currency) = (self.connection.settings.network, transfer.amount.currency());
        let Some(found) = self.found(hash).await?.filter(|found| view.is_final(&found.receipt)) else { return Ok(()) };
        let [movement] = found.movements.as_slice() else { return Ok(()) };
        let nonce = refund_nonce(transfer.id.0);
        let is_for_it = found.succeeded
            && found.authorizations.iter().all(|used| *used == nonce)
            && self.connection.coin(currency) == Some(movement.coin)
            && transfer.recipient.parse() == Ok(movement.recipient);
        let Some(paid) = units::from_units(network, currency, movement.units).filter(|_| is_for_it) else {
            return Ok(());
        };
        // Nothing differs if another account has paid it.
        let accepted = if paid == transfer.amount {
            Ok(true)
        } else {
            self.store.accept_paid_amount(&self.context(), transfer.id, paid).await
        };
        match accepted {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(Error::Refused(error)) => {
                report.waiting.push(format!(
                    "Refund {} was paid with {} instead of {} by transaction {hash}, and cannot be corrected: {error}",
                    transfer.id,
                    paid.with_coin_symbol(),
                    transfer.amount.with_coin_symbol()
                ));
                return Ok(());
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
        if self.complete(view, &with, &found.receipt, fee).await? {
            report.ended.push((transfer.id, TransferStatus::Completed));
        }
        Ok(())
    }
}

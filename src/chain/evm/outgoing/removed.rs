//! Refunds that were paid in final blocks which their network has removed.

use super::{Outgoing, View};
use crate::{
    chain::ChainError, domain::refunds::transfer::PauseReason, store::refunds::senders::UnexplainedTransaction,
};
use alloy_primitives::B256;

impl Outgoing<'_> {
    /// Looks what became of these payments. One that has failed when it came into a final block again was not made: its refund
    /// is completed and stays so, and a person has to pay it in another way.
    pub(super) async fn look_at_removed(&self, view: &View<'_>) -> Result<(), ChainError> {
        let network = self.connection.settings.network;
        for with in self.store.removed_payments(network, &self.address()).await? {
            let transfer = &with.transfer;
            let Some(hash) = transfer.transaction_hash.as_ref().and_then(|hash| hash.parse::<B256>().ok()) else {
                continue;
            };
            let Some(receipt) = self.agreed_receipt(hash).await?.filter(|receipt| view.is_final(receipt)) else {
                continue;
            };
            if receipt.succeeded() {
                self.require_paid(&with, &receipt)?;
                self.store.forget_removed_payment(transfer.id).await?;
                continue;
            }
            let detail = format!(
                "Refund {} is completed, and its customer does not have the money: {} has removed the final block in which it \
                 was paid, and transaction {hash} failed in block {}. Pay {} to {} from another wallet, and explain this \
                 transaction with how it was paid.",
                transfer.id,
                network.title(),
                receipt.block_number,
                transfer.amount.with_coin_symbol(),
                transfer.recipient
            );
            // First, since it is not looked at again.
            self.pause(PauseReason::ChainContradicts, detail.clone()).await?;
            let found = UnexplainedTransaction {
                network,
                sender: self.address(),
                transaction_hash: hash.to_string(),
                detail,
                found_at: self.context().now,
            };
            self.store.record_failed_payment(transfer.id, &found).await?;
        }
        Ok(())
    }
}

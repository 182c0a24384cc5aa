//! What is kept of transactions that have paid transfers and are no versions of them, in case their blocks are removed.

use super::{Outgoing, View};
use crate::{
    chain::{
        ChainError,
        evm::{nodes::Agreed, rpc::Receipt},
    },
    evm::{abi, authorization::refund_nonce},
    signer::protocol::Coin,
    store::refunds::{found_payments::FoundPayment, transfers::TransferWithAttempts},
};

impl Outgoing<'_> {
    /// Keeps the nonce of a transaction of the account that has paid a transfer and is no version of it, so that it is told
    /// what to send again if the network removes its block. Before the end, after which nobody looks at the transfer again;
    /// it counts only if the transfer ends by this transaction.
    pub(super) async fn note_found_payment(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        by: &Agreed<Receipt>,
    ) -> Result<(), ChainError> {
        let (hash, transaction_hash) = (by.transaction_hash, by.transaction_hash.to_string());
        let is_version = with.attempts.iter().any(|attempt| attempt.hash == transaction_hash);
        if by.from != self.sender || is_version || !view.is_final(by) {
            return Ok(());
        }
        let Some(nonce) = self.nonce_of(hash).await? else { return Ok(()) };
        let found = FoundPayment { transfer: with.transfer.id, nonce, transaction_hash };
        Ok(self.store.record_found_payment(self.connection.settings.network, &self.address(), &found).await?)
    }

    /// Keeps the authorisation by which a transfer is paid that was never signed here, if it is that of another refund: a
    /// person has assigned the payment of one that was lost. Anybody can submit it again if its block is removed.
    pub(super) async fn note_used_authorization(
        &self,
        with: &TransferWithAttempts,
        by: &Agreed<Receipt>,
    ) -> Result<(), ChainError> {
        if !with.attempts.is_empty() {
            return Ok(());
        }
        let (id, own) = (with.transfer.id, refund_nonce(with.transfer.id.0));
        let token = self.connection.coin(with.transfer.amount.currency());
        let sender = abi::address_word(self.sender);
        let mut used = by.logs.iter().filter_map(|log| match log.topics.as_slice() {
            [abi::AUTHORIZATION_USED, account, nonce] if *account == sender => {
                Some(*nonce).filter(|nonce| token == Some(Coin::Token(log.address)) && *nonce != own)
            }
            _ => None,
        });
        let nonce = used.next().map(|nonce| nonce.to_string());
        let authorization = nonce.map(|nonce| (self.address(), nonce));
        Ok(self.store.record_used_authorization(id, authorization).await?)
    }
}

//! The authorisations (EIP-3009) of the account: what the chain says about them.

use super::{Outgoing, View, compare::RANGE};
use crate::{
    chain::{
        ChainError,
        evm::{
            nodes::Agreed,
            rpc::{Log, LogFilter, Receipt},
        },
    },
    domain::refunds::transfer::Attempt,
    evm::{
        abi::{self, Selector},
        authorization::refund_nonce,
        transaction::Transaction,
    },
    signer::protocol::Coin,
    store::refunds::transfers::TransferWithAttempts,
};
use alloy_primitives::{Address, B256, Bytes};
use std::collections::BTreeSet;

impl Outgoing<'_> {
    /// The nonces of our authorisations that a transaction used.
    pub(super) async fn authorizations_in(&self, transaction: B256) -> Result<BTreeSet<B256>, ChainError> {
        let logs = self.receipt_of(transaction).await?.map(|receipt| receipt.logs).unwrap_or_default();
        let sender = abi::address_word(self.sender);
        let is_token = |log: &&Log| self.connection.settings.tokens.values().any(|token| *token == log.address);
        let used = logs.iter().filter(is_token).filter_map(|log| match log.topics.as_slice() {
            [abi::AUTHORIZATION_USED, authorizer, nonce] if *authorizer == sender => Some(*nonce),
            _ => None,
        });
        Ok(used.collect())
    }

    /// The kind and the transaction of the event of a nonce in these blocks, if the nodes agree about it: one alone could
    /// invent it, or tell of another one.
    pub(super) async fn authorization_event(
        &self,
        view: &View<'_>,
        contract: Address,
        kinds: &[B256],
        nonce: B256,
        (mut from, to): (u64, u64),
    ) -> Result<Option<(B256, Agreed<Receipt>)>, ChainError> {
        let sender = abi::address_word(self.sender);
        let kind_of = |log: &Log| {
            let kind = kinds.iter().copied().find(|kind| log.topics == [*kind, sender, nonce]);
            kind.filter(|_| log.address == contract)
        };
        let topics = [kinds.to_vec(), vec![sender], vec![nonce]];
        while from <= to {
            let end = to.min(from + RANGE - 1);
            let filter = LogFilter { from, to: end, contracts: &[contract], topics: &topics };
            let logs = view.node.logs(&filter).await?;
            if let Some((log, kind)) = logs.iter().find_map(|log| Some((log, kind_of(log)?))) {
                let receipt = self.agreed_receipt(log.transaction_hash).await?;
                let has_it = |receipt: &Agreed<Receipt>| receipt.logs.iter().any(|log| kind_of(log) == Some(kind));
                return Ok(receipt.filter(has_it).map(|receipt| (kind, receipt)));
            }
            from = end + 1;
        }
        Ok(None)
    }

    /// The transaction that used the authorisation of a transfer, if one did in a final block.
    pub(super) async fn paid_by_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
    ) -> Result<Option<Agreed<Receipt>>, ChainError> {
        self.ended_authorization(view, with, abi::AUTHORIZATION_USED).await
    }

    /// The transaction in a final block that used or cancelled the authorisation of a transfer.
    pub(super) async fn ended_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        kind: B256,
    ) -> Result<Option<Agreed<Receipt>>, ChainError> {
        let transfer = &with.transfer;
        let Some(Coin::Token(contract)) = self.connection.coin(transfer.amount.currency()) else { return Ok(None) };
        let nonce = refund_nonce(transfer.id.0);
        let Some(signed) = with.attempts.first() else { return Ok(None) };
        let from = self.height_before(view, signed.signed_at).await?;
        let event = self.authorization_event(view, contract, &[kind], nonce, (from, view.finalized)).await?;
        Ok(event.map(|(_, receipt)| receipt))
    }

    /// Whether a transaction has cancelled the authorisation of a transfer.
    pub(super) fn revokes(&self, receipt: &Agreed<Receipt>, with: &TransferWithAttempts) -> bool {
        let nonce = refund_nonce(with.transfer.id.0);
        let topics = [abi::AUTHORIZATION_CANCELED, abi::address_word(self.sender), nonce];
        let contract = self.connection.coin(with.transfer.amount.currency());
        let is_it = |log: &Log| contract == Some(Coin::Token(log.address)) && log.topics == topics;
        receipt.succeeded() && receipt.logs.iter().any(is_it)
    }
}

/// Whether signed bytes have an authorisation in them. What was signed decides, not the coin: the signer's policy may have
/// been another one.
pub(super) fn is_authorization(attempt: &Attempt) -> bool {
    let signed = attempt.raw.parse::<Bytes>().ok().and_then(|raw| Transaction::decode_signed(&raw).ok());
    signed.is_some_and(|signed| signed.data.starts_with(&Selector::TRANSFER_WITH_AUTHORIZATION.bytes()))
}

/// Whether a transaction has used the authorisation of a transfer's refund, whichever account had signed it. One transaction
/// can have used those of several.
pub(super) fn uses_authorization(receipt: &Agreed<Receipt>, with: &TransferWithAttempts) -> bool {
    let nonce = refund_nonce(with.transfer.id.0);
    let is_use = |log: &Log| matches!(log.topics.as_slice(), [abi::AUTHORIZATION_USED, _, used] if *used == nonce);
    receipt.succeeded() && receipt.logs.iter().any(is_use)
}

//! The authorisations (EIP-3009) of the account: what the chain says about them.

use super::{Outgoing, View, compare::RANGE};
use crate::{
    chain::{
        ChainError,
        evm::{
            issuer,
            rpc::{Log, LogFilter, Receipt},
        },
    },
    domain::refunds::transfer::{Attempt, Transfer},
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
        let used = logs.iter().filter_map(|log| match log.topics.as_slice() {
            [abi::AUTHORIZATION_USED, authorizer, nonce] if *authorizer == sender => Some(*nonce),
            _ => None,
        });
        Ok(used.collect())
    }

    /// The events of authorisations, of one nonce or of all, in these blocks.
    pub(super) async fn authorization_logs(
        &self,
        view: &View<'_>,
        contract: Address,
        kinds: &[B256],
        nonce: Option<B256>,
        mut from: u64,
        to: u64,
    ) -> Result<Vec<Log>, ChainError> {
        let mut found = Vec::new();
        while from <= to {
            let end = to.min(from + RANGE - 1);
            let topics = [kinds.to_vec(), vec![abi::address_word(self.sender)], Vec::from_iter(nonce)];
            let filter = LogFilter { from, to: end, contracts: &[contract], topics: &topics };
            found.extend(view.node.logs(&filter).await?);
            from = end + 1;
        }
        Ok(found)
    }

    /// The transaction that used the authorisation of a transfer, if one did in a final block.
    pub(super) async fn paid_by_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
    ) -> Result<Option<B256>, ChainError> {
        self.ended_authorization(view, with, abi::AUTHORIZATION_USED).await
    }

    /// The transaction in a final block that used or cancelled the authorisation of a transfer.
    pub(super) async fn ended_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
        kind: B256,
    ) -> Result<Option<B256>, ChainError> {
        let transfer = &with.transfer;
        let Some(Coin::Token(contract)) = self.connection.coin(transfer.amount.currency()) else { return Ok(None) };
        let nonce = refund_nonce(transfer.id.0);
        let Some(signed) = with.attempts.first() else { return Ok(None) };
        let from = self.height_before(view, signed.signed_at).await?;
        let logs = self.authorization_logs(view, contract, &[kind], Some(nonce), from, view.finalized).await?;
        Ok(self.confirmed(logs).await?.map(|log| log.transaction_hash))
    }

    /// Whether a transaction has cancelled the authorisation of a transfer.
    pub(super) fn revokes(&self, receipt: &Receipt, with: &TransferWithAttempts) -> bool {
        let nonce = refund_nonce(with.transfer.id.0);
        let topics = [abi::AUTHORIZATION_CANCELED, abi::address_word(self.sender), nonce];
        let contract = self.connection.coin(with.transfer.amount.currency());
        let is_it = |log: &Log| contract == Some(Coin::Token(log.address)) && log.topics == topics;
        receipt.succeeded() && receipt.logs.iter().any(is_it)
    }

    /// Whether the authorisation of a transfer was used or cancelled, if all nodes that answer say the same.
    pub(super) async fn is_surely_used(&self, transfer: &Transfer) -> Result<bool, ChainError> {
        let (Some(Coin::Token(contract)), true) =
            (self.connection.coin(transfer.amount.currency()), self.is_authorized(transfer))
        else {
            return Ok(false);
        };
        let (account, id) = (self.sender, transfer.id.0);
        let asked = self
            .connection
            .nodes
            .agreed(|node| Box::pin(async move { issuer::has_used_authorization(node, contract, account, id).await }));
        Ok(asked.await?)
    }

    /// The first of these events that the nodes agree about: one node alone could invent it.
    pub(super) async fn confirmed(&self, logs: Vec<Log>) -> Result<Option<Log>, ChainError> {
        let Some(log) = logs.into_iter().next() else { return Ok(None) };
        let receipt = self.agreed_receipt(log.transaction_hash).await?;
        let is_there = receipt.is_some_and(|receipt| {
            receipt.block_number == log.block_number
                && receipt.logs.iter().any(|agreed| agreed.address == log.address && agreed.topics == log.topics)
        });
        Ok(is_there.then_some(log))
    }
}

/// Whether signed bytes have an authorisation in them. What was signed decides, not the coin: the signer's policy may have
/// been another one.
pub(super) fn is_authorization(attempt: &Attempt) -> bool {
    let signed = attempt.raw.parse::<Bytes>().ok().and_then(|raw| Transaction::decode_signed(&raw).ok());
    signed.is_some_and(|signed| signed.data.starts_with(&Selector::TRANSFER_WITH_AUTHORIZATION.bytes()))
}

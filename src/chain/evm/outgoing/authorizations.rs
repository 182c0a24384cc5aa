//! The authorisations (EIP-3009) of the account: what the chain says about them.

use super::{Outgoing, View, compare::RANGE};
use crate::{
    chain::{
        ChainError,
        evm::{
            assigned::has_authorization,
            nodes::Agreed,
            rpc::{Log, LogFilter, Receipt},
        },
    },
    domain::{ids::RefundId, refunds::transfer::Attempt},
    evm::{abi, authorization::refund_nonce},
    signer::protocol::Coin,
    store::refunds::transfers::TransferWithAttempts,
};
use alloy_primitives::{Address, B256, Bytes};
use std::collections::BTreeSet;

/// The events of the use and of the cancellation of an authorisation. A token reports one of them, once.
const ENDS: [B256; 2] = [abi::AUTHORIZATION_USED, abi::AUTHORIZATION_CANCELED];

/// The event that ended an authorisation, and its transaction, about which the nodes agree.
pub(super) type AuthorizationEnd = (B256, Agreed<Receipt>);

/// An authorisation, as its events name it.
pub(super) struct Authorization {
    pub contract: Address,
    pub authorizer: B256,
    pub nonce: B256,
}

impl Authorization {
    /// The event of its end that a log is.
    pub(super) fn kind_of(&self, log: &Log) -> Option<B256> {
        let kind = ENDS.into_iter().find(|kind| log.topics == [*kind, self.authorizer, self.nonce]);
        kind.filter(|_| log.address == self.contract)
    }
}

impl Outgoing<'_> {
    /// The nonces of our authorisations that a transaction used.
    pub(super) async fn authorizations_in(&self, transaction: B256) -> Result<BTreeSet<B256>, ChainError> {
        let logs = self.receipt_of(transaction).await?.map(|receipt| receipt.logs).unwrap_or_default();
        Ok(self.authorizations_of(&logs))
    }

    /// The same by its events.
    pub(super) fn authorizations_of(&self, logs: &[Log]) -> BTreeSet<B256> {
        let sender = abi::address_word(self.sender);
        let is_token = |log: &&Log| self.connection.settings.tokens.values().any(|token| *token == log.address);
        let used = logs.iter().filter(is_token).filter_map(|log| match log.topics.as_slice() {
            [abi::AUTHORIZATION_USED, authorizer, nonce] if *authorizer == sender => Some(*nonce),
            _ => None,
        });
        used.collect()
    }

    /// The end of an authorisation in these blocks.
    pub(super) async fn authorization_end_in(
        &self,
        view: &View<'_>,
        authorization: &Authorization,
        (mut from, to): (u64, u64),
    ) -> Result<Option<AuthorizationEnd>, ChainError> {
        let topics = [ENDS.to_vec(), vec![authorization.authorizer], vec![authorization.nonce]];
        while from <= to {
            let end = to.min(from + RANGE - 1);
            let filter = LogFilter { from, to: end, contracts: &[authorization.contract], topics: &topics };
            let logs = view.node.logs(&filter).await?;
            if let Some(log) = logs.iter().find(|log| authorization.kind_of(log).is_some()) {
                return self.authorization_end_by(authorization, log.transaction_hash).await;
            }
            from = end + 1;
            if from <= to {
                // Reading many blocks takes longer than a lease lasts.
                self.extend_lease().await?;
            }
        }
        Ok(None)
    }

    /// The end of an authorisation by this transaction, if the nodes agree about it: one alone could invent it, or tell of
    /// another one.
    pub(super) async fn authorization_end_by(
        &self,
        authorization: &Authorization,
        transaction: B256,
    ) -> Result<Option<AuthorizationEnd>, ChainError> {
        let Some(receipt) = self.agreed_receipt(transaction).await? else { return Ok(None) };
        let kind = receipt.logs.iter().find_map(|log| authorization.kind_of(log));
        Ok(kind.map(|kind| (kind, receipt)))
    }

    /// What is looked for of a refund's authorisation.
    pub(super) fn authorization_of(&self, contract: Address, id: RefundId) -> Authorization {
        Authorization { contract, authorizer: abi::address_word(self.sender), nonce: refund_nonce(id.0) }
    }

    /// The transaction that used the authorisation of a transfer, if one did in a final block.
    pub(super) async fn paid_by_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
    ) -> Result<Option<Agreed<Receipt>>, ChainError> {
        let end = self.ended_authorization(view, with).await?;
        Ok(end.filter(|(kind, _)| *kind == abi::AUTHORIZATION_USED).map(|(_, receipt)| receipt))
    }

    /// The end of a transfer's authorisation in a final block.
    pub(super) async fn ended_authorization(
        &self,
        view: &View<'_>,
        with: &TransferWithAttempts,
    ) -> Result<Option<AuthorizationEnd>, ChainError> {
        let (transfer, currency) = (&with.transfer, with.transfer.amount.currency());
        let Some(Coin::Token(contract)) = self.connection.coin(currency) else { return Ok(None) };
        let Some(signed) = with.attempts.first() else { return Ok(None) };
        if self.is_authorized(transfer) {
            // One question, where the events of many blocks would be read in every round. Without a common answer they are.
            let used = self.connection.is_authorization_used(&[self.sender], transfer.id, currency).await;
            if matches!(used, Ok(false)) {
                return Ok(None);
            }
        } else if !with.attempts.iter().any(is_authorization) {
            return Ok(None);
        }
        let from = self.height_before(view, signed.signed_at).await?;
        self.authorization_end_in(view, &self.authorization_of(contract, transfer.id), (from, view.finalized)).await
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

/// Whether a signed version has an authorisation in it.
pub(super) fn is_authorization(attempt: &Attempt) -> bool {
    attempt.raw.parse::<Bytes>().is_ok_and(|raw| has_authorization(&raw))
}

/// Whether a transaction has used the authorisation of a transfer's refund, whichever account had signed it. One transaction
/// can have used those of several.
pub(super) fn uses_authorization(receipt: &Agreed<Receipt>, with: &TransferWithAttempts) -> bool {
    let nonce = refund_nonce(with.transfer.id.0);
    let is_use = |log: &Log| matches!(log.topics.as_slice(), [abi::AUTHORIZATION_USED, _, used] if *used == nonce);
    receipt.succeeded() && receipt.logs.iter().any(is_use)
}

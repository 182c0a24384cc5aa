//! What a transaction of the account did.

use super::Outgoing;
use crate::{
    chain::{
        ChainError,
        evm::{connection::notation, nodes::Agreed, rpc::Receipt},
    },
    domain::{
        error::{ErrorText, TextValue},
        ids::RefundId,
        money::Money,
        refunds::transfer::{Transfer, TransferStatus},
    },
    evm::{abi, authorization::refund_nonce, units},
    signer::protocol::Coin,
    store::refunds::reconciliation::OpenRefund,
};
use alloy_primitives::{Address, B256, U256};
use std::collections::BTreeSet;

/// How many movements of one transaction are compared with refunds that have ended.
const RECIPIENTS: usize = 500;

/// What a transaction has moved out of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Movement {
    pub coin: Coin,
    pub recipient: Address,
    pub units: U256,
}

/// A transaction in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub hash: B256,
    pub receipt: Agreed<Receipt>,
    /// If the account itself has sent it.
    pub nonce: Option<u64>,
    pub height: u64,
    pub succeeded: bool,
    pub movements: Vec<Movement>,
    /// The nonces of the authorisations (EIP-3009) of the account that it used.
    pub authorizations: BTreeSet<B256>,
    /// The refunds that these belong to, whatever has become of them. That of a lost one belongs to what it was assigned to.
    pub names: BTreeSet<RefundId>,
}

impl Outgoing<'_> {
    /// What a transaction did, if all nodes say that it is in the same block.
    pub(super) async fn found(&self, hash: B256) -> Result<Option<Found>, ChainError> {
        let Some(receipt) = self.agreed_receipt(hash).await? else { return Ok(None) };
        let nodes = &self.connection.nodes;
        let asked = nodes.agreed(|node| {
            Box::pin(async move {
                let transaction = node.transaction(hash).await?;
                Ok(transaction.map(|one| (one.from, one.to, one.value, one.nonce.to::<u64>())))
            })
        });
        let Some((from, to, value, nonce)) = asked.await?.into_inner() else { return Ok(None) };
        let is_own = from == self.sender;
        let mut movements = Vec::new();
        if let (true, true, Some(recipient)) = (is_own && receipt.succeeded(), !value.is_zero(), to) {
            movements.push(Movement { coin: Coin::Native, recipient, units: value });
        }
        let (sender, mut authorizations) = (abi::address_word(self.sender), BTreeSet::new());
        for log in &receipt.logs {
            if !self.connection.settings.tokens.values().any(|token| *token == log.address) {
                continue;
            }
            match log.topics.as_slice() {
                [abi::TRANSFER, from, to] if *from == sender => {
                    let (recipient, units) = (abi::word_address(*to), abi::returned_number(&log.data));
                    if let (Some(recipient), Some(units)) = (recipient, units) {
                        movements.push(Movement { coin: Coin::Token(log.address), recipient, units });
                    }
                }
                [abi::AUTHORIZATION_USED, from, nonce] if *from == sender => {
                    authorizations.insert(*nonce);
                }
                _ => {}
            }
        }
        let names = self.refunds_named(&movements, &authorizations).await?;
        Ok(Some(Found {
            hash,
            nonce: is_own.then_some(nonce),
            height: receipt.block_number.to(),
            succeeded: receipt.succeeded(),
            receipt,
            movements,
            authorizations,
            names,
        }))
    }

    /// The refunds whose authorisations a transaction used. A nonce does not tell its refund, so those to the same
    /// recipients are compared.
    async fn refunds_named(
        &self,
        movements: &[Movement],
        authorizations: &BTreeSet<B256>,
    ) -> Result<BTreeSet<RefundId>, ChainError> {
        if authorizations.is_empty() {
            return Ok(BTreeSet::new());
        }
        let recipients: BTreeSet<_> =
            movements.iter().take(RECIPIENTS).map(|movement| notation(movement.recipient)).collect();
        let mut refunds = self.store.refunds_to(self.connection.settings.network, &recipients).await?;
        refunds.retain(|id| authorizations.contains(&refund_nonce(id.0)));
        // That of a refund that was lost is that of the one to which a person has assigned what it has paid.
        let nonces: Vec<String> = authorizations.iter().map(ToString::to_string).collect();
        refunds.extend(self.store.refunds_paid_by_authorizations(&nonces).await?);
        Ok(refunds.into_iter().collect())
    }

    /// The nonce of a transaction, if the account itself has sent it.
    pub(in crate::chain::evm::outgoing) async fn nonce_of(&self, hash: B256) -> Result<Option<u64>, ChainError> {
        Ok(self.found(hash).await?.and_then(|found| found.nonce))
    }

    /// The refunds that a transaction has paid by their authorisations, although their transfers had ended without payment.
    pub(super) async fn paid_after_their_end(&self, found: &Found) -> Result<Vec<RefundId>, ChainError> {
        if found.authorizations.is_empty() {
            return Ok(Vec::new());
        }
        let recipients: BTreeSet<_> =
            found.movements.iter().take(RECIPIENTS).map(|movement| notation(movement.recipient)).collect();
        let network = self.connection.settings.network;
        let mut ended = self.store.refunds_ended_unpaid_to(network, &self.address(), &recipients).await?;
        ended.retain(|id| found.authorizations.contains(&refund_nonce(id.0)));
        Ok(ended)
    }

    /// Whether a transaction did what a transfer has to do, and nothing else. An authorisation names its refund.
    pub(super) fn pays(&self, found: &Found, transfer: &Transfer) -> bool {
        let nonce = refund_nonce(transfer.id.0);
        self.moves_what_is_owed(found, transfer.amount, &transfer.recipient)
            && found.authorizations.iter().all(|used| *used == nonce)
    }

    /// Whether a person may say that a transaction paid a refund. After a restore a refund is made again with another id, so
    /// the authorisation names one that is not here any more; it must not name one that is, whatever has become of it. A
    /// transfer that was signed has an authorisation of its own, which anybody could still submit.
    pub(super) fn may_have_paid(&self, found: &Found, transfer: &Transfer) -> bool {
        let is_planned = transfer.status == TransferStatus::Planned;
        // The authorisation of one that was signed could still be submitted, unless it is what has paid.
        self.pays(found, transfer)
            && (is_planned || !self.is_authorized(transfer) || found.names.contains(&transfer.id))
            || is_planned
                && self.moves_what_is_owed(found, transfer.amount, &transfer.recipient)
                && found.names.is_empty()
    }

    /// The refund without a transfer that a transaction has paid exactly: it waits for people or for its time, and would be
    /// paid again afterwards. Not if the authorisation names another refund.
    pub(super) fn waiting_paid_by<'r>(&self, found: &Found, open: &'r [OpenRefund]) -> Option<&'r OpenRefund> {
        let names_another = |refund: &OpenRefund| found.names.iter().any(|named| *named != refund.id);
        open.iter().find(|refund| {
            !refund.has_transfer
                && self.moves_what_is_owed(found, refund.send, &refund.recipient)
                && !names_another(refund)
        })
    }

    fn moves_what_is_owed(&self, found: &Found, amount: Money, recipient: &str) -> bool {
        let expected = self.connection.coin(amount.currency()).zip(self.connection.units(amount));
        let Some(((coin, units), Ok(recipient))) = expected.map(|pair| (pair, recipient.parse())) else {
            return false;
        };
        found.succeeded && found.movements == [Movement { coin, recipient, units }]
    }

    /// As a part of a sentence.
    pub(super) fn describe_movement(&self, movement: &Movement) -> ErrorText {
        let (network, recipient) = (self.connection.settings.network, movement.recipient.to_checksum(None));
        let currency = self.connection.currencies().find(|one| self.connection.coin(*one) == Some(movement.coin));
        let amount = currency.and_then(|currency| units::from_units(network, currency, movement.units));
        let text = match amount {
            Some(amount) => {
                ErrorText::new("payouts-detail-movement").with("amount", TextValue::amount(amount.with_coin_symbol()))
            }
            None => ErrorText::new("payouts-detail-movement-unknown").with("units", movement.units.to_string()),
        };
        text.with("recipient", recipient)
    }
}

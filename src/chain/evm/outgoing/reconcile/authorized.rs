//! Refunds whose authorisation (EIP-3009) was used or cancelled: the token remembers that, even if no signer and no database
//! does.

use super::{
    super::{
        authorizations::{Authorization, AuthorizationEnd},
        compare::RANGE,
    },
    Outgoing, Reconciliation, View,
};
use crate::{
    chain::{
        ChainError,
        evm::{
            issuer,
            rpc::{BlockTag, RpcError},
        },
    },
    domain::{error::ErrorText, ids::RefundId},
    error::with_causes,
    evm::{abi, authorization::refund_nonce},
    signer::protocol::Coin,
    store::refunds::reconciliation::OpenRefund,
};
use alloy_primitives::{Address, B256};

/// How many blocks before the refund are read if the node has no old states, in which the block is found faster.
const BLOCKS_BEFORE: u64 = 500 * RANGE;

impl Outgoing<'_> {
    /// Ends planned transfers whose authorisation was used or cancelled.
    pub(super) async fn end_authorized(
        &self,
        view: &View<'_>,
        open: &[OpenRefund],
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        // Of all senders: if the settings were changed, one may be planned for another account than the one that paid it.
        let planned = self.store.planned_on(self.connection.settings.network).await?;
        for refund in open {
            let planned = planned.iter().find(|transfer| transfer.id == refund.id);
            if planned.is_none() && refund.has_transfer {
                continue;
            }
            let Some(Coin::Token(contract)) = self.connection.coin(refund.send.currency()) else { continue };
            if !self.connection.is_authorization_used(&[self.sender], refund.id, refund.send.currency()).await? {
                continue;
            }
            let text = |id| ErrorText::new(id).with("refund", refund.id.to_string()).stored();
            let Some(transfer) = planned else {
                report.waiting.push(text("payouts-detail-ended-before-sent"));
                continue;
            };
            match self.authorization_end(view, contract, refund).await? {
                Some((_, receipt)) if !view.is_final(&receipt) => {
                    report.waiting.push(text("payouts-detail-paid-not-final"));
                }
                Some((kind, receipt)) => {
                    let is_paid = kind == abi::AUTHORIZATION_USED;
                    self.end_planned(view, transfer, (&receipt, is_paid), report).await?;
                }
                None => report.unproven.push(text("payouts-detail-authorization-not-found")),
            }
        }
        Ok(())
    }

    /// The end of a refund's authorisation. After a restore a client makes the refund again, with the same id, so it can have
    /// been paid before it was made here.
    pub(super) async fn authorization_end(
        &self,
        view: &View<'_>,
        contract: Address,
        refund: &OpenRefund,
    ) -> Result<Option<AuthorizationEnd>, ChainError> {
        let authorization = self.authorization_of(contract, refund.id);
        let (from, latest) = (self.height_before(view, refund.created_at).await?, view.latest.number.to::<u64>());
        if let Some(end) = self.authorization_end_in(view, &authorization, (from, latest)).await? {
            return Ok(Some(end));
        }
        if let Some(end) = self.authorization_end_among_found(view, &authorization).await? {
            return Ok(Some(end));
        }
        match self.height_of_end(view, contract, refund.id).await {
            Ok(height) => {
                if let Some(end) = self.authorization_end_in(view, &authorization, (height, height)).await? {
                    return Ok(Some(end));
                }
            }
            // The node has no old states, so the events are read.
            Err(RpcError::Refused { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.extend_lease().await?;
        let before = (from.saturating_sub(BLOCKS_BEFORE), from.saturating_sub(1));
        match self.authorization_end_in(view, &authorization, before).await {
            // Mostly the node has no old events either. People are told, and can assign the transaction: one refund must not
            // keep all others from being reconciled.
            Err(error) => {
                tracing::warn!(refund = %refund.id, error = %with_causes(&error), "old blocks cannot be searched");
                self.extend_lease().await?;
                Ok(None)
            }
            end => end,
        }
    }

    /// The same by a transaction that belonged to no refund when it was found. A person may have explained it since.
    async fn authorization_end_among_found(
        &self,
        view: &View<'_>,
        authorization: &Authorization,
    ) -> Result<Option<AuthorizationEnd>, ChainError> {
        let found = self.store.transactions_found(self.connection.settings.network, &self.address()).await?;
        let hashes: Vec<B256> = found.iter().filter_map(|hash| hash.parse().ok()).collect();
        let mut receipts = view.node.receipts(&hashes).await?.into_iter().flatten();
        let ended = receipts.find(|receipt| receipt.logs.iter().any(|log| authorization.kind_of(log).is_some()));
        match ended {
            Some(receipt) => self.authorization_end_by(authorization, receipt.transaction_hash).await,
            None => Ok(None),
        }
    }

    /// The block in which the authorisation of a refund was used or cancelled, found by bisection.
    async fn height_of_end(&self, view: &View<'_>, contract: Address, id: RefundId) -> Result<u64, RpcError> {
        let (mut low, mut high) = (0, view.latest.number.to::<u64>());
        while low < high {
            let middle = low + (high - low) / 2;
            let tag = BlockTag::Number(middle);
            match issuer::has_used_authorization(view.node, contract, self.sender, refund_nonce(id.0), tag).await {
                Ok(true) => high = middle,
                // Before its contract was created it answers nothing.
                Ok(false) | Err(RpcError::Unexpected { .. }) => low = middle + 1,
                Err(error) => return Err(error),
            }
        }
        Ok(low)
    }
}

//! Payouts on EVM networks. A submission only plans a transfer; the worker of the network signs and sends it
//! (`outgoing/`), and ends it when its block is final.

use super::connection::{Connection, notation};
use crate::{
    chain::{
        ChainError,
        payouts::{Payout, PayoutState, Payouts},
    },
    config::networks::SenderSettings,
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        ids::RefundId,
        refunds::transfer::{NewTransfer, Transfer, TransferStatus},
        reports::reconciliation::ChainTransfer,
    },
    store::Store,
};
use alloy_primitives::{Address, keccak256};
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;

/// When a refund whose transfer is under way is looked at again. The end of its transfer wakes it, so this only repairs
/// what a crash interrupted.
const LOOK_AGAIN: Duration = Duration::minutes(2);

/// The payouts of all EVM networks of this server.
pub struct EvmPayouts {
    pub store: Store,
    pub connections: Vec<Arc<Connection>>,
}

impl EvmPayouts {
    fn connection(&self, network: Network) -> Result<&Connection, ChainError> {
        let mut connections = self.connections.iter();
        let found = connections.find(|connection| connection.settings.network == network);
        found.map(AsRef::as_ref).ok_or_else(|| {
            let message = format!("this server is not connected to {}", network.title());
            ChainError::Broken(message.into())
        })
    }
}

#[async_trait::async_trait]
impl Payouts for EvmPayouts {
    async fn state(&self, id: RefundId, now: DateTime<Utc>) -> Result<PayoutState, ChainError> {
        let Some(with) = self.store.refund_transfer(id).await? else { return Ok(PayoutState::Unknown) };
        let Transfer { status, transaction_hash, network, .. } = with.transfer;
        Ok(match (status, transaction_hash) {
            (TransferStatus::Completed, Some(transaction_hash)) => PayoutState::Settled { transaction_hash },
            (TransferStatus::Completed, None) => {
                return Err(ChainError::Broken("a completed transfer has no transaction".into()));
            }
            (TransferStatus::Reverted, _) => PayoutState::Rejected {
                reason: ErrorText::new("steps-transfer-failed").with("network", network.title()),
            },
            (TransferStatus::Cancelled, _) => {
                PayoutState::Rejected { reason: ErrorText::new("steps-transfer-cancelled") }
            }
            (TransferStatus::Withdrawn, _) => {
                PayoutState::Rejected { reason: ErrorText::new("steps-transfer-stopped") }
            }
            (
                TransferStatus::Planned
                | TransferStatus::Signed
                | TransferStatus::Broadcast
                | TransferStatus::Mined
                | TransferStatus::Revoking
                | TransferStatus::Displaced,
                _,
            ) => PayoutState::InProgress { look_again_at: now + LOOK_AGAIN },
        })
    }

    async fn submit(&self, context: &Context<'_>, payout: &Payout) -> Result<(), ChainError> {
        let connection = self.connection(payout.network)?;
        let broken = |message: &str| ChainError::Broken(message.into());
        let sender = payer(payout.id, &connection.settings.senders);
        let sender = sender.ok_or_else(|| broken("no account pays refunds on this network"))?;
        if payout.memo.is_some() {
            return Err(broken("this network has no memos, and the transfer would be lost without it"));
        }
        if connection.coin(payout.amount.currency()).is_none() || connection.units(payout.amount).is_none() {
            return Err(broken("this coin is not sent on this network"));
        }
        let new = NewTransfer {
            id: payout.id,
            network: payout.network,
            sender: notation(sender),
            recipient: payout.address.clone(),
            amount: payout.amount,
        };
        Ok(self.store.plan_transfer(context, &new).await?)
    }

    async fn transfers(&self, ids: &[RefundId]) -> Result<Vec<ChainTransfer>, ChainError> {
        Ok(self.store.completed_transfers(ids).await?.into_iter().filter_map(to_chain_transfer).collect())
    }

    async fn settled_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, ChainError> {
        let completed = self.store.transfers_completed_between(from, to).await?;
        Ok(completed.into_iter().filter_map(to_chain_transfer).collect())
    }
}

/// The account that pays a refund. It depends on nothing but the refund's id and the accounts: after a backup was restored
/// a refund is planned again for the account that may have paid it, whose signer and nonces know that. (The account with
/// the most coins would spread the work better, and would pay a second time.) Another account in the list takes over
/// refunds, but moves none between the others: each goes to the account with the highest hash of both.
pub fn payer(refund: RefundId, senders: &[SenderSettings]) -> Option<Address> {
    let rank = |sender: &Address| keccak256([refund.0.as_bytes().as_slice(), sender.as_slice()].concat());
    senders.iter().map(|sender| sender.address).max_by_key(rank)
}

fn to_chain_transfer(transfer: Transfer) -> Option<ChainTransfer> {
    Some(ChainTransfer {
        id: transfer.id,
        amount: transfer.amount,
        address: transfer.recipient,
        transaction_hash: transfer.transaction_hash?,
        delivered: true,
    })
}

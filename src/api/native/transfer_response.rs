//! The transfer of a refund on a real network, in responses of Requite's own surface.

use crate::{
    domain::{address::network::Network, names::Named, refunds::transfer::HeldReason},
    service::refunds::transfer::TransferView,
    texts::errors::english_stored,
    wire::{
        circle::{MoneyObject, utc},
        schema,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// The transfer that pays a refund on a real network. There is none in the sandbox, and none before the refund is
/// `processing`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefundTransfer)]
pub struct TransferResponse {
    #[schema(value_type = schema::RefundTransferStatus)]
    status: &'static str,
    network: Network,
    /// The payout account.
    sender: String,
    /// Why it is on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::HeldReason)]
    held_reason: Option<&'static str>,
    /// What exactly, such as the missing amount, in words for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    held_detail: Option<String>,
    /// Since when it is on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    held_since: Option<String>,
    /// The number of its transaction. All attempts have the same, except a revocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    nonce: Option<u64>,
    /// Whether an owner wants it replaced by a transaction that pays nothing.
    cancelling: bool,
    /// The signed transactions, the oldest first. The network takes at most one payment or cancellation.
    attempts: Vec<AttemptResponse>,
    /// The transaction that is in a block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transaction_hash: Option<String>,
    /// Its page in the network's block explorer, if the server's settings name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    explorer_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    block_height: Option<u64>,
    /// How many blocks confirm it, its own included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    confirmations: Option<u64>,
    /// The network fee paid, in native coin.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    fee: Option<MoneyObject>,
}

/// A signed transaction.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefundTransferAttempt)]
struct AttemptResponse {
    transaction_hash: String,
    #[schema(value_type = schema::RefundTransferKind)]
    kind: &'static str,
    /// In wei.
    max_fee_per_gas: String,
    /// In wei.
    max_priority_fee_per_gas: String,
    #[schema(format = DateTime)]
    signed_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    explorer_url: Option<String>,
}

impl From<TransferView> for TransferResponse {
    fn from(view: TransferView) -> Self {
        let attempts = view.with.attempts.iter().map(|attempt| AttemptResponse {
            explorer_url: view.link(&attempt.hash),
            transaction_hash: attempt.hash.clone(),
            kind: attempt.kind.as_str(),
            max_fee_per_gas: attempt.max_fee_per_gas.to_string(),
            max_priority_fee_per_gas: attempt.max_priority_fee_per_gas.to_string(),
            signed_date: utc(attempt.signed_at),
        });
        let attempts = attempts.collect();
        let explorer_url = view.with.transfer.transaction_hash.as_deref().and_then(|hash| view.link(hash));
        let transfer = view.with.transfer;
        Self {
            status: transfer.status.as_str(),
            network: transfer.network,
            sender: transfer.sender,
            held_reason: transfer.held.as_ref().map(|held| held.reason).map(HeldReason::as_str),
            held_since: transfer.held.as_ref().map(|held| utc(held.since)),
            held_detail: transfer.held.map(|held| english_stored(&held.detail)),
            nonce: transfer.nonce,
            cancelling: transfer.is_cancelling,
            attempts,
            transaction_hash: transfer.transaction_hash,
            explorer_url,
            block_height: transfer.block_height,
            confirmations: view.confirmations,
            fee: transfer.fee.map(MoneyObject::from),
        }
    }
}

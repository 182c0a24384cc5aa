//! Payments and refunds as Circle's API represents them.

use super::{MoneyObject, utc};
use crate::domain::{
    address::network::Network,
    error::ErrorCode,
    ids::{MerchantId, PaymentIntentId},
    intents::payment::{Payment, PaymentOnChain, PaymentStatus},
    names::Named,
    people::merchant::Merchant,
    refunds::{
        quote::FeePayer,
        refund::{Refund, RefundStatus},
        transfer::HeldReason,
    },
    reports::transfer::Transfer,
};
use crate::{
    languages::Language,
    texts::{errors::english_text, next_steps, payments},
    wire::schema,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A payment or a refund. In Circle's API both are payments.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Transfer)]
pub struct TransferObject {
    id: Uuid,
    #[schema(schema_with = transfer_types)]
    r#type: &'static str,
    #[schema(value_type = schema::PaymentStatus)]
    status: &'static str,
    amount: MoneyObject,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    fees: Option<MoneyObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    network_fees: Option<NetworkFeesObject>,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
    #[schema(value_type = Uuid)]
    merchant_id: MerchantId,
    merchant_wallet_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Uuid)]
    payment_intent_id: Option<PaymentIntentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    settlement_amount: Option<MoneyObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    from_addresses: Option<FromAddressesObject>,
    deposit_address: DepositAddressObject,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transaction_hash: Option<String>,
    requite: TransferExtras,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetworkFees)]
struct NetworkFeesObject {
    #[serde(flatten)]
    money: MoneyObject,
    #[schema(value_type = schema::NetworkFeePayer)]
    fee_payer: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FromAddresses)]
struct FromAddressesObject {
    chain: Network,
    #[schema(value_type = Vec<String>)]
    addresses: [String; 1],
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DepositAddress)]
struct DepositAddressObject {
    chain: Network,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address_tag: Option<String>,
}

/// What Circle's API does not have. Of a payment: its payment intent, also if it is unsupported funds and why; and on a real
/// network its position and its block. Of a refund: the full status, why its transfer is on hold and what to do, why it was
/// rejected, and when its network fee was determined.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TransferExtras)]
struct TransferExtras {
    #[schema(value_type = schema::TransferStatus)]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rejection_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::UnsupportedFunds)]
    unsupported: Option<&'static str>,
    /// Why it is not credited and what to do, in words for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unsupported_detail: Option<String>,
    /// Why a payment that was detected is not credited yet, besides confirmations.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::PendingReason)]
    pending_reason: Option<&'static str>,
    /// The same and what to do, in words for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pending_detail: Option<String>,
    /// The payment intent whose address was paid, or that is refunded.
    #[schema(value_type = Uuid)]
    payment_intent_id: PaymentIntentId,
    /// The place of its log in the transaction. Absent for native coin.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    position: Option<u32>,
    /// The block that holds it. Absent while it is in no block that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    block_height: Option<i64>,
    /// How many blocks confirm it, its own included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    confirmations: Option<u64>,
    /// Whether the network never takes its block back.
    #[serde(rename = "final", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    is_final: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::HeldReason)]
    held_reason: Option<&'static str>,
    /// Why the transfer is on hold and what to do, in words for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    network_fee_date: Option<String>,
}

impl TransferExtras {
    const fn new(status: &'static str, intent: PaymentIntentId) -> Self {
        Self {
            status,
            rejection_reason: None,
            unsupported: None,
            unsupported_detail: None,
            pending_reason: None,
            pending_detail: None,
            payment_intent_id: intent,
            position: None,
            block_height: None,
            confirmations: None,
            is_final: None,
            held_reason: None,
            next_step: None,
            network_fee_date: None,
        }
    }
}

fn transfer_types() -> utoipa::openapi::schema::Object {
    schema::exactly(["payment", "refund"])
}

impl TransferObject {
    /// `on_chain` is where a payment is on a real network.
    pub fn new(transfer: Transfer, on_chain: Option<PaymentOnChain>, merchant: &Merchant) -> Self {
        match transfer {
            Transfer::Payment(payment) => Self::payment(*payment, on_chain, merchant),
            Transfer::Refund(refund) => Self::refund(*refund, merchant),
        }
    }

    /// Converts a deposit. Unsupported funds belong to no intent and were not settled, so those members are absent.
    pub fn payment(payment: Payment, on_chain: Option<PaymentOnChain>, merchant: &Merchant) -> Self {
        let block = on_chain.and_then(|on_chain| on_chain.block);
        let missing_rate = on_chain.and_then(|on_chain| on_chain.missing_rate);
        let settled = payment.status == PaymentStatus::Paid && payment.unsupported.is_none();
        let chain = payment.network;
        Self {
            id: payment.id.0,
            r#type: "payment",
            status: payment.status.as_str(),
            amount: payment.amount.into(),
            fees: settled.then(|| payment.fee.into()),
            network_fees: None,
            create_date: utc(payment.created_at),
            update_date: utc(payment.updated_at),
            merchant_id: payment.merchant_id,
            merchant_wallet_id: merchant.wallet_number.clone(),
            payment_intent_id: payment.unsupported.is_none().then_some(payment.intent_id),
            settlement_amount: settled.then(|| payment.settlement.into()),
            from_addresses: payment.from_address.map(|address| FromAddressesObject { chain, addresses: [address] }),
            deposit_address: DepositAddressObject { chain, address: payment.deposit_address, address_tag: None },
            transaction_hash: payment.transaction_hash,
            requite: TransferExtras {
                unsupported: payment.unsupported.map(|reason| reason.as_str()),
                unsupported_detail: payment
                    .unsupported
                    .map(|reason| next_steps::of_unsupported(Language::english(), reason)),
                pending_reason: missing_rate.map(ErrorCode::as_str),
                pending_detail: missing_rate.map(|code| payments::of_missing_rate(Language::english(), code)),
                position: on_chain.and_then(|on_chain| on_chain.position),
                block_height: block.map(|block| block.height),
                confirmations: block.map(|block| block.confirmations),
                is_final: block.map(|block| block.is_final),
                ..TransferExtras::new(payment.status.as_str(), payment.intent_id)
            },
        }
    }

    /// Converts a refund. `amount` is the debit, in the currency of the balance; `settlementAmount` is what the
    /// customer receives, in the coin that is sent; `depositAddress` is its destination. Circle's schema allows only
    /// dollars as `settlementAmount`, but its quickstart shows ether there, and clients are written for those
    /// responses.
    pub fn refund(refund: Refund, merchant: &Merchant) -> Self {
        let status = match refund.status {
            RefundStatus::AwaitingConfirmation
            | RefundStatus::AwaitingApproval
            | RefundStatus::Pending
            | RefundStatus::Processing => PaymentStatus::Pending,
            RefundStatus::Completed => PaymentStatus::Paid,
            RefundStatus::Rejected => PaymentStatus::Failed,
        };
        let fee_payer = match refund.terms.fee_payer {
            FeePayer::Merchant => "merchant",
            FeePayer::Customer => schema::END_USER,
        };
        let fee = refund.terms.fee.into();
        Self {
            id: refund.id.0,
            r#type: "refund",
            status: status.as_str(),
            amount: refund.terms.debit.into(),
            fees: None,
            network_fees: Some(NetworkFeesObject { money: fee, fee_payer }),
            create_date: utc(refund.created_at),
            update_date: utc(refund.updated_at),
            merchant_id: refund.merchant_id,
            merchant_wallet_id: merchant.wallet_number.clone(),
            payment_intent_id: Some(refund.intent_id),
            settlement_amount: Some(refund.terms.send.into()),
            from_addresses: None,
            deposit_address: DepositAddressObject {
                chain: refund.network,
                address: refund.address_sent,
                address_tag: refund.memo,
            },
            transaction_hash: refund.transaction_hash,
            requite: TransferExtras {
                rejection_reason: refund.rejection_reason.as_ref().map(english_text),
                held_reason: refund.transfer_held.map(HeldReason::as_str),
                next_step: refund.transfer_held.map(|reason| next_steps::of_held_transfer(Language::english(), reason)),
                network_fee_date: refund.terms.fee_at.map(utc),
                ..TransferExtras::new(refund.status.as_str(), refund.intent_id)
            },
        }
    }
}

//! What Circle's clients read: members, order and formats as in its quickstart and OpenAPI file (1.1, 1.4, 1.6).

use crate::{
    domain::{
        currency::Currency,
        ids::{MerchantId, PaymentId, PaymentIntentId, RefundId},
        money::Money,
        network::Network,
        payment::{Payment, PaymentStatus},
        payment_intent::{PaymentIntent, RefundExtent, TimelineEntry},
        refund::{Refund, RefundStatus},
    },
    store::{access::Merchant, movements::Transfer},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use uuid::Uuid;

/// `{"data": …}`, around every success (1.1).
pub fn data(status: StatusCode, data: impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Envelope<T> {
        data: T,
    }
    (status, Json(Envelope { data })).into_response()
}

/// A time: ISO 8601 in UTC with microseconds.
pub fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// An amount, as a string. Ether and bitcoin come with all their decimals, dollars and euros with at least two.
#[derive(Serialize)]
pub struct MoneyShape {
    amount: String,
    currency: Currency,
}

impl From<Money> for MoneyShape {
    fn from(money: Money) -> Self {
        let amount = match money.currency() {
            Currency::Eth | Currency::Btc => money.number_with_all_decimals(),
            Currency::Usd | Currency::Eur => money.number(),
        };
        Self { amount, currency: money.currency() }
    }
}

/// A payment intent (1.4). It has no status of its own: that is the newest timeline entry's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IntentShape {
    id: PaymentIntentId,
    amount: MoneyShape,
    amount_paid: MoneyShape,
    amount_refunded: MoneyShape,
    settlement_currency: Currency,
    payment_methods: Vec<MethodShape>,
    fees: [FeeShape; 2],
    payment_ids: Vec<PaymentId>,
    refund_ids: Vec<RefundId>,
    timeline: Vec<TimelineShape>,
    create_date: String,
    update_date: String,
    expires_on: String,
    merchant_wallet_id: String,
    requite: IntentExtras,
}

#[derive(Serialize)]
struct MethodShape {
    r#type: &'static str,
    chain: Network,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

#[derive(Serialize)]
struct FeeShape {
    r#type: &'static str,
    #[serde(flatten)]
    money: MoneyShape,
}

#[derive(Serialize)]
struct TimelineShape {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    time: String,
}

/// What Circle cannot say of an intent. `refundable` is what a refund's `expectedRefundable` is compared with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IntentExtras {
    order_number: i64,
    refundable: MoneyShape,
    refunds_in_flight: MoneyShape,
    refund_extent: &'static str,
}

impl IntentShape {
    /// Renders an intent of a merchant.
    pub fn new(intent: PaymentIntent, merchant: &Merchant) -> Self {
        let refund_extent = match intent.refund_extent() {
            RefundExtent::None => "not_refunded",
            RefundExtent::Partial => "partially_refunded",
            RefundExtent::Full => "fully_refunded",
        };
        let requite = IntentExtras {
            order_number: intent.order_number,
            refundable: intent.left().into(),
            refunds_in_flight: intent.in_flight.into(),
            refund_extent,
        };
        let method = |network, address| MethodShape { r#type: "blockchain", chain: network, address };
        Self {
            id: intent.id,
            amount: intent.amount.into(),
            amount_paid: intent.paid.into(),
            amount_refunded: intent.refunded.into(),
            settlement_currency: intent.settlement_currency,
            payment_methods: intent.payment_methods.into_iter().map(|m| method(m.network, m.address)).collect(),
            fees: [
                // Requite leases no addresses, so this one is always nothing; clients expect the pair.
                FeeShape { r#type: "blockchainLeaseFee", money: Money::zero(intent.amount.currency()).into() },
                FeeShape { r#type: "totalPaymentFees", money: intent.fees.into() },
            ],
            payment_ids: intent.payment_ids,
            refund_ids: intent.refund_ids,
            timeline: intent.timeline.into_iter().map(TimelineShape::from).collect(),
            create_date: utc(intent.created_at),
            update_date: utc(intent.updated_at),
            expires_on: utc(intent.expires_at),
            merchant_wallet_id: merchant.wallet_number.clone(),
            requite,
        }
    }
}

impl From<TimelineEntry> for TimelineShape {
    fn from(entry: TimelineEntry) -> Self {
        Self {
            status: entry.status.as_str(),
            context: entry.context.map(|context| context.as_str()),
            reason: entry.reason,
            time: utc(entry.at),
        }
    }
}

/// A payment or a refund (1.6): to Circle both are payments.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferShape {
    id: Uuid,
    r#type: &'static str,
    status: &'static str,
    amount: MoneyShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    fees: Option<MoneyShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_fees: Option<NetworkFeesShape>,
    create_date: String,
    update_date: String,
    merchant_id: MerchantId,
    merchant_wallet_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_intent_id: Option<PaymentIntentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settlement_amount: Option<MoneyShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_addresses: Option<FromAddressesShape>,
    deposit_address: DepositAddressShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_hash: Option<String>,
    requite: TransferExtras,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NetworkFeesShape {
    #[serde(flatten)]
    money: MoneyShape,
    fee_payer: &'static str,
}

#[derive(Serialize)]
struct FromAddressesShape {
    chain: Network,
    addresses: [String; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DepositAddressShape {
    chain: Network,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_tag: Option<String>,
}

/// What Circle cannot say of a payment or refund: a refund's finer status and why it was rejected, and why a deposit is
/// unsupported funds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransferExtras {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsupported: Option<&'static str>,
}

impl TransferShape {
    /// Renders whichever it is.
    pub fn new(transfer: Transfer, merchant: &Merchant) -> Self {
        match transfer {
            Transfer::Payment(payment) => Self::payment(*payment, merchant),
            Transfer::Refund(refund) => Self::refund(*refund, merchant),
        }
    }

    /// Renders a deposit. Unsupported funds belong to no intent and were not settled, so those members are absent.
    pub fn payment(payment: Payment, merchant: &Merchant) -> Self {
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
            from_addresses: payment.from_address.map(|address| FromAddressesShape { chain, addresses: [address] }),
            deposit_address: DepositAddressShape { chain, address: payment.deposit_address, address_tag: None },
            transaction_hash: payment.transaction_hash,
            requite: TransferExtras {
                status: payment.status.as_str(),
                rejection_reason: None,
                unsupported: payment.unsupported.map(|reason| reason.as_str()),
            },
        }
    }

    /// Renders a refund (1.5): `amount` is what it takes from the balance, in that balance's currency; `settlementAmount`
    /// what reaches the customer; `depositAddress` where it goes.
    pub fn refund(refund: Refund, merchant: &Merchant) -> Self {
        let status = match refund.status {
            RefundStatus::Pending | RefundStatus::Processing => PaymentStatus::Pending,
            RefundStatus::Completed => PaymentStatus::Paid,
            RefundStatus::Rejected => PaymentStatus::Failed,
        };
        let fee = refund.terms.fee.into();
        Self {
            id: refund.id.0,
            r#type: "refund",
            status: status.as_str(),
            amount: refund.terms.debit.into(),
            fees: None,
            network_fees: Some(NetworkFeesShape { money: fee, fee_payer: "merchant" }),
            create_date: utc(refund.created_at),
            update_date: utc(refund.updated_at),
            merchant_id: refund.merchant_id,
            merchant_wallet_id: merchant.wallet_number.clone(),
            payment_intent_id: Some(refund.intent_id),
            settlement_amount: Some(refund.amount().into()),
            from_addresses: None,
            deposit_address: DepositAddressShape {
                chain: refund.network,
                address: refund.address,
                address_tag: refund.memo,
            },
            transaction_hash: refund.transaction_hash,
            requite: TransferExtras {
                status: refund.status.as_str(),
                rejection_reason: refund.rejection_reason,
                unsupported: None,
            },
        }
    }
}

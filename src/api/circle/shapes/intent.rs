//! Payment intents as Circle's clients read them (1.4).

use super::{MoneyShape, utc};
use crate::{
    domain::{
        currency::Currency,
        ids::{PaymentId, PaymentIntentId, RefundId},
        money::Money,
        network::Network,
        payment_intent::{PaymentIntent, TimelineEntry},
    },
    store::access::Merchant,
};
use serde::Serialize;

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
        let refund_extent = intent.refund_extent().as_str();
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

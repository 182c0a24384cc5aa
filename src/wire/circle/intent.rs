//! Payment intents as Circle's API represents them.

use super::{MoneyObject, utc};
use crate::domain::{
    address::network::Network,
    ids::{PaymentId, PaymentIntentId, RefundId},
    intents::{
        metadata::Metadata,
        payment_intent::{IntentKind, PaymentIntent, TimelineEntry},
    },
    money::{Money, currency::Currency},
    names::Named,
    people::merchant::Merchant,
};
use crate::wire::schema;
use serde::Serialize;
use utoipa::ToSchema;

/// A payment intent of either kind. Its status is that of the newest timeline entry.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = PaymentIntent)]
pub enum IntentObject {
    /// Asks for one amount.
    Transient(TransientObject),
    /// Accepts any amount, repeatedly.
    Continuous(ContinuousObject),
}

/// A payment intent that asks for one amount within a time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TransientPaymentIntent)]
pub struct TransientObject {
    amount: MoneyObject,
    #[schema(format = DateTime)]
    expires_on: String,
    #[serde(flatten)]
    rest: CommonMembers,
}

/// A payment intent whose address can be paid repeatedly. It has no amount, and it neither completes nor expires.
#[derive(Serialize, ToSchema)]
#[schema(as = ContinuousPaymentIntent)]
pub struct ContinuousObject {
    #[schema(schema_with = continuous)]
    r#type: &'static str,
    currency: Currency,
    #[serde(flatten)]
    rest: CommonMembers,
}

/// What every payment intent has. If there are very many payments or refunds, only the newest IDs are listed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AnyPaymentIntent)]
struct CommonMembers {
    #[schema(value_type = Uuid)]
    id: PaymentIntentId,
    amount_paid: MoneyObject,
    amount_refunded: MoneyObject,
    settlement_currency: Currency,
    payment_methods: Vec<MethodObject>,
    #[schema(value_type = Vec<FeeObject>)]
    fees: [FeeObject; 2],
    #[schema(value_type = Vec<Uuid>)]
    payment_ids: Vec<PaymentId>,
    #[schema(value_type = Vec<Uuid>)]
    refund_ids: Vec<RefundId>,
    timeline: Vec<TimelineObject>,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
    merchant_wallet_id: String,
    requite: IntentExtras,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PaymentMethod)]
struct MethodObject {
    #[schema(schema_with = blockchain)]
    r#type: &'static str,
    chain: Network,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PaymentIntentFee)]
struct FeeObject {
    #[schema(schema_with = fee_types)]
    r#type: &'static str,
    #[serde(flatten)]
    money: MoneyObject,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PaymentIntentStep)]
struct TimelineObject {
    #[schema(value_type = schema::IntentStatus)]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::PaidContext)]
    context: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
    #[schema(format = DateTime)]
    time: String,
}

/// What Circle's API does not have. `refundable` is compared with a refund's `expectedRefundable`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaymentIntentExtras)]
struct IntentExtras {
    order_number: i64,
    refundable: MoneyObject,
    refunds_in_flight: MoneyObject,
    #[schema(value_type = schema::IntentRefundExtent)]
    refund_extent: &'static str,
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[schema(schema_with = schema::metadata, required = false)]
    metadata: Metadata,
}

impl IntentObject {
    pub fn new(intent: PaymentIntent, merchant: &Merchant) -> Self {
        let (kind, currency) = (intent.kind, intent.currency());
        let rest = CommonMembers::new(intent, merchant);
        match kind {
            IntentKind::Transient(asked) => Self::Transient(TransientObject {
                amount: asked.amount.into(),
                expires_on: utc(asked.expires_at),
                rest,
            }),
            IntentKind::Continuous => Self::Continuous(ContinuousObject { r#type: kind.as_str(), currency, rest }),
        }
    }
}

impl CommonMembers {
    fn new(intent: PaymentIntent, merchant: &Merchant) -> Self {
        let currency = intent.currency();
        let requite = IntentExtras {
            order_number: intent.order_number,
            refundable: intent.left().into(),
            refunds_in_flight: intent.in_flight.into(),
            refund_extent: intent.refund_extent().as_str(),
            metadata: intent.metadata,
        };
        let method = |network, address| MethodObject { r#type: "blockchain", chain: network, address };
        Self {
            id: intent.id,
            amount_paid: intent.paid.into(),
            amount_refunded: intent.refunded.into(),
            settlement_currency: intent.settlement_currency,
            payment_methods: intent.payment_methods.into_iter().map(|m| method(m.network, m.address)).collect(),
            fees: [
                // Requite does not lease addresses, so this fee is always zero; clients expect both fees.
                FeeObject { r#type: "blockchainLeaseFee", money: Money::zero(currency).into() },
                FeeObject { r#type: "totalPaymentFees", money: intent.fees.into() },
            ],
            payment_ids: intent.payment_ids,
            refund_ids: intent.refund_ids,
            timeline: intent.timeline.into_iter().map(TimelineObject::from).collect(),
            create_date: utc(intent.created_at),
            update_date: utc(intent.updated_at),
            merchant_wallet_id: merchant.wallet_number.clone(),
            requite,
        }
    }
}

fn blockchain() -> utoipa::openapi::schema::Object {
    schema::exactly(["blockchain"])
}

fn fee_types() -> utoipa::openapi::schema::Object {
    schema::exactly(["totalPaymentFees", "blockchainLeaseFee"])
}

fn continuous() -> utoipa::openapi::schema::Object {
    schema::exactly(["continuous"])
}

impl From<TimelineEntry> for TimelineObject {
    fn from(entry: TimelineEntry) -> Self {
        Self {
            status: entry.status.as_str(),
            context: entry.context.map(|context| context.as_str()),
            reason: entry.reason,
            time: utc(entry.at),
        }
    }
}

//! The content of CoinGate's callbacks.

use super::{
    CoinGateCurrency, account_id, overpaid, platform_id, receive_amount, receive_currency, refund_status,
    requested_amount, schema, time, underpaid,
};
use crate::domain::{
    address::network::Network,
    intents::{
        order::{Order, OrderStatus},
        payment_intent::PaymentIntent,
    },
    money::{Money, currency::Currency},
    names::Named,
    refunds::refund::{Refund, RefundStatus},
};
use crate::texts::errors::english_text;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A change of an order, in CoinGate's format. It contains the order's token, which proves who sent it.
#[derive(Serialize, ToSchema)]
pub struct OrderCallback {
    id: i64,
    /// The shop's own reference.
    order_id: String,
    #[schema(value_type = schema::OrderStatus)]
    status: &'static str,
    price_amount: String,
    price_currency: &'static str,
    receive_currency: &'static str,
    /// `0` until something is credited.
    receive_amount: String,
    underpaid_amount: String,
    overpaid_amount: String,
    is_refundable: bool,
    #[schema(format = DateTime)]
    created_at: String,
    token: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pay_amount: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pay_currency: Option<&'static str>,
    #[schema(format = DateTime, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_at: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_address: Option<String>,
    #[schema(format = DateTime, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    fees: Option<Vec<OrderCallbackFee>>,
}

/// A fee that was deducted from a payment.
#[derive(Serialize, ToSchema)]
struct OrderCallbackFee {
    r#type: &'static str,
    amount: String,
    currency: CallbackCurrency,
}

/// A change of a refund, in CoinGate's format.
#[derive(Serialize, ToSchema)]
pub struct RefundCallback {
    id: i64,
    /// The number of the order.
    order_id: i64,
    #[schema(value_type = schema::OrderRefundStatus)]
    status: &'static str,
    request_amount: String,
    request_currency: CallbackCurrency,
    address: String,
    additional_address_field: Option<String>,
    refund_amount: String,
    refund_currency: CallbackCoin,
    email: Option<String>,
    reason: String,
    ledger_account: CallbackAccount,
    /// Only of a rejected refund.
    #[serde(skip_serializing_if = "Option::is_none")]
    compliance_rejection_reason: Option<String>,
}

/// A currency with its ID.
#[derive(Serialize, ToSchema)]
struct CallbackCurrency {
    id: i64,
    symbol: &'static str,
}

/// A coin with the network that it is sent on.
#[derive(Serialize, ToSchema)]
struct CallbackCoin {
    id: i64,
    symbol: &'static str,
    platform: CallbackPlatform,
}

/// A network with its ID.
#[derive(Serialize, ToSchema)]
struct CallbackPlatform {
    id: i64,
    title: &'static str,
}

/// The balance that pays.
#[derive(Serialize, ToSchema)]
struct CallbackAccount {
    id: String,
    currency: CallbackCurrency,
}

impl OrderCallback {
    pub fn new(order: &Order, now: DateTime<Utc>) -> Self {
        let status = order.status(now);
        let intent = order.intent.as_ref();
        let asked = intent.and_then(PaymentIntent::amount_due);
        let is_paid = matches!(status, OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::PartiallyRefunded);
        let method = intent.and_then(|intent| intent.payment_methods.first());
        Self {
            id: order.number,
            order_id: order.text.reference.clone(),
            status: status.as_str(),
            price_amount: order.price.number(),
            price_currency: CoinGateCurrency::of_price(order.price.currency()).symbol(),
            receive_currency: receive_currency(order),
            receive_amount: receive_amount(order),
            underpaid_amount: underpaid(intent),
            overpaid_amount: overpaid(intent),
            is_refundable: is_paid && intent.is_some_and(|intent| !intent.left().is_zero()),
            created_at: time(order.created_at),
            token: order.text.token.clone(),
            pay_amount: asked.map(|asked| asked.amount.number()),
            pay_currency: intent.map(|intent| CoinGateCurrency::Coin(intent.currency()).symbol()),
            expire_at: asked.map(|asked| time(asked.expires_at)),
            payment_address: method.and_then(|method| method.address.clone()),
            paid_at: order.paid_at().filter(|_| is_paid).map(time),
            fees: intent.filter(|_| is_paid).map(|intent| OrderCallbackFee::all(intent.fees)),
        }
    }
}

impl OrderCallbackFee {
    fn all(fees: Money) -> Vec<Self> {
        let currency = CallbackCurrency::new(CoinGateCurrency::of_price(fees.currency()));
        let fee = Self { r#type: "processing_fee", amount: fees.number(), currency };
        Some(fee).filter(|_| !fees.is_zero()).into_iter().collect()
    }
}

impl RefundCallback {
    pub fn new(refund: &Refund, order: &Order) -> Self {
        let terms = &refund.terms;
        let rejection = refund.rejection_reason.as_ref().filter(|_| refund.status == RefundStatus::Rejected);
        Self {
            id: refund.number,
            order_id: order.number,
            status: refund_status(refund.status),
            request_amount: requested_amount(refund, order).number(),
            request_currency: CallbackCurrency::new(CoinGateCurrency::of_price(order.price.currency())),
            address: refund.address_sent.clone(),
            additional_address_field: refund.memo.clone(),
            refund_amount: terms.send.number(),
            refund_currency: CallbackCoin::new(terms.send.currency(), refund.network),
            email: refund.customer_email.clone(),
            reason: refund.note.clone().unwrap_or_else(|| refund.reason.as_str().to_owned()),
            ledger_account: CallbackAccount {
                id: account_id(refund.merchant_id, terms.funding()),
                currency: CallbackCurrency::new(CoinGateCurrency::Coin(terms.funding())),
            },
            compliance_rejection_reason: rejection.map(english_text),
        }
    }
}

impl CallbackCurrency {
    fn new(currency: CoinGateCurrency) -> Self {
        Self { id: currency.id(), symbol: currency.symbol() }
    }
}

impl CallbackCoin {
    fn new(coin: Currency, network: Network) -> Self {
        let CallbackCurrency { id, symbol } = CallbackCurrency::new(CoinGateCurrency::Coin(coin));
        Self { id, symbol, platform: CallbackPlatform { id: platform_id(network), title: network.title() } }
    }
}

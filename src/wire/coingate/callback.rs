//! The content of CoinGate's callbacks, their encoding as a form, and their names in the log of callbacks.

use super::{
    CoinGateCurrency, account_id, overpaid, platform_id, receive_amount, receive_currency, refund_status,
    requested_amount, time, underpaid,
};
use crate::domain::{
    intents::order::{Order, OrderStatus},
    names::Named,
    refunds::refund::{Refund, RefundStatus},
    webhooks::{DeliveryState, MessageFormat},
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use url::form_urlencoded::Serializer;

/// The resources that have callbacks in CoinGate's API.
pub const SUBJECTS: [&str; 8] = [
    ORDER,
    REFUND,
    "Billing::Payment",
    "MassPayout::Payout",
    "BillingRequest",
    "SendRequest",
    "BillingContact",
    "CryptoAddress",
];
const ORDER: &str = "Order";
const REFUND: &str = "MerchantRefund";

/// Returns the resource that callbacks of this format are about.
pub const fn subject_name(format: MessageFormat) -> &'static str {
    match format {
        MessageFormat::CoinGateRefund => REFUND,
        MessageFormat::CoinGateOrder | MessageFormat::Standard | MessageFormat::Circle => ORDER,
    }
}

/// Parses the name of a resource. It has a format if there are callbacks about it.
pub fn subject(name: &str) -> Option<Option<MessageFormat>> {
    match name {
        ORDER => Some(Some(MessageFormat::CoinGateOrder)),
        REFUND => Some(Some(MessageFormat::CoinGateRefund)),
        _ => SUBJECTS.contains(&name).then_some(None),
    }
}

/// Returns the number of a callback. An event can have one about its order and one about its refund.
pub fn number(event: i64, format: MessageFormat) -> i64 {
    event.saturating_mul(2) + i64::from(format == MessageFormat::CoinGateRefund)
}

/// Returns the number of the event and the format of the callback with this number.
pub const fn of_number(number: i64) -> (i64, MessageFormat) {
    let format = if number % 2 == 0 { MessageFormat::CoinGateOrder } else { MessageFormat::CoinGateRefund };
    (number / 2, format)
}

pub const fn status(state: DeliveryState, attempts: i64) -> &'static str {
    match state {
        DeliveryState::Waiting if attempts == 0 => "ready",
        DeliveryState::Waiting => "retrying",
        DeliveryState::Delivered => "success",
        DeliveryState::Failed => "failure",
        DeliveryState::Withheld => "skipped",
    }
}

/// The content of a callback for its log.
pub fn without_token(body: &Json) -> Json {
    let mut body = body.clone();
    if let Some(token) = body.get_mut("token") {
        *token = json!("[FILTERED]");
    }
    body
}

/// Returns the content of a callback about a refund (2.4).
pub fn refund(refund: &Refund, order: &Order) -> Json {
    let terms = &refund.terms;
    let price = CoinGateCurrency::of_price(order.price.currency());
    let (coin, funding) = (CoinGateCurrency::Coin(terms.send.currency()), CoinGateCurrency::Coin(terms.funding()));
    let mut body = json!({
        "id": refund.number,
        "order_id": order.number,
        "status": refund_status(refund.status),
        "request_amount": requested_amount(refund, order).number(),
        "request_currency": { "id": price.id(), "symbol": price.symbol() },
        "address": refund.address_sent,
        "additional_address_field": refund.memo,
        "refund_amount": terms.send.number(),
        "refund_currency": {
            "id": coin.id(),
            "symbol": coin.symbol(),
            "platform": { "id": platform_id(refund.network), "title": refund.network.title() },
        },
        "email": refund.customer_email,
        "reason": refund.note.as_deref().unwrap_or(refund.reason.as_str()),
        "ledger_account": {
            "id": account_id(refund.merchant_id, terms.funding()),
            "currency": { "id": funding.id(), "symbol": funding.symbol() },
        },
    });
    if refund.status == RefundStatus::Rejected {
        set(&mut body, "compliance_rejection_reason", json!(refund.rejection_reason));
    }
    body
}

/// Returns the content of a callback about an order. It contains the order's token, which proves that the sender knows
/// the order.
pub fn order(order: &Order, now: DateTime<Utc>) -> Json {
    let status = order.status(now);
    let intent = order.intent.as_ref();
    let is_paid = matches!(status, OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::PartiallyRefunded);
    let mut body = json!({
        "id": order.number,
        "order_id": order.text.reference,
        "status": status.as_str(),
        "price_amount": order.price.number(),
        "price_currency": CoinGateCurrency::of_price(order.price.currency()).symbol(),
        "receive_currency": receive_currency(order),
        "receive_amount": receive_amount(order),
        "underpaid_amount": underpaid(intent),
        "overpaid_amount": overpaid(intent),
        "is_refundable": is_paid && intent.is_some_and(|intent| !intent.left().is_zero()),
        "created_at": time(order.created_at),
        "token": order.text.token,
    });
    if let Some(intent) = intent {
        let asked = intent.amount_due();
        set(&mut body, "pay_amount", json!(asked.map(|asked| asked.amount.number())));
        set(&mut body, "pay_currency", json!(CoinGateCurrency::Coin(intent.currency()).symbol()));
        set(&mut body, "expire_at", json!(asked.map(|asked| time(asked.expires_at))));
        set(&mut body, "payment_address", json!(intent.payment_methods.first().map(|method| &method.address)));
        if is_paid {
            let listed = CoinGateCurrency::of_price(intent.fees.currency());
            let currency = json!({ "id": listed.id(), "symbol": listed.symbol() });
            let fee = json!({ "type": "processing_fee", "amount": intent.fees.number(), "currency": currency });
            set(&mut body, "fees", if intent.fees.is_zero() { json!([]) } else { json!([fee]) });
            set(&mut body, "paid_at", json!(order.paid_at().map(time)));
        }
    }
    body
}

fn set(body: &mut Json, name: &str, value: Json) {
    if let Some(members) = body.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Encodes a callback as a form: `currency[symbol]=EUR`, `fees[][type]=fee`; null is empty. As in CoinGate's forms, list
/// items have no number.
pub fn form(body: &str) -> String {
    let mut form = Serializer::new(String::new());
    // The stored body is always valid JSON.
    flatten(&mut form, "", &serde_json::from_str(body).unwrap_or_default());
    form.finish()
}

fn flatten(form: &mut Serializer<'_, String>, name: &str, value: &Json) {
    match value {
        Json::Object(members) => {
            for (member, value) in members {
                let name = if name.is_empty() { member.clone() } else { format!("{name}[{member}]") };
                flatten(form, &name, value);
            }
        }
        Json::Array(items) => {
            for item in items {
                flatten(form, &format!("{name}[]"), item);
            }
        }
        Json::Null => {
            form.append_pair(name, "");
        }
        Json::String(text) => {
            form.append_pair(name, text);
        }
        Json::Bool(_) | Json::Number(_) => {
            form.append_pair(name, &value.to_string());
        }
    }
}

//! From a request's body to the typed command of a service: the only place where this surface's input is read.

use super::{
    error::ApiError,
    payee_requests::PAYEE,
    reader::{Reader, uuid},
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{IdempotencyKey, PaymentIntentId, QuoteId, RecipientId, RefundId, WebhookDeliveryId, WebhookEndpointId},
    intents::{
        new_intent::{NewIntent, NewIntentTerms},
        payment::PaymentStatus,
    },
    money::{Money, currency::Currency},
    refunds::{draft::parse_note, payee::RefundRequest, quote::FeePayer, refund::RefundReason},
};
use crate::wire::schema::END_USER;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use chrono::Duration;
use serde_json::Value;
use std::{borrow::Cow, convert::Infallible};
use uuid::Uuid;

/// The id in a path. One that is not a UUID is as unknown as any other that nobody has.
pub struct PathId(Option<Uuid>);

impl PathId {
    /// As the id of an intent.
    pub fn intent(self) -> Result<PaymentIntentId, ApiError> {
        self.0.map(PaymentIntentId).ok_or_else(|| DomainError::not_found("payment intent").into())
    }

    /// As the id of a payment or refund.
    pub fn transfer(self) -> Result<Uuid, ApiError> {
        self.0.ok_or_else(|| DomainError::not_found("payment or refund").into())
    }

    /// As the id of a refund.
    pub fn refund(self) -> Option<RefundId> {
        self.0.map(RefundId)
    }

    /// As the id of a webhook endpoint.
    pub fn webhook_endpoint(self) -> Result<WebhookEndpointId, ApiError> {
        self.0.map(WebhookEndpointId).ok_or_else(|| DomainError::not_found("webhook endpoint").into())
    }

    /// As the id of an entry of the address book.
    pub fn recipient(self) -> Result<RecipientId, ApiError> {
        self.0.map(RecipientId).ok_or_else(|| DomainError::not_found("recipient").into())
    }

    /// As the id of a subscription to notifications.
    pub fn subscription(self) -> Result<WebhookEndpointId, ApiError> {
        self.0.map(WebhookEndpointId).ok_or_else(|| DomainError::not_found("subscription").into())
    }

    /// As the id of a delivery.
    pub fn webhook_delivery(self) -> Result<WebhookDeliveryId, ApiError> {
        self.0.map(WebhookDeliveryId).ok_or_else(|| DomainError::not_found("webhook delivery").into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(text.ok().and_then(|Path(text)| uuid(&text))))
    }
}

/// A wish for an intent, with the wallet that it names.
pub struct IntentRequest {
    /// The typed command.
    pub new: NewIntent,
    /// The caller's name for it.
    pub key: IdempotencyKey,
    /// The wallet to credit, when one is named.
    pub wallet: Option<String>,
}

/// Reads `POST /v1/paymentIntents` (1.3). Without a `type` it is what its members say: with an amount transient, as in the
/// vendor's OpenAPI file, and with a currency alone continuous, as in the vendor's later texts. The key may be in the header
/// instead.
pub fn intent(body: &Value, header: Option<IdempotencyKey>, lifetime: Duration) -> Result<IntentRequest, ApiError> {
    let mut reader = Reader::new(body);
    match reader.text("type") {
        Some("transient") => transient(body, reader, header, lifetime),
        Some("continuous") => continuous(body, reader, header),
        None if reader.has("currency") && !reader.has("amount") => continuous(body, reader, header),
        None => transient(body, reader, header, lifetime),
        Some(other) => {
            // Which members it has is not known, so there is no use in naming what else is missing.
            let error = DomainError::new(ErrorCode::RequestMalformed, "The type is one of transient, continuous.");
            let mut reader = Reader::new(body);
            reader.note(error.on("type"), &Value::from(other));
            reader.finish(None)
        }
    }
}

fn transient(
    body: &Value,
    mut reader: Reader<'_>,
    header: Option<IdempotencyKey>,
    lifetime: Duration,
) -> Result<IntentRequest, ApiError> {
    let key = reader.key_or(header);
    let amount = reader.money("amount");
    finish_intent(body, reader, key, amount.map(|amount| NewIntentTerms::Transient { amount, lifetime, order: None }))
}

fn continuous(body: &Value, mut reader: Reader<'_>, header: Option<IdempotencyKey>) -> Result<IntentRequest, ApiError> {
    let key = reader.key_or(header);
    let currency = reader.parsed("currency", Currency::parse);
    if reader.has("amount") {
        // Not passed over: whoever names one expects that the customer has to pay it.
        let message = "A continuous payment intent has no amount: the customer pays whatever they like.";
        reader.note(DomainError::new(ErrorCode::RequestMalformed, message).on("amount"), &Value::Null);
    }
    finish_intent(body, reader, key, currency.map(|currency| NewIntentTerms::Continuous { currency }))
}

/// Reads what both kinds have.
fn finish_intent(
    body: &Value,
    mut reader: Reader<'_>,
    key: Option<IdempotencyKey>,
    wish: Option<NewIntentTerms>,
) -> Result<IntentRequest, ApiError> {
    let settlement = reader.parsed("settlementCurrency", Currency::parse);
    let networks = networks(&mut reader);
    let wallet = reader.text("merchantWalletId").map(str::to_owned);
    let (wish, settlement, networks, key) =
        reader.finish(wish.zip(settlement).zip(networks).zip(key).map(|(((w, s), n), k)| (w, s, n, k)))?;
    let new = NewIntent::new(wish, settlement, networks)
        .map_err(|error| ApiError::from(error).located(intent_location).with_values_of(body))?;
    Ok(IntentRequest { new, key, wallet })
}

fn networks(reader: &mut Reader<'_>) -> Option<Vec<Network>> {
    let mut networks = Some(Vec::new());
    for index in 0..reader.count("paymentMethods") {
        reader.parsed(&format!("paymentMethods.{index}.type"), |kind| {
            let message = "The only payment method is 'blockchain'.";
            if kind == "blockchain" { Ok(()) } else { Err(DomainError::new(ErrorCode::RequestMalformed, message)) }
        });
        let network = reader.parsed(&format!("paymentMethods.{index}.chain"), Network::parse);
        networks = networks.zip(network).map(|(mut networks, network)| {
            networks.push(network);
            networks
        });
    }
    networks
}

/// Reads `POST /v1/paymentIntents/{id}/refund` (1.5): `toAmount` is what reaches the customer, and `amount` only names the
/// currency of the balance that pays. Circle's request has no reason for a refund. It goes to an address, to an entry of the
/// address book, or to whoever paid. Requite adds `quoteId`, a quote that was
/// looked at before, `coin`, another coin to send than the one that was paid, and `feePayer`: a customer who pays the network
/// fee gets so much less than `toAmount`.
pub fn refund(
    body: &Value,
    header: Option<IdempotencyKey>,
    intent_id: PaymentIntentId,
) -> Result<(RefundRequest, IdempotencyKey), ApiError> {
    let mut reader = Reader::new(body);
    let key = reader.key_or(header);
    let payee = PAYEE.read(&mut reader);
    let funding = reader.parsed("amount.currency", Currency::parse);
    let amount = reader.money("toAmount");
    let expected_refundable =
        if reader.has("expectedRefundable") { reader.money_by("expectedRefundable", Money::parse) } else { None };
    let fee_payer = fee_payer(&mut reader);
    let coin = coin(&mut reader);
    let quote_id = if reader.has("quoteId") { reader.parsed("quoteId", quote_id) } else { None };
    let override_reason = reader
        .text("overrideReason")
        .and_then(|text| reader.check("overrideReason", text, parse_note(text, "overrideReason")).flatten());
    let (key, (payee, network), funding, amount) =
        reader.finish(key.zip(payee).zip(funding).zip(amount).map(|(((k, p), f), a)| (k, p, f, a)))?;
    let wish = RefundRequest {
        intent_id,
        payee,
        network,
        amount,
        coin: coin.unwrap_or(amount.currency()),
        funding,
        fee_payer: fee_payer.unwrap_or_default(),
        quote_id,
        expected_refundable,
        override_reason,
        customer_email: None,
        reason: RefundReason::Other,
        note: None,
    };
    Ok((wish, key))
}

/// The coin that is sent, when it is not the one that was paid. Circle has no such member.
fn coin(reader: &mut Reader<'_>) -> Option<Currency> {
    if reader.has("coin") { reader.parsed("coin", Currency::parse) } else { None }
}

fn fee_payer(reader: &mut Reader<'_>) -> Option<FeePayer> {
    if reader.has("feePayer") { reader.parsed("feePayer", parse_fee_payer) } else { Some(FeePayer::default()) }
}

/// Circle's answers have another word for the customer.
fn parse_fee_payer(name: &str) -> Result<FeePayer, DomainError> {
    if name == END_USER { Ok(FeePayer::Customer) } else { FeePayer::parse(name) }
}

fn quote_id(text: &str) -> Result<QuoteId, DomainError> {
    uuid(text).map(QuoteId).ok_or_else(|| DomainError::not_found("quote"))
}

/// Reads `POST /v1/mocks/paymentIntents/{id}/payments`: without an amount exactly what is due of a transient intent, without an
/// outcome paid.
pub fn mock_payment(body: &Value) -> Result<(Option<Money>, PaymentStatus), ApiError> {
    let mut reader = Reader::new(body);
    let amount = if reader.has("amount") { reader.money("amount") } else { None };
    let outcome = if reader.has("outcome") {
        reader.parsed("outcome", |name| {
            let message = "The outcome is one of paid, failed, pending.";
            PaymentStatus::parse(name).ok_or_else(|| DomainError::new(ErrorCode::RequestMalformed, message))
        })
    } else {
        Some(PaymentStatus::Paid)
    };
    reader.finish(outcome.map(|outcome| (amount, outcome)))
}

/// Reads `POST /v1/mocks/payments/{id}`: how a pending payment ends.
pub fn mock_ending(body: &Value) -> Result<PaymentStatus, ApiError> {
    let mut reader = Reader::new(body);
    let outcome = reader.parsed("outcome", |name| {
        let message = "The outcome is one of paid, failed.";
        let ending = PaymentStatus::parse(name).filter(|status| *status != PaymentStatus::Pending);
        ending.ok_or_else(|| DomainError::new(ErrorCode::RequestMalformed, message))
    });
    reader.finish(outcome)
}

/// Reads `POST /v1/notifications/subscriptions`.
pub fn subscription(body: &Value) -> Result<String, ApiError> {
    let mut reader = Reader::new(body);
    let endpoint = reader.required("endpoint").map(str::to_owned);
    reader.finish(endpoint)
}

/// Circle's location of an input of an intent.
pub fn intent_location(native: &str) -> Cow<'static, str> {
    match native {
        "amount" => "amount.amount".into(),
        "idempotency_key" => "idempotencyKey".into(),
        other => other.replace("payment_methods", "paymentMethods").replace(".network", ".chain").into(),
    }
}

/// Circle's location of an input of a refund.
pub fn refund_location(native: &str) -> Cow<'static, str> {
    match native {
        "amount" => "toAmount.amount".into(),
        "amount.currency" => "toAmount.currency".into(),
        "funding" => "amount.currency".into(),
        "expected_refundable" => "expectedRefundable.amount".into(),
        "idempotency_key" => "idempotencyKey".into(),
        "override_reason" => "overrideReason".into(),
        "fee_payer" => "feePayer".into(),
        "quote" => "quoteId".into(),
        other => other.to_owned().into(),
    }
}

/// Refuses a wallet that is not the caller's; there is one for each merchant.
pub fn require_wallet(wallet: Option<&str>, own: &str, location: &'static str) -> Result<(), ApiError> {
    if wallet.is_none_or(|wallet| wallet == own) {
        return Ok(());
    }
    let message = format!("This is not your wallet. Your only one is {own}.");
    Err(DomainError::new(ErrorCode::RequestMalformed, message).on(location).into())
}

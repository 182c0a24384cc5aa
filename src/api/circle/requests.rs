//! From a request's body to the typed command of a service: the only place where this surface's input is read.

use super::{error::ApiError, payee_requests::PAYEE};
use crate::{
    api::input::{
        field_names::{FieldNames, Place, name},
        problems::Problems,
        reader::{Reader, uuid},
    },
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId, QuoteId},
        intents::{
            new_intent::{NewIntent, NewIntentTerms},
            payment::PaymentStatus,
        },
        money::{Money, currency::Currency},
        names::Named,
        refunds::{draft::parse_note, payee::RefundRequest, quote::FeePayer, refund::RefundReason},
    },
    wire::schema::END_USER,
};
use chrono::Duration;
use serde_json::Value;

/// A request for an intent, with the wallet that it names.
pub struct IntentInput {
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
pub fn intent(body: &Value, header: Option<IdempotencyKey>, lifetime: Duration) -> Result<IntentInput, Problems> {
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
            reader.note("type", error, &Value::from(other));
            reader.finish(|| None)
        }
    }
}

fn transient(
    body: &Value,
    mut reader: Reader<'_>,
    header: Option<IdempotencyKey>,
    lifetime: Duration,
) -> Result<IntentInput, Problems> {
    let key = reader.key_or(header);
    let amount = reader.money("amount");
    finish_intent(body, reader, key, amount.map(|amount| NewIntentTerms::Transient { amount, lifetime, order: None }))
}

fn continuous(body: &Value, mut reader: Reader<'_>, header: Option<IdempotencyKey>) -> Result<IntentInput, Problems> {
    let key = reader.key_or(header);
    let currency = reader.parsed("currency", Currency::parse);
    if reader.has("amount") {
        // Refused, since a client that sends one expects that the customer has to pay it.
        let message = "A continuous payment intent has no amount: the customer pays whatever they like.";
        reader.note("amount", DomainError::new(ErrorCode::RequestMalformed, message), &Value::Null);
    }
    finish_intent(body, reader, key, currency.map(|currency| NewIntentTerms::Continuous { currency }))
}

/// Reads what both kinds have.
fn finish_intent(
    body: &Value,
    mut reader: Reader<'_>,
    key: Option<IdempotencyKey>,
    terms: Option<NewIntentTerms>,
) -> Result<IntentInput, Problems> {
    let settlement = reader.parsed("settlementCurrency", Currency::parse);
    let networks = networks(&mut reader);
    let wallet = reader.text("merchantWalletId").map(str::to_owned);
    let (terms, settlement, networks, key) = reader.finish(|| Some((terms?, settlement?, networks?, key?)))?;
    let new = NewIntent::new(terms, settlement, networks)
        .map_err(|error| Problems::from(error).located(intent_location).with_values_of(body))?;
    Ok(IntentInput { new, key, wallet })
}

fn networks(reader: &mut Reader<'_>) -> Option<Vec<Network>> {
    let mut networks = Some(Vec::new());
    for index in 0..reader.count("paymentMethods") {
        reader.parsed(&format!("paymentMethods.{index}.type"), |kind| {
            let message = "The only payment method is 'blockchain'.";
            if kind == "blockchain" { Ok(()) } else { Err(DomainError::new(ErrorCode::RequestMalformed, message)) }
        });
        let network = reader.parsed(&format!("paymentMethods.{index}.chain"), Network::parse);
        match (&mut networks, network) {
            (Some(networks), Some(network)) => networks.push(network),
            _ => networks = None,
        }
    }
    networks
}

/// Reads `POST /v1/paymentIntents/{id}/refund` (1.5): `toAmount` is what reaches the customer, and `amount` only names the
/// currency of the balance that pays. Circle's request has no reason for a refund. It goes to an address, to an entry of the
/// address book, or to the address that paid. Requite adds `quoteId`, a quote that was
/// looked at before, `coin`, another coin to send than the one that was paid, and `feePayer`: a customer who pays the network
/// fee gets so much less than `toAmount`.
pub fn refund(
    body: &Value,
    header: Option<IdempotencyKey>,
    intent_id: PaymentIntentId,
) -> Result<(RefundRequest, IdempotencyKey), Problems> {
    let mut reader = Reader::new(body);
    let key = reader.key_or(header);
    let payee = PAYEE.read(&mut reader);
    let funding = reader.parsed("amount.currency", Currency::parse);
    let amount = reader.money("toAmount");
    let expected_refundable =
        if reader.has("expectedRefundable") { reader.money_by("expectedRefundable", Money::parse) } else { None };
    let fee_payer = reader.optional("feePayer", parse_fee_payer);
    // Circle has no such member.
    let coin = reader.optional("coin", Currency::parse);
    let quote_id = reader.optional("quoteId", quote_id);
    let override_reason = reader
        .text("overrideReason")
        .and_then(|text| reader.check("overrideReason", text, parse_note(text, Field::OverrideReason)).flatten());
    reader.finish(|| {
        let ((payee, network), amount) = (payee?, amount?);
        let request = RefundRequest {
            intent_id,
            payee,
            network,
            amount,
            coin: coin.unwrap_or(amount.currency()),
            funding: funding?,
            fee_payer: fee_payer.unwrap_or_default(),
            quote_id,
            expected_refundable,
            override_reason,
            customer_email: None,
            reason: RefundReason::Other,
            note: None,
        };
        Some((request, key?))
    })
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
pub fn mock_payment(body: &Value) -> Result<(Option<Money>, PaymentStatus), Problems> {
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
    reader.finish(|| Some((amount, outcome?)))
}

/// Reads `POST /v1/mocks/payments/{id}`: how a pending payment ends.
pub fn mock_ending(body: &Value) -> Result<PaymentStatus, Problems> {
    let mut reader = Reader::new(body);
    let outcome = reader.parsed("outcome", |name| {
        let message = "The outcome is one of paid, failed.";
        let ending = PaymentStatus::parse(name).filter(|status| *status != PaymentStatus::Pending);
        ending.ok_or_else(|| DomainError::new(ErrorCode::RequestMalformed, message))
    });
    reader.finish(|| outcome)
}

/// Reads `POST /v1/notifications/subscriptions`.
pub fn subscription(body: &Value) -> Result<String, Problems> {
    let mut reader = Reader::new(body);
    let endpoint = reader.required("endpoint").map(str::to_owned);
    reader.finish(|| endpoint)
}

/// Circle's location of an input of an intent.
pub fn intent_location(field: Field) -> Option<Place> {
    Some(match field {
        Field::PaymentMethodNetwork(index) => format!("paymentMethods.{index}.chain").into(),
        field => name(INTENT, field),
    })
}

const INTENT: &FieldNames = &[
    (Field::Amount, "amount.amount"),
    (Field::IdempotencyKey, "idempotencyKey"),
    (Field::PaymentMethods, "paymentMethods"),
];

/// Circle's location of an input of a refund.
pub fn refund_location(body: &Value, field: Field) -> Option<Place> {
    Some(PAYEE.place_of(body, field).unwrap_or_else(|| name(REFUND, field)))
}

const REFUND: &FieldNames = &[
    (Field::Amount, "toAmount.amount"),
    (Field::AmountCurrency, "toAmount.currency"),
    (Field::Funding, "amount.currency"),
    (Field::DestinationRecipient, "destination.addressBookId"),
    (Field::DestinationSender, "destination.useOriginalSender"),
    (Field::ExpectedRefundable, "expectedRefundable.amount"),
    (Field::IdempotencyKey, "idempotencyKey"),
    (Field::OverrideReason, "overrideReason"),
    (Field::FeePayer, "feePayer"),
    (Field::Quote, "quoteId"),
];

/// Refuses a wallet that is not the caller's; there is one for each merchant.
pub fn require_wallet(wallet: Option<&str>, own: &str, location: &'static str) -> Result<(), ApiError> {
    if wallet.is_none_or(|wallet| wallet == own) {
        return Ok(());
    }
    let message = format!("This is not your wallet. Your only one is {own}.");
    Err(Problems::at(location, DomainError::new(ErrorCode::RequestMalformed, message)).into())
}

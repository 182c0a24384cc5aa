//! From a request to the typed command of a service.

use crate::{
    api::input::{
        field_names::Place,
        filters::Filters,
        idempotency,
        payee::{AddressPlaces, PayeePlaces},
        problems::Problems,
        reader::{Reader, uuid},
    },
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId, QuoteId},
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            amount_basis::AmountBasis,
            draft::{parse_email, parse_note},
            payee::RefundRequest,
            quote::FeePayer,
            refund::{RefundReason, RefundStatus},
            refund_sort::RefundSort,
        },
    },
    service::refunds::quote::QuoteRequest,
    store::refunds::RefundFilter,
};
use axum::http::HeaderMap;
use rust_decimal::Decimal;
use serde_json::Value;

/// Where a refund names who gets it.
pub const PAYEE: PayeePlaces = PayeePlaces {
    address: AddressPlaces { network: "destination.network", address: "destination.address", memo: "destination.memo" },
    recipient: &["destination.addressBookId"],
    sender: &["destination.useOriginalSender"],
};

/// Reads `POST /v1/refunds`. `amount` is in the currency that was paid; everything but intent, amount and destination has a
/// default: the coin that was paid is sent, from the balance in the same currency, and the merchant pays the network fee. The
/// key may be in the header instead; a preview makes nothing and needs none.
pub fn refund(
    body: &Value,
    headers: &HeaderMap,
    preview: bool,
) -> Result<(RefundRequest, Option<IdempotencyKey>), Problems> {
    let mut reader = Reader::new(body);
    let key = key(&mut reader, headers, preview);
    let intent_id = reader.parsed("paymentIntentId", |text| {
        uuid(text).map(PaymentIntentId).ok_or_else(|| DomainError::not_found("payment intent"))
    });
    let amount = reader.money("amount");
    let payee = PAYEE.read(&mut reader);
    let coin = reader.optional("coin", Currency::parse);
    let funding = reader.optional("fundingCurrency", Currency::parse);
    let fee_payer = reader.optional("feePayer", FeePayer::parse);
    let quote_id =
        reader.optional("quoteId", |text| uuid(text).map(QuoteId).ok_or_else(|| DomainError::not_found("quote")));
    let reason = reader.optional("reason", |name| {
        let message = "It must be one of requested_by_customer, duplicate, overpaid, not_delivered, other.";
        RefundReason::parse(name).ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, message))
    });
    let expected_refundable =
        if reader.has("expectedRefundable") { reader.money_by("expectedRefundable", Money::parse) } else { None };
    let customer_email = reader.optional("customerEmail", parse_email).flatten();
    let note = reader.optional("note", |text| parse_note(text, Field::Note)).flatten();
    let override_reason = reader.optional("overrideReason", |text| parse_note(text, Field::OverrideReason)).flatten();
    reader.finish(|| {
        let ((payee, network), amount) = (payee?, amount?);
        let request = RefundRequest {
            intent_id: intent_id?,
            payee,
            network,
            amount,
            coin: coin.unwrap_or(amount.currency()),
            funding: funding.unwrap_or(amount.currency()),
            fee_payer: fee_payer.unwrap_or_default(),
            quote_id,
            expected_refundable,
            override_reason,
            customer_email,
            reason: reason.unwrap_or(RefundReason::Other),
            note,
        };
        Some((request, key))
    })
}

/// The one key of a request, of its header or its body; a preview may have none.
fn key(reader: &mut Reader<'_>, headers: &HeaderMap, preview: bool) -> Option<IdempotencyKey> {
    match idempotency::in_header(headers) {
        Ok(None) if preview && !reader.has("idempotencyKey") => None,
        Ok(header) => reader.key_or(header),
        Err(problems) => {
            reader.add(problems);
            None
        }
    }
}

/// The place of what a refusal of a refund is about: who gets it where they are named, and its key in the header when it is
/// there.
pub fn refund_place(body: &Value, headers: &HeaderMap, field: Field) -> Option<Place> {
    if field == Field::IdempotencyKey && headers.contains_key(idempotency::HEADER) {
        return Some(idempotency::HEADER.into());
    }
    PAYEE.place_of(body, field)
}

/// Reads `POST /v1/quotes`. `basis` says how `amount` is meant: `as_paid` (the default) counts coins, all that are left
/// without an amount; `todays_rate` takes a price in any currency; `overpaid` takes what was paid too much.
pub fn quote(body: &Value) -> Result<QuoteRequest, Problems> {
    let mut reader = Reader::new(body);
    let intent_id = reader.parsed("paymentIntentId", |text| {
        uuid(text).map(PaymentIntentId).ok_or_else(|| DomainError::not_found("payment intent"))
    });
    let basis = basis(&mut reader);
    let coin = reader.optional("coin", Currency::parse);
    let network = reader.parsed("destination.chain", Network::parse);
    let funding = reader.parsed("fundingCurrency", Currency::parse);
    let fee_payer = reader.optional("feePayer", FeePayer::parse);
    reader.finish(|| {
        Some(QuoteRequest {
            intent_id: intent_id?,
            basis: basis?,
            coin,
            network: network?,
            funding: funding?,
            fee_payer: fee_payer.unwrap_or_default(),
        })
    })
}

fn basis(reader: &mut Reader<'_>) -> Option<AmountBasis> {
    let amount = reader.has("amount");
    match reader.text("basis").unwrap_or("as_paid") {
        "as_paid" if amount => reader.money("amount").map(|money| AmountBasis::AsPaid(Some(money))),
        "as_paid" => Some(AmountBasis::AsPaid(None)),
        "todays_rate" => reader.money("amount").map(AmountBasis::TodaysRate),
        "overpaid" => Some(AmountBasis::Overpaid),
        other => {
            let message = "The basis is one of as_paid, todays_rate, overpaid.";
            reader.note("basis", DomainError::new(ErrorCode::RequestMalformed, message), &Value::from(other));
            None
        }
    }
}

/// Reads the one text of a decision.
pub fn text<'a>(body: &'a Value, name: &str) -> Result<&'a str, Problems> {
    let mut reader = Reader::new(body);
    let text = reader.required(name);
    reader.finish(|| text)
}

/// Reads the filters and the order of `GET /v1/refunds`.
pub fn filter(filters: &mut Filters) -> RefundFilter {
    let advice =
        "It must be one of awaiting_confirmation, awaiting_approval, pending, processing, completed, rejected.";
    let status = filters.name("status", RefundStatus::parse, |status| status.as_str(), advice);
    let advice = "It must be a supported currency, such as USD.";
    let currency = filters.name("currency", |code| Currency::parse(code).ok(), |currency| currency.code(), advice);
    let advice = "It must be a supported network, such as BASE.";
    let network = filters.name("network", |code| Network::parse(code).ok(), |network| network.code(), advice);
    let amount = |text: &str| Decimal::from_str_exact(text).ok().filter(|amount| !amount.is_sign_negative());
    let advice = "It must be a plain decimal number, such as 12.50.";
    let amount_min = filters.read("amountMin", amount, Decimal::to_string, advice);
    let amount_max = filters.read("amountMax", amount, Decimal::to_string, advice);
    let text = |text: &str| (!text.is_empty() && text.len() <= 200).then(|| text.to_owned());
    let address = filters.read("address", text, |text| escaped(text), "It must be an address.");
    let email = filters.read("customerEmail", text, |text| escaped(text), "It must be an e-mail address.");
    let intent = filters.id("paymentIntentId").map(PaymentIntentId);
    let updated_from = filters.time("updatedFrom");
    let updated_to = filters.time("updatedTo");
    let advice = "It must be one of created, updated, amount.";
    let sort = filters.name("sort", RefundSort::parse, |sort| sort.as_str(), advice).unwrap_or_default();
    RefundFilter {
        status,
        currency,
        network,
        intent,
        updated_from,
        updated_to,
        amount_min,
        amount_max,
        address,
        email,
        sort,
        ..RefundFilter::default()
    }
}

/// A text as it stands in a query.
fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

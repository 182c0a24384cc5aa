//! The request bodies and filters for refunds and quotes, and their conversion to the commands of the services.

use crate::{
    api::input::{
        field_names::Place,
        filters::Filters,
        idempotency,
        member::{Email, JsonMember, Note, OptionalKey, RefundableAmount, bodies},
        payee::{self, NetworkPayee},
        problems::Problems,
        reader::Reader,
    },
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId, QuoteId},
        money::{Money, currency::Currency},
        refunds::{
            amount_basis::AmountBasis,
            payee::RefundRequest,
            quote::FeePayer,
            refund::RefundReason,
            warning::{OverrideReason, Warning},
        },
    },
    service::refunds::quote::QuoteRequest,
    store::refunds::RefundFilter,
    wire::{circle::MoneyObject, schema},
};
use axum::http::HeaderMap;
use rust_decimal::Decimal;
use serde_json::Value;
use utoipa::{IntoParams, openapi::schema::Object};

bodies! {
    /// A refund. Only the payment intent, the amount and the destination are required. By default the coin that was
    /// paid is sent, the balance in the same currency pays, and you pay the network fee.
    #[schema(as = NewRefund, example = json!({
        "paymentIntentId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
        "amount": { "amount": "40.00", "currency": "USD" },
        "destination": { "network": "BASE", "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F" },
        "reason": "requested_by_customer",
    }))]
    NewRefundBody {
        /// Your idempotency key, any text of up to 255 characters, here or in the `Idempotency-Key` header.
        #[schema(value_type = Option<String>, min_length = 1, max_length = 255)]
        idempotency_key: OptionalKey,
        /// The payment intent to refund.
        #[schema(value_type = Uuid)]
        payment_intent_id: PaymentIntentId,
        /// The amount to refund, in the currency that was paid.
        #[schema(value_type = MoneyObject)]
        amount: Money,
        /// The payee of the refund.
        destination: NetworkPayee,
        /// The coin to send. The default is the coin that was paid.
        coin: Option<Currency>,
        /// The currency of the balance that the refund is paid from. The default is the currency that was paid.
        funding_currency: Option<Currency>,
        /// Who pays the network fee. The default is you, the merchant.
        fee_payer: Option<FeePayer>,
        /// The ID of a quote, whose terms the refund then has.
        #[schema(value_type = Option<Uuid>)]
        quote_id: Option<QuoteId>,
        /// Why the payment is refunded. The default is `other`.
        reason: Option<RefundReason>,
        /// The amount that you expect to be left to refund. If it differs, the request is refused.
        #[schema(value_type = Option<MoneyObject>, nullable = false)]
        expected_refundable: Option<RefundableAmount>,
        /// The customer's e-mail address.
        #[schema(value_type = Option<String>)]
        customer_email: Option<Email>,
        /// A note for your team.
        #[schema(value_type = Option<String>)]
        note: Option<Note>,
        /// Why the refund is sent despite warnings about the address. Without `overrides` it is about an address that
        /// resembles another one, and only if nothing else is wrong with it.
        #[schema(value_type = Option<String>)]
        override_reason: Option<Note>,
        /// The warnings that the reason overrides, by the codes of their errors.
        overrides: Option<Vec<Warning>>,
    }
}

/// Reads `POST /v1/refunds`, on a server that sends these pairs. The idempotency key may be in the header instead.
pub fn refund(
    body: &Value,
    headers: &HeaderMap,
    sent: &Pairs,
) -> Result<(RefundRequest, Option<IdempotencyKey>), Problems> {
    let reader = Reader::with_key(body, idempotency::in_header(headers));
    let read: NewRefundBody = reader.offering(sent, &["coin", "amount.currency"]).body()?;
    let NetworkPayee(payee, network) = read.destination;
    let paid = read.amount.currency();
    let request = RefundRequest {
        intent_id: read.payment_intent_id,
        payee,
        network,
        amount: read.amount,
        coin: read.coin.unwrap_or(paid),
        funding: read.funding_currency.unwrap_or(paid),
        fee_payer: read.fee_payer.unwrap_or_default(),
        quote_id: read.quote_id,
        expected_refundable: read.expected_refundable.map(|amount| amount.0),
        override_reason: OverrideReason::new(read.override_reason.and_then(|reason| reason.0), read.overrides)?,
        customer_email: read.customer_email.and_then(|email| email.0),
        reason: read.reason.unwrap_or(RefundReason::Other),
        note: read.note.and_then(|note| note.0),
    };
    Ok((request, read.idempotency_key.0))
}

/// The place of an error's field in a refund request: a field of the payee where the request has it, and the
/// idempotency key in the header if it was sent there.
pub fn refund_place(body: &Value, headers: &HeaderMap, field: Field) -> Option<Place> {
    if field == Field::IdempotencyKey && headers.contains_key(idempotency::HEADER) {
        return Some(idempotency::HEADER.into());
    }
    payee::NATIVE.place_of(body, field)
}

bodies! {
    /// A request for a quote.
    #[schema(example = json!({
        "paymentIntentId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
        "destination": { "network": "BASE" },
        "fundingCurrency": "USD",
    }))]
    NewQuote {
        /// The payment intent to refund.
        #[schema(value_type = Uuid)]
        payment_intent_id: PaymentIntentId,
        /// The meaning of `amount`. `as_paid`, the default: an amount of the coin that was paid; without it, everything
        /// that is left. `todays_rate`: a price in any currency, converted at the current rate. `overpaid`: the overpaid
        /// amount; `amount` is not used.
        #[schema(schema_with = bases)]
        basis: Option<String>,
        /// The amount to refund.
        #[schema(value_type = Option<MoneyObject>, nullable = false)]
        amount: Option<Money>,
        /// The coin to send. The default is the coin that was paid.
        coin: Option<Currency>,
        /// The network of the refund.
        #[schema(value_type = RefundNetwork)]
        destination: QuoteDestination,
        /// The currency of the balance that the refund is paid from.
        funding_currency: Currency,
        /// Who pays the network fee. The default is you, the merchant.
        fee_payer: Option<FeePayer>,
    }

    /// A network.
    RefundNetwork {
        /// The network that the refund is sent on.
        network: Network,
    }
}

/// The network of a quote. An older version called the member `chain`, which is still accepted.
pub struct QuoteDestination(Network);

impl JsonMember for QuoteDestination {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let (network, chain) = (format!("{place}.network"), format!("{place}.chain"));
        [&network, &chain].into_iter().for_each(|place| reader.know(place));
        if !reader.has(&chain) {
            return RefundNetwork::read(reader, place).map(|read| Self(read.network));
        }
        let old = reader.network(&chain)?;
        if reader.has(&network) && reader.network(&network)? != old {
            let message = "It is another name of 'network'. Leave it out.";
            reader.note(chain, DomainError::plain(ErrorCode::RequestMalformed, message), &Value::Null);
            return None;
        }
        Some(Self(old))
    }
}

/// Reads `POST /v1/quotes`, on a server that sends these pairs.
pub fn quote(body: &Value, sent: &Pairs) -> Result<QuoteRequest, Problems> {
    let mut reader = Reader::new(body).offering(sent, &["coin"]);
    let read = NewQuote::read(&mut reader, "");
    let basis = basis(&mut reader);
    reader.finish(|| {
        let read = read?;
        Some(QuoteRequest {
            intent_id: read.payment_intent_id,
            basis: basis?,
            coin: read.coin,
            network: read.destination.0,
            funding: read.funding_currency,
            fee_payer: read.fee_payer.unwrap_or_default(),
        })
    })
}

/// The place of an error's field in a request for a quote, which has only a network and no address.
pub fn quote_place(body: &Value, field: Field) -> Option<Place> {
    let reader = Reader::new(body);
    let is_old = reader.has("destination.chain") && !reader.has("destination.network");
    let place = if is_old { "destination.chain" } else { "destination.network" };
    (field == Field::DestinationNetwork).then_some(place.into())
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
            reader.note("basis", DomainError::plain(ErrorCode::RequestMalformed, message), &Value::from(other));
            None
        }
    }
}

fn bases() -> Object {
    schema::exactly(["as_paid", "todays_rate", "overpaid"])
}

bodies! {
    /// An approval.
    #[schema(as = Approval, example = json!({ "seal": "6a7f0c0f9d6e4b1c8a2d3e4f5a6b7c8d" }))]
    ApprovalBody {
        /// The seal from the refund's `approval`. It identifies the terms that you have seen: if anything has changed
        /// since, the request is refused.
        seal: String,
    }

    /// Why a refund is declined or stopped.
    #[schema(as = ReasonWhy, example = json!({ "reason": "The customer asked for another address" }))]
    RejectionBody {
        /// The reason, for your team.
        reason: String,
    }
}

/// The range filters of a list of refunds.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct RangeParameters {
    /// Only refunds of this amount or more.
    #[param(schema_with = schema::amount)]
    pub amount_min: Option<String>,
    /// Only refunds of this amount or less.
    #[param(schema_with = schema::amount)]
    pub amount_max: Option<String>,
    /// Only refunds last changed at this time or later.
    #[param(format = DateTime, required = false, nullable = false)]
    pub updated_from: Option<String>,
    /// Only refunds last changed at this time or earlier.
    #[param(format = DateTime, required = false, nullable = false)]
    pub updated_to: Option<String>,
}

/// Reads the filters and the sort key of `GET /v1/refunds`.
pub fn filter(filters: &mut Filters) -> RefundFilter {
    let status = filters.named("status");
    let advice = "It must be a supported currency, such as USD.";
    let currency = filters.name("currency", |code| Currency::parse(code).ok(), |currency| currency.code(), advice);
    let advice = "It must be a supported network, such as BASE.";
    let network = filters.name("network", |code| Network::parse(code).ok(), |network| network.code(), advice);
    let amount = |text: &str| Decimal::from_str_exact(text).ok().filter(|amount| !amount.is_sign_negative());
    let advice = "It must be a plain decimal number, such as 12.50.";
    let amount_min = filters.read("amountMin", amount, Decimal::to_string, advice);
    let amount_max = filters.read("amountMax", amount, Decimal::to_string, advice);
    let address = filters.text("address");
    let email = filters.text("customerEmail");
    let intent = filters.id("paymentIntentId").map(PaymentIntentId);
    let updated_from = filters.time("updatedFrom");
    let updated_to = filters.time("updatedTo");
    let held_reason = filters.named("heldReason");
    let held = filters.boolean("held");
    let sort = filters.named("sort").unwrap_or_default();
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
        held_reason,
        held,
        sort,
        ..RefundFilter::default()
    }
}

//! The request bodies of this surface, and their conversion to the commands of the services.

use super::error::ApiError;
use crate::{
    api::input::{
        field_names::{FieldNames, Place, name},
        member::{JsonMember, Note, RefundableAmount, bodies, one_of},
        payee::{self, RefundPayee},
        problems::Problems,
        reader::Reader,
        unknown::{PREVIEW, asks_for_preview},
    },
    domain::{
        address::{network::Network, pairs::Pairs},
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId, QuoteId},
        intents::{
            metadata::Metadata,
            new_intent::{Expiry, NewIntent, NewIntentTerms},
        },
        money::{Money, currency::Currency},
        refunds::{
            payee::RefundRequest,
            quote::FeePayer,
            refund::RefundReason,
            warning::{OverrideReason, Warning},
        },
    },
    wire::{
        circle::MoneyObject,
        schema::{self, END_USER},
    },
};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use serde_json::Value;
use utoipa::openapi::schema::Object;

/// A request to create a payment intent of either kind.
pub struct NewPaymentIntent {
    pub new: NewIntent,
    pub key: IdempotencyKey,
    /// The wallet to credit, if the request names one.
    pub wallet: Option<String>,
}

one_of! {
    /// A payment intent of either kind: for one amount that must be paid in time, or for any number of payments.
    NewPaymentIntent { NewTransientPaymentIntent, NewContinuousPaymentIntent, }
}

bodies! {
    /// A payment intent for one amount, which must be paid before it expires.
    #[schema(example = json!({
        "idempotencyKey": "0b9a4f0e-3f4c-4d0e-9a56-0f4f6f1c2b1a",
        "amount": { "amount": "100.00", "currency": "USD" },
        "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
    }))]
    NewTransientPaymentIntent {
        /// Your idempotency key, a UUID, here or in the `Idempotency-Key` header.
        #[schema(value_type = Option<Uuid>)]
        idempotency_key: IdempotencyKey,
        /// `transient`, the default if there is an amount.
        #[schema(schema_with = transient_type)]
        r#type: Option<String>,
        /// The amount that the customer pays.
        #[schema(value_type = MoneyObject)]
        amount: Money,
        /// The currency that your balance is credited in. If it differs from the paid currency, payments are converted.
        settlement_currency: Currency,
        /// The networks that the customer can pay on.
        #[schema(min_items = 1)]
        payment_methods: Vec<PaymentMethodChoice>,
        /// Until when it can be paid, at most 30 days from now. The default is a setting of the server.
        #[schema(value_type = Option<String>, format = DateTime)]
        expires_on: ExpiresOn,
        /// Your wallet, `masterWalletId` of the configuration; you have only one.
        merchant_wallet_id: Option<String>,
        #[schema(schema_with = schema::metadata)]
        metadata: Option<Metadata>,
    }

    /// A payment intent whose address can be paid repeatedly. It has no amount, and it neither completes nor expires.
    #[schema(example = json!({
        "idempotencyKey": "3d1f7c52-8a0e-4c43-b0d5-6b2f1f0f7f55",
        "type": "continuous",
        "currency": "USD",
        "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
    }))]
    NewContinuousPaymentIntent {
        /// Your idempotency key, a UUID, here or in the `Idempotency-Key` header.
        #[schema(value_type = Option<Uuid>)]
        idempotency_key: IdempotencyKey,
        /// `continuous`, the default if there is a currency and no amount.
        #[schema(schema_with = continuous_type)]
        r#type: Option<String>,
        /// The currency that the customer pays in.
        currency: Currency,
        /// The currency that your balance is credited in.
        settlement_currency: Currency,
        /// The networks that the customer can pay on.
        #[schema(min_items = 1)]
        payment_methods: Vec<PaymentMethodChoice>,
        /// Your wallet, `masterWalletId` of the configuration; you have only one.
        merchant_wallet_id: Option<String>,
        #[schema(schema_with = schema::metadata)]
        metadata: Option<Metadata>,
    }

    /// A way to pay.
    PaymentMethodChoice {
        /// Always `blockchain`.
        #[schema(schema_with = blockchain_type)]
        r#type: Blockchain,
        /// The network.
        chain: Network,
    }
}

/// Reads `POST /v1/paymentIntents`. Without a `type`, the members decide: with an amount the payment intent is
/// transient, as in the vendor's OpenAPI file; with only a currency it is continuous, as in the vendor's later texts.
/// The idempotency key may be in the header instead.
pub fn intent(
    body: &Value,
    header: Option<IdempotencyKey>,
    lifetime: Duration,
    received: &Pairs,
) -> Result<NewPaymentIntent, Problems> {
    let reader = Reader::with_key(body, Ok(header)).ignoring_unknown();
    let mut reader = reader.offering(received, &["currency", "amount.currency"]);
    match reader.text("type") {
        Some("transient") => transient(body, reader, lifetime),
        Some("continuous") => continuous(body, reader),
        None if reader.has("currency") && !reader.has("amount") => continuous(body, reader),
        None => transient(body, reader, lifetime),
        Some(other) => {
            // Without a valid type the required members are not known, so no others are reported as missing.
            let error = DomainError::plain(ErrorCode::RequestMalformed, "The type is one of transient, continuous.");
            reader.note("type", error, &Value::from(other));
            reader.finish(|| None)
        }
    }
}

fn transient(body: &Value, reader: Reader<'_>, lifetime: Duration) -> Result<NewPaymentIntent, Problems> {
    let request: NewTransientPaymentIntent = reader.body()?;
    let expiry = request.expires_on.0.map_or(Expiry::After(lifetime), Expiry::At);
    let terms = NewIntentTerms::Transient { amount: request.amount, expiry, order: None };
    let (networks, key, wallet) = (request.payment_methods, request.idempotency_key, request.merchant_wallet_id);
    new_intent(body, terms, request.settlement_currency, networks, key, wallet, request.metadata)
}

fn continuous(body: &Value, mut reader: Reader<'_>) -> Result<NewPaymentIntent, Problems> {
    if reader.has("amount") {
        // Refused, since a client that sends one expects that the customer has to pay it.
        let message = "A continuous payment intent has no amount. Leave it out.";
        reader.note("amount", DomainError::plain(ErrorCode::RequestMalformed, message), &Value::Null);
    }
    if ExpiresOn::read(&mut reader, "expiresOn").is_some_and(|expiry| expiry.0.is_some()) {
        let message = "A continuous payment intent does not expire. Leave it out.";
        reader.note("expiresOn", DomainError::plain(ErrorCode::RequestMalformed, message), &Value::Null);
    }
    let request: NewContinuousPaymentIntent = reader.body()?;
    let terms = NewIntentTerms::Continuous { currency: request.currency };
    let (networks, key, wallet) = (request.payment_methods, request.idempotency_key, request.merchant_wallet_id);
    new_intent(body, terms, request.settlement_currency, networks, key, wallet, request.metadata)
}

fn new_intent(
    body: &Value,
    terms: NewIntentTerms,
    settlement: Currency,
    methods: Vec<PaymentMethodChoice>,
    key: IdempotencyKey,
    wallet: Option<String>,
    metadata: Option<Metadata>,
) -> Result<NewPaymentIntent, Problems> {
    let new = NewIntent::new(terms, settlement, methods.into_iter().map(|method| method.chain).collect())
        .map_err(|error| Problems::from(error).at_places(intent_location).with_values_of(body))?;
    Ok(NewPaymentIntent { new: new.with_metadata(metadata.unwrap_or_default()), key, wallet })
}

/// The end of the time to pay. The vendor's sample application sends an empty text if there is none.
pub struct ExpiresOn(Option<DateTime<Utc>>);

impl JsonMember for ExpiresOn {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        match reader.text(place) {
            None => (!reader.has(place)).then_some(Self(None)),
            Some(text) if text.trim().is_empty() => Some(Self(None)),
            // The database stores microseconds.
            Some(_) => DateTime::read(reader, place).map(|at| Self(Some(at.trunc_subsecs(6)))),
        }
    }
}

/// The only type of payment method.
pub struct Blockchain;

impl JsonMember for Blockchain {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.parsed(place, |kind| {
            let message = "The only payment method is 'blockchain'.";
            if kind == "blockchain" { Ok(Self) } else { Err(DomainError::plain(ErrorCode::RequestMalformed, message)) }
        })
    }
}

bodies! {
    /// A refund in Circle's format.
    #[schema(example = json!({
        "idempotencyKey": "5c6f2f6b-7f59-4a3b-8a39-0a5d7fbb5c11",
        "destination": { "chain": "BASE", "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F" },
        "amount": { "currency": "USD" },
        "toAmount": { "amount": "40.00", "currency": "USD" },
    }))]
    PaymentIntentRefund {
        /// Your idempotency key, a UUID, here or in the `Idempotency-Key` header.
        #[schema(value_type = Option<Uuid>)]
        idempotency_key: IdempotencyKey,
        /// The payee of the refund.
        destination: RefundPayee,
        /// The ID of an address book entry; here or in `destination`.
        #[schema(value_type = Option<Uuid>)]
        address_book_id: Option<String>,
        /// `true` sends the refund to the address that paid; here or in `destination`.
        use_original_sender: Option<bool>,
        /// The balance that the refund is paid from.
        amount: Funding,
        /// The amount to refund, in the currency that was paid.
        #[schema(value_type = MoneyObject)]
        to_amount: Money,
        /// The amount that you expect to be left to refund. If it differs, the request is refused.
        #[schema(value_type = Option<MoneyObject>, nullable = false)]
        expected_refundable: Option<RefundableAmount>,
        /// The ID of a quote, whose terms the refund then has.
        #[schema(value_type = Option<Uuid>)]
        quote_id: Option<QuoteId>,
        /// The coin to send. The default is the coin that was paid.
        coin: Option<Currency>,
        /// Who pays the network fee. The default is you, the merchant.
        #[schema(value_type = Option<FeePayer>)]
        fee_payer: Option<CircleFeePayer>,
        /// Why the refund is sent despite warnings about the address. Without `overrides` it is about an address that
        /// resembles another one, and only if nothing else is wrong with it.
        #[schema(value_type = Option<String>)]
        override_reason: Option<Note>,
        /// The warnings that the reason overrides, by the codes of their errors (`requiteCode`).
        overrides: Option<Vec<Warning>>,
    }

    /// A balance, identified by its currency.
    Funding {
        /// The currency of the balance.
        currency: Currency,
    }
}

/// Reads `POST /v1/paymentIntents/{id}/refund`: `toAmount` is what reaches the customer, and `amount` contains
/// only the currency of the balance that pays. Circle's request has no reason for a refund. The payee is an address, an
/// entry of the address book, or the address that paid. Requite adds `quoteId`; `coin`, to send a different coin than
/// the one that was paid; and `feePayer`: if the customer pays the network fee, they get `toAmount` minus the fee.
pub fn refund(
    body: &Value,
    header: Option<IdempotencyKey>,
    intent_id: PaymentIntentId,
    sent: &Pairs,
) -> Result<(RefundRequest, IdempotencyKey), Problems> {
    let reader = Reader::with_key(body, Ok(header)).ignoring_unknown();
    let mut reader = reader.offering(sent, &["coin", "toAmount.currency"]);
    let read = PaymentIntentRefund::read(&mut reader, "");
    if let Some(read) = &read {
        require_one_amount(&mut reader, read);
    }
    refuse_previews(&mut reader, body);
    let read = reader.finish(|| read)?;
    let override_reason = OverrideReason::new(read.override_reason.and_then(|reason| reason.0), read.overrides)
        .map_err(|error| Problems::from(error).at_places(|field| refund_location(body, field)))?;
    let RefundPayee(payee, network) = read.destination;
    let request = RefundRequest {
        intent_id,
        payee,
        network,
        amount: read.to_amount,
        coin: read.coin.unwrap_or(read.to_amount.currency()),
        funding: read.amount.currency,
        fee_payer: read.fee_payer.map(|payer| payer.0).unwrap_or_default(),
        quote_id: read.quote_id,
        expected_refundable: read.expected_refundable.map(|amount| amount.0),
        override_reason,
        customer_email: None,
        reason: RefundReason::Other,
        note: None,
    };
    Ok((request, read.idempotency_key))
}

/// Refuses an amount of the balance that is not that of `toAmount`. Circle's format has none, since it follows from
/// `toAmount`, the rate and the fee; a client that sends another one expects another refund.
fn require_one_amount(reader: &mut Reader<'_>, read: &PaymentIntentRefund) {
    let Some(text) = reader.text("amount.amount") else { return };
    if Money::parse(text, read.amount.currency) != Ok(read.to_amount) {
        let message = "It does not match 'toAmount'. Leave it out: it is calculated from 'toAmount'.";
        reader.note("amount.amount", DomainError::plain(ErrorCode::RequestMalformed, message), &Value::from(text));
    }
}

/// Refuses members that were meant as the parameter for a preview. Other unknown members are ignored, and money is sent.
fn refuse_previews(reader: &mut Reader<'_>, body: &Value) {
    let members = body.as_object().into_iter().flatten();
    for (name, value) in members.filter(|(name, _)| asks_for_preview(name)) {
        let message =
            format!("There is no member '{name}'. A preview is asked for with '?{PREVIEW}=true' in the path.");
        reader.note(name.clone(), DomainError::plain(ErrorCode::RequestMalformed, message), value);
    }
}

/// Who pays the network fee. Circle's responses call the customer `endUser`, which is accepted too.
pub struct CircleFeePayer(pub FeePayer);

impl JsonMember for CircleFeePayer {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let parse = |name: &str| if name == END_USER { Ok(FeePayer::Customer) } else { FeePayer::parse(name) };
        reader.parsed(place, parse).map(Self)
    }
}

bodies! {
    /// A subscription to Circle's notifications.
    #[schema(as = NewSubscription, example = json!({ "endpoint": "https://shop.example/circle" }))]
    NewSubscriptionBody {
        /// The URL that receives notifications. In production it must be https.
        endpoint: String,
    }
}

/// Circle's location of an input of a payment intent.
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
    (Field::ExpiresOn, "expiresOn"),
    (Field::SettlementCurrency, "settlementCurrency"),
];

/// Circle's location of an input of a refund.
pub fn refund_location(body: &Value, field: Field) -> Option<Place> {
    Some(payee::CIRCLE.place_of(body, field).unwrap_or_else(|| name(REFUND, field)))
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

/// Refuses a wallet that is not the caller's; each merchant has one.
pub fn require_wallet(wallet: Option<&str>, own: &str, location: &'static str) -> Result<(), ApiError> {
    if wallet.is_none_or(|wallet| wallet == own) {
        return Ok(());
    }
    let message = format!("This is not your wallet. Your only one is {own}.");
    Err(Problems::at(location, DomainError::plain(ErrorCode::RequestMalformed, message)).into())
}

fn transient_type() -> Object {
    schema::exactly(["transient"])
}

fn continuous_type() -> Object {
    schema::exactly(["continuous"])
}

fn blockchain_type() -> Object {
    schema::exactly(["blockchain"])
}

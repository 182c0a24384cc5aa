//! The bodies that `requests.rs` reads, for the document alone: reading goes member by member, so that
//! everything that is wrong is named at once. A test leaves every required member out, and spoils every member, so that these
//! structures and the reading cannot drift apart.

use crate::wire::{circle::MoneyObject, schema};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{OneOfBuilder, Ref, RefOr, Schema},
};
use uuid::Uuid;

/// What a customer is asked to pay, one of two kinds. Without a `type`, an `amount` makes it transient, and a `currency` alone
/// continuous.
pub struct IntentRequest;

impl PartialSchema for IntentRequest {
    fn schema() -> RefOr<Schema> {
        let kinds = [TransientIntentRequest::name(), ContinuousIntentRequest::name()];
        let about = "One amount within a time, or any amounts without an end.";
        let one = kinds
            .into_iter()
            .fold(OneOfBuilder::new().description(Some(about)), |one, kind| one.item(Ref::from_schema_name(kind)));
        one.into()
    }
}

impl ToSchema for IntentRequest {
    fn name() -> Cow<'static, str> {
        "NewPaymentIntent".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((TransientIntentRequest::name().into(), TransientIntentRequest::schema()));
        schemas.push((ContinuousIntentRequest::name().into(), ContinuousIntentRequest::schema()));
        TransientIntentRequest::schemas(schemas);
        ContinuousIntentRequest::schemas(schemas);
    }
}

/// One amount, to be paid within a time.
#[derive(ToSchema)]
#[schema(as = NewTransientPaymentIntent, rename_all = "camelCase", example = json!({
    "idempotencyKey": "0b9a4f0e-3f4c-4d0e-9a56-0f4f6f1c2b1a",
    "amount": { "amount": "100.00", "currency": "USD" },
    "settlementCurrency": "USD",
    "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
}))]
pub struct TransientIntentRequest {
    /// Your name for this request; here or in the header.
    pub idempotency_key: Option<Uuid>,
    /// `transient`, which it is with an amount when this is left out.
    #[schema(schema_with = transient)]
    pub r#type: Option<String>,
    /// The price.
    pub amount: MoneyObject,
    /// What your balance is credited in; when it is another currency than is paid, what arrives is converted.
    #[schema(value_type = schema::Currency)]
    pub settlement_currency: String,
    /// The networks that it can be paid on.
    #[schema(min_items = 1)]
    pub payment_methods: Vec<PaymentMethodRequest>,
    /// Your wallet, `masterWalletId` of the configuration; you have only one.
    pub merchant_wallet_id: Option<String>,
}

/// An address that a customer pays to again and again. There is no amount, and it neither completes nor expires.
#[derive(ToSchema)]
#[schema(as = NewContinuousPaymentIntent, rename_all = "camelCase", example = json!({
    "idempotencyKey": "3d1f7c52-8a0e-4c43-b0d5-6b2f1f0f7f55",
    "type": "continuous",
    "currency": "USD",
    "settlementCurrency": "USD",
    "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
}))]
pub struct ContinuousIntentRequest {
    /// Your name for this request; here or in the header.
    pub idempotency_key: Option<Uuid>,
    /// `continuous`, which it is with a currency and without an amount when this is left out.
    #[schema(schema_with = continuous)]
    pub r#type: Option<String>,
    /// What the customer pays in.
    #[schema(value_type = schema::Currency)]
    pub currency: String,
    /// What your balance is credited in.
    #[schema(value_type = schema::Currency)]
    pub settlement_currency: String,
    /// The networks that it can be paid on.
    #[schema(min_items = 1)]
    pub payment_methods: Vec<PaymentMethodRequest>,
    /// Your wallet, `masterWalletId` of the configuration; you have only one.
    pub merchant_wallet_id: Option<String>,
}

/// One network.
#[derive(ToSchema)]
#[schema(as = PaymentMethodChoice)]
pub struct PaymentMethodRequest {
    /// `blockchain`.
    #[schema(schema_with = blockchain)]
    pub r#type: String,
    /// The network.
    #[schema(value_type = schema::Network)]
    pub chain: String,
}

/// A refund, as Circle's clients ask for one.
#[derive(ToSchema)]
#[schema(as = PaymentIntentRefund, rename_all = "camelCase", example = json!({
    "idempotencyKey": "5c6f2f6b-7f59-4a3b-8a39-0a5d7fbb5c11",
    "destination": { "chain": "BASE", "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F" },
    "amount": { "currency": "USD" },
    "toAmount": { "amount": "40.00", "currency": "USD" },
}))]
pub struct RefundRequest {
    /// Your name for this request; here or in the header.
    pub idempotency_key: Option<Uuid>,
    /// Where it goes.
    pub destination: PayeeRequest,
    /// An entry of the address book, here instead of in `destination`.
    pub address_book_id: Option<Uuid>,
    /// `true`: to the address that everything was paid from; here instead of in `destination`.
    pub use_original_sender: Option<bool>,
    /// Which balance pays.
    pub amount: FundingRequest,
    /// How much of what was paid goes back.
    pub to_amount: MoneyObject,
    /// What you believe to be left; when it is not, nothing is done.
    #[schema(nullable = false)]
    pub expected_refundable: Option<MoneyObject>,
    /// A quote that you made before.
    pub quote_id: Option<Uuid>,
    /// Another coin to send than the one that was paid.
    #[schema(value_type = Option<schema::Currency>)]
    pub coin: Option<String>,
    /// You, unless it says otherwise.
    #[schema(value_type = Option<schema::FeePayer>)]
    pub fee_payer: Option<String>,
    /// Why an address that looks like another one is right.
    pub override_reason: Option<String>,
}

/// Who gets a refund, in one of three ways.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = RefundPayee)]
pub enum PayeeRequest {
    /// Whoever has this address.
    Address(DestinationRequest),
    /// An entry of the address book.
    Recipient(RecipientPayeeRequest),
    /// The address that everything was paid from.
    Sender(SenderPayeeRequest),
}

/// An entry of the address book.
#[derive(Serialize, ToSchema)]
#[schema(as = RecipientDestination, rename_all = "camelCase")]
pub struct RecipientPayeeRequest {
    /// Its id.
    pub address_book_id: Uuid,
    /// The network that you believe it is on; another one is refused.
    #[schema(value_type = Option<schema::Network>)]
    pub chain: Option<String>,
}

/// The address that everything was paid from.
#[derive(Serialize, ToSchema)]
#[schema(as = SenderDestination, rename_all = "camelCase")]
pub struct SenderPayeeRequest {
    /// `true`.
    pub use_original_sender: bool,
    /// The network that you believe it is on; another one is refused.
    #[schema(value_type = Option<schema::Network>)]
    pub chain: Option<String>,
    /// The memo or tag. Where exchanges need one, an explicit `null` says that this address needs none.
    pub address_tag: Option<String>,
}

/// Who is added to the address book.
#[derive(ToSchema)]
#[schema(as = NewAddressBookRecipient, rename_all = "camelCase", example = json!({
    "idempotencyKey": "8f0f5a52-52b6-4f9a-8c1c-6b7bd5a04c5e",
    "chain": "BASE",
    "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
    "metadata": { "nickname": "Ann" },
}))]
pub struct RecipientRequest {
    /// Your name for this request; here or in the header.
    pub idempotency_key: Option<Uuid>,
    /// The network.
    #[schema(value_type = schema::Network)]
    pub chain: String,
    /// The customer's address on it.
    pub address: String,
    /// The memo or tag. Where exchanges need one, an explicit `null` says that this address needs none.
    pub address_tag: Option<String>,
    /// What you want to remember of it; it may be empty.
    pub metadata: RecipientMetadataRequest,
}

/// What is to change.
#[derive(ToSchema)]
#[schema(as = AddressBookRecipientChange, example = json!({ "metadata": { "nickname": "Ann" } }))]
pub struct RecipientChangeRequest {
    /// What you want to remember of it. What is not named stays.
    #[schema(nullable = false)]
    pub metadata: Option<RecipientMetadataRequest>,
}

/// What a merchant remembers of a recipient.
#[derive(ToSchema)]
#[schema(as = NewAddressBookMetadata)]
pub struct RecipientMetadataRequest {
    /// What it is called.
    pub nickname: Option<String>,
    /// The customer's e-mail address.
    pub email: Option<String>,
    /// A name that stands for the address somewhere, such as one of ENS; nobody looks it up.
    pub bns: Option<String>,
}

/// Where a refund goes.
#[derive(Serialize, ToSchema)]
#[schema(as = ChainDestination, rename_all = "camelCase")]
pub struct DestinationRequest {
    /// The network.
    #[schema(value_type = schema::Network)]
    pub chain: String,
    /// The customer's address on it.
    pub address: String,
    /// The memo or tag. Where exchanges need one, an explicit `null` says that this address needs none.
    pub address_tag: Option<String>,
}

/// A balance by its currency.
#[derive(ToSchema)]
#[schema(as = Funding)]
pub struct FundingRequest {
    /// The currency of the balance.
    #[schema(value_type = schema::Currency)]
    pub currency: String,
}

/// A payment that arrives in the sandbox.
#[derive(ToSchema)]
#[schema(as = MockPayment, example = json!({ "amount": { "amount": "100.00", "currency": "USD" }, "outcome": "paid" }))]
pub struct MockPaymentRequest {
    /// How much; exactly what is due when it is left out, which only a transient payment intent knows.
    #[schema(nullable = false)]
    pub amount: Option<MoneyObject>,
    /// What becomes of it; `paid` when it is left out.
    #[schema(value_type = Option<schema::PaymentStatus>)]
    pub outcome: Option<String>,
}

/// How a pending payment ends in the sandbox.
#[derive(ToSchema)]
#[schema(as = MockOutcome, example = json!({ "outcome": "paid" }))]
pub struct MockEndingRequest {
    /// `paid` or `failed`.
    #[schema(schema_with = ending)]
    pub outcome: String,
}

/// Where Circle's clients want to be told.
#[derive(ToSchema)]
#[schema(as = NewSubscription, example = json!({ "endpoint": "https://shop.example/circle" }))]
pub struct SubscriptionRequest {
    /// Where to; https outside of the sandbox.
    pub endpoint: String,
}

fn transient() -> utoipa::openapi::schema::Object {
    schema::exactly(["transient"])
}

fn continuous() -> utoipa::openapi::schema::Object {
    schema::exactly(["continuous"])
}

fn blockchain() -> utoipa::openapi::schema::Object {
    schema::exactly(["blockchain"])
}

fn ending() -> utoipa::openapi::schema::Object {
    schema::exactly(["paid", "failed"])
}

//! The bodies that `requests.rs` and `webhook_requests.rs` read, for the document alone, as in `circle/request_schemas.rs`.

use crate::wire::{circle::MoneyObject, schema};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A refund. Everything but payment intent, amount and destination has a default: the coin that was paid is sent, from the
/// balance in the same currency, and you pay the network fee.
#[derive(ToSchema)]
#[schema(as = NewRefund, rename_all = "camelCase", example = json!({
    "paymentIntentId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
    "amount": { "amount": "40.00", "currency": "USD" },
    "destination": { "network": "BASE", "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F" },
    "reason": "requested_by_customer",
}))]
pub struct RefundRequest {
    /// Your name for this request; here or in the header.
    pub idempotency_key: Option<Uuid>,
    /// The payment intent to refund.
    pub payment_intent_id: Uuid,
    /// How much of what was paid goes back, in the currency that was paid.
    pub amount: MoneyObject,
    /// Where it goes.
    pub destination: PayeeRequest,
    /// Another coin to send than the one that was paid.
    #[schema(value_type = Option<schema::Currency>)]
    pub coin: Option<String>,
    /// The currency of the balance that pays.
    #[schema(value_type = Option<schema::Currency>)]
    pub funding_currency: Option<String>,
    /// Who pays the network fee.
    #[schema(value_type = Option<schema::FeePayer>)]
    pub fee_payer: Option<String>,
    /// A quote that you made before.
    pub quote_id: Option<Uuid>,
    /// Why.
    #[schema(value_type = Option<schema::RefundReason>)]
    pub reason: Option<String>,
    /// What you believe to be left; when it is not, nothing is done.
    #[schema(nullable = false)]
    pub expected_refundable: Option<MoneyObject>,
    /// The customer's address for mail.
    pub customer_email: Option<String>,
    /// For your team.
    pub note: Option<String>,
    /// Why an address that looks like another one is right.
    pub override_reason: Option<String>,
}

/// Who gets a refund, in one of three ways.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = NetworkPayee)]
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
#[schema(as = NetworkRecipient, rename_all = "camelCase")]
pub struct RecipientPayeeRequest {
    /// Its id.
    pub address_book_id: Uuid,
    /// The network that you believe it is on; another one is refused.
    #[schema(value_type = Option<schema::Network>)]
    pub network: Option<String>,
}

/// The address that everything was paid from.
#[derive(Serialize, ToSchema)]
#[schema(as = NetworkSender, rename_all = "camelCase")]
pub struct SenderPayeeRequest {
    /// `true`.
    pub use_original_sender: bool,
    /// The network that you believe it is on; another one is refused.
    #[schema(value_type = Option<schema::Network>)]
    pub network: Option<String>,
    /// The memo or tag. Where exchanges need one, an explicit `null` says that this address needs none.
    pub memo: Option<String>,
}

/// Where a refund goes.
#[derive(Serialize, ToSchema)]
#[schema(as = NetworkDestination)]
pub struct DestinationRequest {
    /// The network.
    #[schema(value_type = schema::Network)]
    pub network: String,
    /// The customer's address on it.
    pub address: String,
    /// The memo or tag. Where exchanges need one, an explicit `null` says that this address needs none.
    pub memo: Option<String>,
}

/// An approval.
#[derive(ToSchema)]
#[schema(as = Approval, example = json!({ "seal": "6a7f0c0f9d6e4b1c8a2d3e4f5a6b7c8d" }))]
pub struct SealRequest {
    /// The seal of what you looked at, from the refund's `approval`. When anything has changed since, nothing is approved.
    pub seal: String,
}

/// A refusal.
#[derive(ToSchema)]
#[schema(as = ReasonWhy, example = json!({ "reason": "The customer asked for another address" }))]
pub struct ReasonRequest {
    /// Why; your team reads it.
    pub reason: String,
}

/// What a refund would cost.
#[derive(ToSchema)]
#[schema(as = NewQuote, rename_all = "camelCase", example = json!({
    "paymentIntentId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
    "destination": { "chain": "BASE" },
    "fundingCurrency": "USD",
}))]
pub struct QuoteRequest {
    /// The payment intent to refund.
    pub payment_intent_id: Uuid,
    /// How `amount` is meant: `as_paid` (when this is left out) counts coins, all that are left without an amount;
    /// `todays_rate` takes a price in any currency; `overpaid` takes what was paid too much.
    #[schema(schema_with = basis)]
    pub basis: Option<String>,
    /// How much.
    #[schema(nullable = false)]
    pub amount: Option<MoneyObject>,
    /// Another coin to send than the one that was paid.
    #[schema(value_type = Option<schema::Currency>)]
    pub coin: Option<String>,
    /// Where to.
    pub destination: ChainRequest,
    /// The currency of the balance that pays.
    #[schema(value_type = schema::Currency)]
    pub funding_currency: String,
    /// You, unless it says otherwise.
    #[schema(value_type = Option<schema::FeePayer>)]
    pub fee_payer: Option<String>,
}

/// A network.
#[derive(ToSchema)]
#[schema(as = Chain)]
pub struct ChainRequest {
    /// The network that it is sent on.
    #[schema(value_type = schema::Network)]
    pub chain: String,
}

/// Where to be told of events.
#[derive(ToSchema)]
#[schema(as = NewWebhookEndpoint, example = json!({ "url": "https://shop.example/hooks", "events": ["refund.*"] }))]
pub struct EndpointRequest {
    /// Where to; https outside of the sandbox.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// Names of events, `family.*`, or `*`; all of them when it is left out.
    #[schema(min_items = 1)]
    pub events: Option<Vec<String>>,
    /// How much it is told; everything when it is left out.
    #[schema(value_type = Option<schema::PayloadStyle>)]
    pub payload: Option<String>,
}

/// What is to change; what is not named stays.
#[derive(ToSchema)]
#[schema(as = WebhookEndpointChange, example = json!({ "enabled": false }))]
pub struct EndpointChangeRequest {
    /// Where to.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Names of events, `family.*`, or `*`.
    #[schema(min_items = 1)]
    pub events: Option<Vec<String>>,
    /// How much it is told.
    #[schema(value_type = Option<schema::PayloadStyle>)]
    pub payload: Option<String>,
    /// Whether anything is sent there.
    pub enabled: Option<bool>,
}

/// A moment.
#[derive(ToSchema)]
#[schema(as = RedeliverySince, example = json!({ "since": "2026-11-23T08:00:00Z" }))]
pub struct SinceRequest {
    /// Everything that did not get through since then is sent again.
    #[schema(format = DateTime)]
    pub since: String,
}

/// What a list of refunds can be narrowed by, apart from names.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct RangeParameters {
    /// Only those of so much or more.
    #[param(schema_with = schema::amount)]
    pub amount_min: Option<String>,
    /// Only those of so much or less.
    #[param(schema_with = schema::amount)]
    pub amount_max: Option<String>,
    /// Changed at this time or later.
    #[param(format = DateTime, required = false, nullable = false)]
    pub updated_from: Option<String>,
    /// Changed then or earlier.
    #[param(format = DateTime, required = false, nullable = false)]
    pub updated_to: Option<String>,
}

fn basis() -> utoipa::openapi::schema::Object {
    schema::exactly(["as_paid", "todays_rate", "overpaid"])
}

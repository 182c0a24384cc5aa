//! The API's enumerations as schemas. Each is generated from the domain's own list where there is one, so that the
//! document always matches the code. The comments are the schemas' descriptions.

use crate::domain::{
    address::network::Network as Networks,
    address_book, error,
    intents::{
        metadata::{ENTRIES_MAX, NAME_MAX, TEXT_MAX},
        payment::{self, UnsupportedReason},
        payment_intent::{self, RefundExtent},
    },
    ledger::{AccountKind, PostingReason},
    money::currency::Currency as Currencies,
    names::Named,
    policy::{
        recipient::RecipientState as RecipientStates, recorded_checks::CheckOutcome as CheckOutcomes,
        refund_rules::Rule as Rules,
    },
    refunds::{quote, refund, refund_sort, transfer, warning},
    reports::statement,
    webhooks,
};
use serde_json::json;
use utoipa::openapi::{
    RefOr,
    schema::{Object, ObjectBuilder, Schema, Type},
};

/// Circle's word for a customer who pays the network fee.
pub const END_USER: &str = "endUser";

/// Declares enumerations of strings: each with its description and its values.
macro_rules! enumerations {
    (@type $(#[doc = $doc:literal])* $name:ident) => { $(#[doc = $doc])* pub struct $name; };
    (@type $(#[doc = $doc:literal])* $name:ident for $domain:ty) => { $(#[doc = $doc])* pub type $name = $domain; };
    ($($(#[doc = $doc:literal])* $name:ident $(for $domain:ty)? => $values:expr;)*) => {$(
        $crate::wire::schema::enumerations!(@type $(#[doc = $doc])* $name $(for $domain)?);

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::wire::schema::one_of(concat!($($doc),*).trim(), $values)
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )*};
}

pub(super) use enumerations;

enumerations! {
    /// A currency. USD stands for USDC and EUR for EURC, the coins that really move.
    Currency for Currencies => Currencies::names();
    /// A network that coins move on.
    Network for Networks => Networks::names();
    /// The status of a payment intent.
    IntentStatus => payment_intent::IntentStatus::names();
    /// How a complete payment intent was paid.
    PaidContext => payment_intent::PaidContext::names();
    /// How much of a payment intent was refunded.
    IntentRefundExtent => RefundExtent::names();
    /// The status of a payment. For a refund it is Circle's status, which is coarser.
    PaymentStatus for payment::PaymentStatus => payment::PaymentStatus::names();
    /// The full status of a payment or a refund.
    TransferStatus => payment::PaymentStatus::names()
        .into_iter()
        .chain(refund::RefundStatus::names().into_iter().filter(|status| *status != "pending"));
    /// Why a payment that was detected waits: no exchange rate converts it, or only one that is too old.
    PendingReason => ["rate_unavailable", "rate_stale"];
    /// Why a deposit is not credited.
    UnsupportedFunds => UnsupportedReason::names();
    /// The status of a refund.
    RefundStatus => refund::RefundStatus::names();
    /// Who or what rejected a refund: the customer, the deny list, the merchant, or the transfer that failed.
    RejectionType => refund::RejectionType::names();
    /// The state of a transfer on a real network.
    RefundTransferStatus => transfer::TransferStatus::names();
    /// What a signed transaction does: it pays, takes the nonce and pays nothing, or revokes an authorisation whose payment
    /// failed.
    RefundTransferKind => transfer::AttemptKind::names();
    /// Why the transfer of a refund is on hold.
    HeldReason => transfer::HeldReason::names();
    /// A warning about the address of a refund that a reason can override.
    OverridableWarning for warning::Warning => warning::Warning::names();
    /// The reason for a refund.
    RefundReason for refund::RefundReason => refund::RefundReason::names();
    /// The order of a list of refunds, with the largest or the newest first.
    RefundSort => refund_sort::RefundSort::names();
    /// Who pays the network fee.
    FeePayer for quote::FeePayer => quote::FeePayer::names();
    /// Who pays the network fee, in Circle's words.
    NetworkFeePayer => ["merchant", END_USER];
    /// The statuses that a list of payments can be filtered by. Some exist only for card payments.
    PaymentStatusFilter => ["pending", "confirmed", "paid", "failed", "action_required"];
    /// The kind of payments in a list. `card` is Circle's only value, and there are no such payments; the other values are Requite's.
    TransferKind => ["card", "payment", "refund"];
    /// A rule that every refund must pass.
    Rule => Rules::names();
    /// How the check of a refund ended: it passed, nobody could be asked, there was something to know, or a warning was
    /// overridden.
    CheckOutcome => CheckOutcomes::names();
    /// What the chain says about the address of a refund.
    RecipientState => RecipientStates::names();
    /// An account of the ledger.
    Account => AccountKind::names();
    /// Whether a month has ended and is closed: a closed one never changes again.
    MonthState => statement::MonthState::names();
    /// The kind of a movement in a statement.
    MovementKind => PostingReason::all().filter(|reason| reason.changes_holdings()).map(Named::as_str);
    /// How much a webhook contains.
    PayloadStyle => webhooks::payload::PayloadStyle::names();
    /// The type of an event.
    EventType => webhooks::event::all_events();
    /// The status of an entry of the address book.
    RecipientStatus => address_book::RecipientStatus::names();
    /// The status of a subscription to notifications.
    SubscriptionStatus => webhooks::SubscriptionStatus::names();
    /// The status of a webhook delivery.
    DeliveryState => webhooks::DeliveryState::names();
    /// Why a webhook endpoint is disabled.
    DisabledReason => webhooks::DisabledReason::names();
    /// The stable code of an error. Match on it: messages may change, codes do not.
    ErrorCode => error::ErrorCode::ALL.iter().map(|code| code.as_str());
}

/// The schema of a string with one of these values.
pub(super) fn one_of(description: &str, values: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    let values = values.into_iter().collect::<Vec<_>>();
    ObjectBuilder::new().schema_type(Type::String).description(Some(description)).enum_values(Some(values)).into()
}

/// The schema of a string with one of a few values.
pub fn exactly<const N: usize>(values: [&'static str; N]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).build()
}

/// The schema of a decimal number as a string, since many clients parse JSON numbers as floats.
pub fn amount() -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"^[0-9]{1,10}(\.[0-9]{1,18})?$")).build()
}

/// The schema of what a shop keeps with a payment intent.
pub fn metadata() -> Object {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new()
        .description(Some("What you keep with the payment intent: texts under names that you choose."))
        .property_names(Some(text().pattern(Some(format!("^[A-Za-z0-9_.-]{{1,{NAME_MAX}}}$"))).build()))
        .additional_properties(Some(text().max_length(Some(TEXT_MAX))))
        .max_properties(Some(ENTRIES_MAX))
        .examples([json!({ "cart": "7f3a", "channel": "app" })])
        .build()
}

//! The API's enumerations as schemas. Each is generated from the domain's own list, so that the document always matches
//! the code. The comments are the schemas' descriptions.

use super::coingate::{self, CoinGateCurrency};
use crate::domain::{
    address::network::Network as Networks,
    address_book, error,
    intents::{
        order,
        payment::{self, UnsupportedReason},
        payment_intent::{self, RefundExtent},
    },
    ledger::AccountKind,
    money::currency::Currency as Currencies,
    names::Named,
    policy::refund_rules::Rule as Rules,
    refunds::{quote, refund, refund_sort},
    webhooks,
};
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{Object, ObjectBuilder, Schema, Type},
    },
};

/// Circle's word for a customer who pays the network fee.
pub const END_USER: &str = "endUser";

macro_rules! enumerations {
    (@type $(#[doc = $doc:literal])* $name:ident) => { $(#[doc = $doc])* pub struct $name; };
    (@type $(#[doc = $doc:literal])* $name:ident for $domain:ty) => { $(#[doc = $doc])* pub type $name = $domain; };
    ($($(#[doc = $doc:literal])* $name:ident $(for $domain:ty)? => $values:expr;)*) => {$(
        enumerations!(@type $(#[doc = $doc])* $name $(for $domain)?);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                one_of(concat!($($doc),*).trim(), $values)
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )*};
}

enumerations! {
    /// A currency. USD stands for USDC and EUR for EURC, the coins that really move.
    Currency for Currencies => Currencies::names();
    /// A network that coins move on.
    Network for Networks => Networks::names();
    /// Where a payment intent stands.
    IntentStatus => payment_intent::IntentStatus::names();
    /// How a complete payment intent was paid.
    PaidContext => payment_intent::PaidContext::names();
    /// How much of a payment intent went back.
    IntentRefundExtent => RefundExtent::names();
    /// Where a payment stands; of a refund it is Circle's, coarser word.
    PaymentStatus for payment::PaymentStatus => payment::PaymentStatus::names();
    /// Where a payment or a refund really stands.
    TransferStatus => payment::PaymentStatus::names()
        .into_iter()
        .chain(refund::RefundStatus::names().into_iter().filter(|status| *status != "pending"));
    /// Why a deposit is not credited.
    UnsupportedFunds => UnsupportedReason::names();
    /// Where a refund stands.
    RefundStatus => refund::RefundStatus::names();
    /// By whose word a refund was rejected: the customer, the deny list, the merchant, or the transfer that failed.
    RejectionType => refund::RejectionType::names();
    /// Why a refund is made.
    RefundReason for refund::RefundReason => refund::RefundReason::names();
    /// What a list of refunds is sorted by; the largest or newest comes first.
    RefundSort => refund_sort::RefundSort::names();
    /// Who pays what the network asks for the transfer.
    FeePayer for quote::FeePayer => quote::FeePayer::names();
    /// Who pays what the network asks for the transfer, in Circle's words.
    NetworkFeePayer => ["merchant", END_USER];
    /// The statuses that a list of payments can be asked for; some only payments by card have.
    PaymentStatusFilter => ["pending", "confirmed", "paid", "failed", "action_required"];
    /// What kind of payments a list has: `card` is Circle's only word, and there are none; the others are Requite's.
    TransferKind => ["card", "payment", "refund"];
    /// A rule that every refund has to pass.
    Rule => Rules::names();
    /// An account of the ledger.
    Account => AccountKind::names();
    /// How much a callback tells.
    PayloadStyle => webhooks::payload::PayloadStyle::names();
    /// What a callback can be about.
    EventType => webhooks::event::logged();
    /// How far an entry of the address book is.
    RecipientStatus => address_book::RecipientStatus::names();
    /// How far a subscription to notifications is.
    SubscriptionStatus => webhooks::SubscriptionStatus::names();
    /// How far a callback is on its way.
    DeliveryState => webhooks::DeliveryState::names();
    /// Why nothing is sent to a webhook endpoint.
    DisabledReason => webhooks::DisabledReason::names();
    /// Where an order stands.
    OrderStatus => order::OrderStatus::names();
    /// How far a deposit of a customer has come.
    DepositStatus => payment::PaymentStatus::all().map(coingate::deposit_status);
    /// Where a refund of an order stands.
    OrderRefundStatus => ["pending", "processing", "completed", "rejected"];
    /// Whether a currency is a coin or the money of a state.
    CurrencyKind => CoinGateCurrency::KINDS;
    /// Whether a trader buys or sells.
    TradeSide => ["buy", "sell"];
    /// What a transaction of the ledger is about. Fees are told with their order or refund, and there are no withdrawals.
    EntrySource => ["Order", "MerchantRefund", "Fee", "Withdrawal"];
    /// CoinGate's short name of a currency.
    ListedSymbol => CoinGateCurrency::all().map(CoinGateCurrency::symbol);
    /// The stable name of a reason. Programs match on it; sentences may change, codes do not.
    ErrorCode => error::ErrorCode::ALL.iter().map(|code| code.as_str());
}

fn one_of(description: &str, values: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
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

/// The schema of the symbol of a currency.
pub fn listed() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(CoinGateCurrency::all().map(CoinGateCurrency::symbol)))
        .build()
}

/// The schema of the symbol of a coin.
pub fn coin() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(Currencies::all().map(|coin| CoinGateCurrency::Coin(coin).symbol())))
        .build()
}

//! The enumerations of the API as schemas, each from the domain's own list, so that the document never lags behind the code.

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
    Currency for Currencies => Currencies::ALL.map(Currencies::code);
    /// A network that coins move on.
    Network for Networks => Networks::ALL.map(Networks::code);
    /// Where a payment intent stands.
    IntentStatus => payment_intent::IntentStatus::ALL.map(payment_intent::IntentStatus::as_str);
    /// How a complete payment intent was paid.
    PaidContext => payment_intent::PaidContext::ALL.map(payment_intent::PaidContext::as_str);
    /// How much of a payment intent went back.
    IntentRefundExtent => RefundExtent::ALL.map(RefundExtent::as_str);
    /// Where a payment stands; of a refund it is Circle's, coarser word.
    PaymentStatus for payment::PaymentStatus => payment::PaymentStatus::ALL.map(payment::PaymentStatus::as_str);
    /// Where a payment or a refund really stands.
    TransferStatus => payment::PaymentStatus::ALL
        .map(payment::PaymentStatus::as_str)
        .into_iter()
        .chain(refund::RefundStatus::ALL.map(refund::RefundStatus::as_str).into_iter().filter(|status| *status != "pending"));
    /// Why a deposit is not credited.
    UnsupportedFunds => UnsupportedReason::ALL.map(UnsupportedReason::as_str);
    /// Where a refund stands.
    RefundStatus => refund::RefundStatus::ALL.map(refund::RefundStatus::as_str);
    /// By whose word a refund was rejected: the customer, the deny list, the merchant, or the transfer that failed.
    RejectionType => refund::RejectionType::ALL.map(refund::RejectionType::as_str);
    /// Why a refund is made.
    RefundReason for refund::RefundReason => refund::RefundReason::ALL.map(refund::RefundReason::as_str);
    /// What a list of refunds is sorted by; the largest or newest comes first.
    RefundSort => refund_sort::RefundSort::ALL.map(refund_sort::RefundSort::as_str);
    /// Who pays what the network asks for the transfer.
    FeePayer for quote::FeePayer => quote::FeePayer::ALL.map(quote::FeePayer::as_str);
    /// Who pays what the network asks for the transfer, in Circle's words.
    NetworkFeePayer => ["merchant", END_USER];
    /// The statuses that a list of payments can be asked for; some only payments by card have.
    PaymentStatusFilter => ["pending", "confirmed", "paid", "failed", "action_required"];
    /// What kind of payments a list has: `card` is Circle's only word, and there are none; the others are Requite's.
    TransferKind => ["card", "payment", "refund"];
    /// A rule that every refund has to pass.
    Rule => Rules::ALL.map(Rules::as_str);
    /// An account of the ledger.
    Account => AccountKind::ALL.map(AccountKind::as_str);
    /// How much a callback tells.
    PayloadStyle => webhooks::payload::PayloadStyle::ALL.map(webhooks::payload::PayloadStyle::as_str);
    /// What a callback can be about.
    EventType => webhooks::event::logged();
    /// How far an entry of the address book is.
    RecipientStatus => address_book::RecipientStatus::ALL.map(address_book::RecipientStatus::as_str);
    /// How far a subscription to notifications is.
    SubscriptionStatus => webhooks::SubscriptionStatus::ALL.iter().map(|status| status.as_str());
    /// How far a callback is on its way.
    DeliveryState => webhooks::DeliveryState::ALL.iter().map(|state| state.as_str());
    /// Why nothing is sent to a webhook endpoint.
    DisabledReason => webhooks::DisabledReason::ALL.iter().map(|reason| reason.as_str());
    /// Where an order stands.
    OrderStatus => order::OrderStatus::ALL.map(order::OrderStatus::as_str);
    /// How far a deposit of a customer has come.
    DepositStatus => payment::PaymentStatus::ALL.map(coingate::deposit_status);
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

/// A text that is one of a few, for a member of its own.
pub fn exactly<const N: usize>(values: [&'static str; N]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).build()
}

/// A plain decimal number as a text: JSON's numbers are floats to many readers.
pub fn amount() -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"^[0-9]{1,10}(\.[0-9]{1,18})?$")).build()
}

/// CoinGate's short name of a currency.
pub fn listed() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(CoinGateCurrency::all().map(CoinGateCurrency::symbol)))
        .build()
}

/// CoinGate's short name of a coin.
pub fn coin() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(Currencies::ALL.map(|coin| CoinGateCurrency::Coin(coin).symbol())))
        .build()
}

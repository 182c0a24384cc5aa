//! The enumerations of CoinGate's API as schemas. The comments are the schemas' descriptions.

use super::{CoinGateCurrency, callback, deposit_status};
use crate::domain::{
    intents::{order, payment},
    money::currency::Currency,
    names::Named,
};
use crate::wire::schema::enumerations;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

enumerations! {
    /// The status of an order.
    OrderStatus => order::OrderStatus::names();
    /// The status of a customer's deposit.
    DepositStatus => payment::PaymentStatus::all().map(deposit_status);
    /// The status of a refund of an order.
    OrderRefundStatus => ["pending", "processing", "completed", "rejected"];
    /// Whether a currency is a cryptocurrency or fiat money.
    CurrencyKind => CoinGateCurrency::KINDS;
    /// Whether a trader buys or sells.
    TradeSide => ["buy", "sell"];
    /// The kind of a ledger transaction. Fees are part of their order or refund, and there are no withdrawals.
    EntrySource => ["Order", "MerchantRefund", "Fee", "Withdrawal"];
    /// The resource that a callback is about. There are callbacks of orders and refunds only.
    CallbackSubject => callback::SUBJECTS;
    /// The status of a callback.
    CallbackStatus => ["ready", "retrying", "success", "failure", "skipped"];
    /// CoinGate's symbol of a currency.
    ListedSymbol => CoinGateCurrency::all().map(CoinGateCurrency::symbol);
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
        .enum_values(Some(Currency::all().map(|coin| CoinGateCurrency::Coin(coin).symbol())))
        .build()
}

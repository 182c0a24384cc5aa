//! The parameters that `orders.rs` and `refunds.rs` read, only for the document. They arrive in a query, a form or
//! JSON, so they are not declared with `bodies!` of `input/member.rs`. A test omits each required one.

use crate::wire::{coingate, schema};
use utoipa::{IntoParams, ToSchema};

/// A new order.
#[derive(ToSchema)]
#[schema(as = NewOrder, example = json!({
    "price_amount": "100.00", "price_currency": "EUR", "receive_currency": "EUR",
    "title": "Two chairs", "order_id": "shop-7", "callback_url": "https://shop.example/callback",
}))]
pub struct OrderRequest {
    /// The price.
    #[schema(schema_with = schema::amount)]
    pub price_amount: String,
    /// The currency of the price: a coin, or any currency of ISO 4217 that the server knows a rate of.
    #[schema(schema_with = coingate::schema::listed)]
    pub price_currency: String,
    /// The currency that your balance is credited in: a coin, or USD or EUR. DO_NOT_CONVERT, which is the default, credits
    /// the coin that was paid.
    pub receive_currency: Option<String>,
    /// The title that the customer sees.
    #[schema(min_length = 3, max_length = 150)]
    pub title: Option<String>,
    /// The description.
    #[schema(max_length = 500)]
    pub description: Option<String>,
    /// Your own ID for the order.
    #[schema(max_length = 150)]
    pub order_id: Option<String>,
    /// A secret that callbacks contain, so that you can recognise them.
    #[schema(max_length = 500)]
    pub token: Option<String>,
    /// The URL that receives callbacks.
    pub callback_url: Option<String>,
    /// The page that the customer returns to after paying.
    pub success_url: Option<String>,
    /// The page that the customer returns to without paying.
    pub cancel_url: Option<String>,
    /// The customer's e-mail address.
    pub purchaser_email: Option<String>,
}

/// The coin that the customer pays an order with.
#[derive(ToSchema)]
#[schema(as = Checkout, example = json!({ "pay_currency": "ETH", "platform_id": 4 }))]
pub struct CheckoutRequest {
    /// The coin, such as USDC or EURC. The fiat currencies USD and EUR are not coins.
    #[schema(schema_with = coingate::schema::coin)]
    pub pay_currency: String,
    /// The ID of the platform. The default is the coin's first platform in the list of supported currencies.
    pub platform_id: Option<i64>,
    /// The customer's e-mail address. It replaces the order's.
    pub purchaser_email: Option<String>,
    /// Must be `false`: payments over the Lightning network are not supported.
    pub lightning_network: Option<bool>,
}

/// A refund of a part of an order's price, converted at the current rate.
#[derive(ToSchema)]
#[schema(as = NewOrderRefund, example = json!({
    "amount": "40.00", "currency_id": 3, "platform_id": 4, "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
    "ledger_account_id": "01JD5ZK9Q4W8R2T6Y0V3M7N1PB", "email": "customer@example.com", "reason": "The chairs broke",
}))]
pub struct OrderRefundRequest {
    /// The part of the order's price to refund.
    #[schema(schema_with = schema::amount)]
    pub amount: String,
    /// The ID of the coin to send, from the list of supported currencies.
    pub currency_id: i64,
    /// The ID of the platform to send it on, from the same list.
    pub platform_id: i64,
    /// The customer's address.
    pub address: String,
    /// The memo or tag. On platforms where exchanges need one, send an empty value if this address needs none.
    pub address_memo: Option<String>,
    /// The ID of the balance that the refund is paid from, from the list of ledger accounts.
    pub ledger_account_id: String,
    /// The customer's e-mail address.
    pub email: String,
    /// Why the order is refunded.
    pub reason: String,
    /// Why the refund is sent despite warnings about the address. Without `overrides` it is about an address that
    /// resembles another one, and only if nothing else is wrong with it.
    pub override_reason: Option<String>,
    /// The warnings that the reason overrides: the codes of their errors (`requite_code`), with commas between.
    pub overrides: Option<String>,
    /// Where changes of the refund are sent.
    pub callback_url: Option<String>,
    /// `true` sends the refund without asking the customer to confirm the address by e-mail. The default is `false`.
    pub skip_user_address_confirmation: Option<bool>,
}

/// The parameters of every list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListParameters {
    /// The number of the page, from 1.
    #[param(minimum = 1, required = false, nullable = false)]
    pub page: Option<u32>,
    /// The number of rows on a page. The maximum is 100, which is also the default.
    #[param(minimum = 1, required = false, nullable = false)]
    pub per_page: Option<u32>,
}

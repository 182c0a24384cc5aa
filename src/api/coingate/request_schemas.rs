//! The parameters that `orders.rs` and `refunds.rs` read, for the document alone: they arrive as texts, in a query, a form or JSON,
//! and are no bodies of `input/member.rs`. A test leaves every required one out.

use crate::wire::schema;
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
    /// What the price is in: USD, EUR, or a coin such as USDC.
    #[schema(schema_with = schema::listed)]
    pub price_currency: String,
    /// What your balance is credited in, or DO_NOT_CONVERT.
    pub receive_currency: String,
    /// What it is.
    #[schema(max_length = 150)]
    pub title: Option<String>,
    /// The description.
    #[schema(max_length = 500)]
    pub description: Option<String>,
    /// Your own number of the order.
    #[schema(max_length = 150)]
    pub order_id: Option<String>,
    /// A secret that callbacks repeat.
    #[schema(max_length = 500)]
    pub token: Option<String>,
    /// The URL for callbacks.
    pub callback_url: Option<String>,
    /// The page that the customer returns to after paying.
    pub success_url: Option<String>,
    /// The page that the customer returns to without paying.
    pub cancel_url: Option<String>,
    /// The customer's address for mail.
    pub purchaser_email: Option<String>,
}

/// The coin that an order is paid with.
#[derive(ToSchema)]
#[schema(as = Checkout, example = json!({ "pay_currency": "ETH", "platform_id": 4 }))]
pub struct CheckoutRequest {
    /// The coin. USD and EUR are no coins; USDC and EURC are.
    #[schema(schema_with = schema::coin)]
    pub pay_currency: String,
    /// The platform; the coin's own when it is left out.
    pub platform_id: Option<i64>,
    /// The customer's address for mail, in the place of the one that the order names.
    pub purchaser_email: Option<String>,
    /// Only `false`: there are no payments over the Lightning network.
    pub lightning_network: Option<bool>,
}

/// A refund of an order. A part of its price is converted at today's rate.
#[derive(ToSchema)]
#[schema(as = NewOrderRefund, example = json!({
    "amount": "40.00", "currency_id": 3, "platform_id": 4, "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
    "ledger_account_id": "01JD5ZK9Q4W8R2T6Y0V3M7N1PB", "email": "customer@example.com", "reason": "The chairs broke",
}))]
pub struct OrderRefundRequest {
    /// A part of the order's price.
    #[schema(schema_with = schema::amount)]
    pub amount: String,
    /// The coin to send, by its number in the list of supported currencies.
    pub currency_id: i64,
    /// The platform to send it on, by its number in the same list.
    pub platform_id: i64,
    /// The customer's address.
    pub address: String,
    /// The memo or tag. Where exchanges need one, an empty text says that this address needs none.
    pub address_memo: Option<String>,
    /// The balance that pays, from the list of ledger accounts.
    pub ledger_account_id: String,
    /// The customer's address for mail.
    pub email: String,
    /// Why.
    pub reason: String,
    /// Why the address is right although it looks like another one.
    pub override_reason: Option<String>,
    /// Whether the customer is not asked to confirm the address by mail. Left out means `false`: they are asked.
    pub skip_user_address_confirmation: Option<bool>,
}

/// The parameters of every list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListParameters {
    /// Which page, from 1.
    #[param(minimum = 1, required = false, nullable = false)]
    pub page: Option<u32>,
    /// How many on a page; 100 is the most, and what you get when this is left out.
    #[param(minimum = 1, required = false, nullable = false)]
    pub per_page: Option<u32>,
}
